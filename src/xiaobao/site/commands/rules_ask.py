"""`xiaobao rules list|show|at|check`: what is in the book, what binds on a day, what a rule says to facts."""

from __future__ import annotations

import argparse
from typing import Any

from xiaobao.kernel.days import parse_day
from xiaobao.rules.book import book, book_for
from xiaobao.rules.facts import asked_zh, facts_of, read_facts
from xiaobao.rules.instruments import INSTRUMENTS, cite_zh
from xiaobao.rules.values import Kind, Rule, Verdict, Version
from xiaobao.site.commands.rules_output import (
    add_json,
    add_own,
    decided,
    own_of,
    pairs_of,
    print_json,
    print_trace,
)


def add_questions(questions: Any) -> None:
    """`list`, `show`, `at`, `check`."""
    every = questions.add_parser("list", help="列出规则 / list rules")
    every.add_argument("--room", help="只列一个房间，如 complaints / one room only")
    every.add_argument("--kind", choices=[one.value for one in Kind], help="只列一类 / one kind only")
    add_json(every)
    every.set_defaults(answer=answer_list)
    show = questions.add_parser("show", help="一条规则的全部内容 / one rule in full")
    show.add_argument("rule", metavar="规则", help="规则编号，如 CMP-003 / rule id")
    show.add_argument("--on", metavar="日期", help="只看当日施行的版本 / only what binds on this day")
    add_json(show)
    show.set_defaults(answer=answer_show)
    at = questions.add_parser("at", help="某日施行的规则 / what binds on a day")
    at.add_argument("day", metavar="日期", help="日期，如 2026-01-10 / a day")
    add_json(at)
    at.set_defaults(answer=answer_at)
    check = questions.add_parser("check", help="按事实判断一条规则 / decide a rule on facts")
    check.add_argument("rule", metavar="规则", help="规则编号，如 CMP-003 / rule id")
    check.add_argument("--on", required=True, metavar="日期", help="义务发生之日 / the day the duty arose")
    check.add_argument(
        "--fact", action="append", default=[], metavar="名称=值", help="已知的事实 / known facts"
    )
    add_own(check)
    add_json(check)
    check.set_defaults(answer=answer_check)


def answer_list(options: argparse.Namespace) -> int:
    """Ids, kinds, first days and titles."""
    rules = [
        rule
        for rule in book()
        if (not options.room or rule.room == options.room) and (not options.kind or rule.kind == options.kind)
    ]
    if options.json:
        print_json([_line(rule) for rule in rules])
        return 0
    for rule in rules:
        print(f"{rule.id}  {rule.versions[0].name}  {rule.kind.label}  {rule.title}")
    print(f"共 {len(rules)} 条")
    return 0


def _line(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "kind": rule.kind.value,
        "room": rule.room,
        "title": rule.title,
        "versions": [version.name for version in rule.versions],
    }


def answer_show(options: argparse.Namespace) -> int:
    """A rule with its versions, parameters, citations and examples."""
    rule = book_for(options.rule.upper()).rule(options.rule.upper())
    versions = (
        [book_for(rule.id).get(rule.id, parse_day(options.on, field="on"))]
        if options.on
        else list(rule.versions)
    )
    if options.json:
        print_json(_line(rule) | {"versions": [_version(version) for version in versions]})
        return 0
    print(f"{rule.id}  {rule.title}（{rule.kind.label}）")
    for version in versions:
        _print_version(rule, version)
    return 0


def _version(version: Version) -> dict[str, Any]:
    from xiaobao.base.rulebook.plain import params_of, summary

    return {
        "since": version.name,
        "until": version.until,
        "applies_by": version.applies_by,
        "summary": summary(version),
        "params": [{"label": one.label, "says": one.says} for one in params_of(version.params)],
        "cites": [
            {"cite": one.full, "zh": cite_zh(one), "role": one.role.value, "words": one.words}
            for one in version.cites
        ],
        "reading": version.reading,
        "transition": version.transition,
        "confidence": version.confidence.value,
        "examples": len(version.examples),
    }


def _print_version(rule: Rule, version: Version) -> None:
    """Days, what it asks in words and numbers with their units, where it is written, its examples run now."""
    from xiaobao.base.rulebook.living import run
    from xiaobao.base.rulebook.plain import params_of, summary

    until = f"至{version.until}前" if version.until else "起"
    print(f"  {version.name}{until}  {version.confidence.label}")
    print(f"    {summary(version)}")
    for param in params_of(version.params):
        print(f"    {param.label}  {param.text}")
    for cite in version.cites:
        held = "" if INSTRUMENTS[cite.instrument].held else "（尚无原文）"
        words = f"：“{cite.words}”" if cite.words else ""
        print(f"    {cite.role.label}  {cite_zh(cite)} [{cite.full}]{held}{words}")
    if version.reading:
        print(f"    本行口径  {version.reading}")
    if version.transition:
        print(f"    衔接  {version.transition}")
    for ran in run(rule, version):
        facts = "，".join(f"{name}：{value}" for name, value in ran.facts) or "什么都没有填"
        print(f"    例  {facts} → {ran.expected}" + (f"  {ran.why}" if ran.why else ""))


def answer_at(options: argparse.Namespace) -> int:
    """The rules that bind on a day, with the version each."""
    on = parse_day(options.day, field="day")
    found = book().at(on)
    if options.json:
        rules = [{"rule": rule, "version": found[rule].name} for rule in found]
        print_json({"on": on, "begins": book().change_dates[0], "rules": rules})
        return 0
    for rule in found:
        print(f"{rule}  {found[rule].name}  {book().rule(rule).title}")
    print(f"{on} 施行 {len(found)} 条，共 {len(book())} 条")
    if not found:
        say = "更早的法律没有录入，不等于当时没有规定"
        print(f"规则册里最早的一版自 {book().change_dates[0]} 起；{say}")
    return 0


def answer_check(options: argparse.Namespace) -> int:
    """The rule's verdict on the facts, with the bank's overlays beside it; an unknown fact leaves it undecided."""
    shelf = book_for(options.rule.upper())
    rule, on = shelf.rule(options.rule.upper()), parse_day(options.on, field="on")
    version = shelf.get(rule.id, on)
    facts = read_facts(rule, version, pairs_of(options.fact))
    _, answer = decided(rule, version, facts, own_of(options), on)
    asked = facts_of(version)
    answer["unused"] += [
        {"say": f"事实{name}——{rule.id}不问这一事实", "value": None, "cite": version.cites[0].full}
        for name in facts
        if name not in asked
    ]
    answer["missing_zh"] = [asked_zh(version, name) for name in answer["missing"]]
    if options.json:
        print_json(answer)
    else:
        print(f"{rule.id}  {Verdict.label_of(answer['verdict'])}")
        print_trace(answer | {"missing": answer["missing_zh"]})
    return 0
