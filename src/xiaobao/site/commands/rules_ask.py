"""`xiaobao rules list|show|at|check`: what is in the book, what binds on a day, what a rule says to facts."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import Any

from xiaobao.kernel.days import parse_day
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.book import book, book_for
from xiaobao.rules.deciding import decide
from xiaobao.rules.instruments import INSTRUMENTS, cite_zh
from xiaobao.rules.values import Kind, Rule, Version, plain
from xiaobao.site.commands.rules_output import add_json, print_json, print_trace, read_facts


def add_questions(questions: Any) -> None:
    """`list`, `show`, `at`, `check`."""
    every = questions.add_parser("list", help="列出规则 / list rules")
    every.add_argument("--room", help="只列一个房间，如 complaints")
    every.add_argument("--kind", choices=[one.value for one in Kind], help="只列一类")
    add_json(every)
    every.set_defaults(answer=answer_list)
    show = questions.add_parser("show", help="一条规则的全部内容 / one rule in full")
    show.add_argument("rule", metavar="规则")
    show.add_argument("--on", metavar="日期", help="只看当日施行的版本")
    add_json(show)
    show.set_defaults(answer=answer_show)
    at = questions.add_parser("at", help="某日施行的规则 / what binds on a day")
    at.add_argument("day", metavar="日期")
    add_json(at)
    at.set_defaults(answer=answer_at)
    check = questions.add_parser("check", help="按事实判断一条规则 / decide a rule on facts")
    check.add_argument("rule", metavar="规则")
    check.add_argument("--on", required=True, metavar="日期", help="义务发生之日")
    check.add_argument("--fact", action="append", default=[], metavar="名称=值")
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
        _print_version(version)
    return 0


def _version(version: Version) -> dict[str, Any]:
    return {
        "since": version.name,
        "until": version.until,
        "applies_by": version.applies_by,
        "params": repr(version.params),
        "cites": [
            {"cite": one.full, "zh": cite_zh(one), "role": one.role.value, "words": one.words}
            for one in version.cites
        ],
        "reading": version.reading,
        "transition": version.transition,
        "confidence": version.confidence.value,
        "examples": len(version.examples),
    }


def _print_version(version: Version) -> None:
    until = f"至{version.until}前" if version.until else "起"
    print(f"  {version.name}{until}  {version.confidence.label}")
    for cite in version.cites:
        held = "" if INSTRUMENTS[cite.instrument].held else "（尚无原文）"
        words = f"：“{cite.words}”" if cite.words else ""
        print(f"    {cite.role.label}  {cite_zh(cite)} [{cite.full}]{held}{words}")
    if version.reading:
        print(f"    本行口径  {version.reading}")
    if version.transition:
        print(f"    衔接  {version.transition}")
    for example in version.examples:
        value = f" {plain(example.value)}" if example.value not in (None, ()) else ""
        print(f"    例  {plain(example.facts)} → {example.verdict.label}{value}  {example.why}")


def answer_at(options: argparse.Namespace) -> int:
    """The rules that bind on a day, with the version each."""
    on = parse_day(options.day, field="day")
    found = book().at(on)
    if options.json:
        print_json({"on": on, "rules": [{"rule": rule, "version": found[rule].name} for rule in found]})
        return 0
    for rule in found:
        print(f"{rule}  {found[rule].name}  {book().rule(rule).title}")
    print(f"{on} 施行 {len(found)} 条，共 {len(book())} 条")
    return 0


def answer_check(options: argparse.Namespace) -> int:
    """The rule's verdict on the facts; an unknown fact leaves it undecided and is named."""
    rule = book_for(options.rule.upper()).rule(options.rule.upper())
    version = book_for(rule.id).get(rule.id, parse_day(options.on, field="on"))
    facts = read_facts(options.fact)
    try:
        outcome = decide(rule, version, facts)
    except (TypeError, AttributeError, ValueError) as error:
        raise _wrong_type(rule, facts, version) from error
    answer = outcome.as_dict()
    if options.json:
        print_json(answer)
    else:
        print(f"{rule.id}  {outcome.verdict.label}")
        print_trace(answer)
    return 0


def _wrong_type(rule: Rule, facts: dict[str, Any], version: Version) -> InvalidInput:
    wanted: dict[str, Any] = {}
    for example in version.examples:
        wanted |= example.facts
    wrong = [
        name
        for name, value in facts.items()
        if name in wanted and not isinstance(value, type(wanted[name])) and not _alike(value, wanted[name])
    ]
    said = "、".join(wrong or facts)
    sample = "；".join(f"{name} 例如 {plain(wanted[name])}" for name in wrong)
    return InvalidInput("rules.fact_type", rule=rule.id, say=f"{rule.id}的事实{said}类型不对。{sample}")


def _alike(one: Any, other: Any) -> bool:
    return isinstance(one, date | datetime) and isinstance(other, date | datetime)
