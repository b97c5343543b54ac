"""Overlays: the bank's, a branch's or an emergency notice's own stricter version of a rule.

An overlay never replaces the law. It is computed beside it, the stricter result wins and both are shown. One
that is looser on paper is refused when it is loaded, with the place that makes it so; one in another unit is
compared on its results.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.rules import own_params
from xiaobao.rules.book import BookError, RuleBook
from xiaobao.rules.calendar import OutsideCalendar
from xiaobao.rules.checking import written_at
from xiaobao.rules.complaint_facts import Complexity, Overlay
from xiaobao.rules.deciding import decide, find
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.kinds.clock import ClockParams
from xiaobao.rules.meet import meet, shown
from xiaobao.rules.values import Finding, Outcome, Rule, Step, Verdict, Version, plain

# Days on which an overlay in another unit is tried: two years, with every holiday in them.
LOOKED_AT = 731
LEVELS = {"bank": "本行", "branch": "分行", "emergency": "应急通知"}
KEYS = {"id", "rule", "title", "level", "since", "until", "set", "signed_by", "basis", "org"}
STAGES = {
    "CMP-003": frozenset({Complexity.SIMPLE}),
    "CMP-004": frozenset({Complexity.COMPLEX}),
    "CMP-005": frozenset({Complexity.SPECIAL}),
}


class OwnRule(NamedTuple):
    """One overlay: whose it is, what it is stricter in, from when, until when (first day no more), signed by two.

    `org` is the path of the branch it is for, with all below it; empty for the whole bank.
    """

    id: str
    rule: str
    title: str
    level: str
    since: date
    until: date | None
    changes: dict[str, Any]
    signed_by: tuple[str, ...]
    basis: str = ""
    org: str = ""

    def binds(self, day: date) -> bool:
        """Whether it binds a duty that arose on `day`."""
        return self.since <= day and (self.until is None or day < self.until)

    def params(self, version: Version, kind: Rule) -> Any:
        """The law's parameters with this overlay's changes. Raises: BookError when that is looser."""
        return own_params.apply(kind.kind, version.params, self.changes, f"{self.id}（{self.rule}）")


class Decision(NamedTuple):
    """The law's answer, each overlay's beside it, the stricter of all, and overlays that change nothing any more."""

    result: Outcome
    law: Outcome
    own: tuple[tuple[OwnRule, Outcome], ...]
    spent: tuple[str, ...]

    @property
    def stricter(self) -> tuple[OwnRule, Outcome] | None:
        """The overlay that alone makes the verdict stricter than the law's, with its answer; None where none does."""
        if self.law.verdict is self.result.verdict:
            return None
        return next((pair for pair in self.own if pair[1].verdict is self.result.verdict), None)

    def own_reasons(self, outcome: Outcome) -> tuple[Step, ...]:
        """The steps of an overlay's answer that are not the law's."""
        return tuple(step for step in outcome.steps if step not in self.law.steps)

    def as_dict(self) -> dict[str, Any]:
        """The stricter answer for JSON, with the law's and each overlay's beside it where there are overlays."""
        found = self.result.as_dict()
        if not self.own and not self.spent:
            return found
        own = [
            {"id": one.id, "title": one.title, "level": one.level, **_short(outcome)}
            for one, outcome in self.own
        ]
        return found | {"law": _short(self.law), "own": own, "spent": list(self.spent)}


def _short(outcome: Outcome) -> dict[str, Any]:
    return {"verdict": outcome.verdict.value, "value": plain(outcome.value)}


def read(entries: Any, book: RuleBook, *, name: str = "") -> tuple[OwnRule, ...]:
    """The overlays written in a list of mappings. Raises: BookError naming file, entry and rule."""
    if not isinstance(entries, list):
        raise BookError("own.not_a_list", file=name, say=f"{name}：应为一组条目")
    found = tuple(_read_one(entry, book, f"{name}第{number}条") for number, entry in enumerate(entries, 1))
    if len({one.id for one in found}) < len(found):
        raise BookError("own.id_twice", file=name, say=f"{name}：编号重复")
    return found


def load(text: str, book: RuleBook, *, name: str = "") -> tuple[OwnRule, ...]:
    """The overlays of a YAML file. Raises: BookError naming file, entry and rule."""
    import yaml

    class Loader(yaml.SafeLoader):
        """A day that cannot be stays text, so that its entry and rule can be named."""

    def day(loader: Any, node: Any) -> Any:
        try:
            return loader.construct_yaml_timestamp(node)
        except ValueError:
            return node.value

    Loader.add_constructor("tag:yaml.org,2002:timestamp", day)
    try:
        return read(Loader(text).get_single_data() or [], book, name=name)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f"第{mark.line + 1}行" if mark else ""
        raise BookError("own.yaml", file=name, say=f"{name}{at}不是有效的 YAML") from None


def _read_one(entry: Any, book: RuleBook, where: str) -> OwnRule:
    if (
        not isinstance(entry, dict)
        or not {"id", "rule", "title", "level", "since", "set"} <= set(entry) <= KEYS
    ):
        raise BookError(
            "own.keys", where=where, say=f"{where}：须有 id、rule、title、level、since、set，且不得有其他键"
        )
    where += f" {entry['id']}（{entry['rule']}）"
    since, until = _days(entry, where)
    signed = _signatures(entry.get("signed_by"))
    if entry["level"] not in LEVELS:
        raise BookError("own.level", where=where, say=f"{where}：level 应为 {'、'.join(LEVELS)} 之一")
    if entry["level"] == "emergency" and until is None:
        raise BookError("own.until", where=where, say=f"{where}：应急通知须写明 until（失效之日）")
    if len(signed) < 2:
        raise BookError("own.signatures", where=where, say=f"{where}：须两人签字（同一姓名只算一人）")
    own = OwnRule(
        str(entry["id"]), str(entry["rule"]), str(entry["title"]), entry["level"], since, until,
        entry["set"], signed, str(entry.get("basis", "")), str(entry.get("org", "")),
    )  # fmt: skip
    try:
        rule, version = book.rule(own.rule), book.get(own.rule, since)
    except (NotFound, InvalidInput) as error:
        raise BookError("own.rule", where=where, say=f"{where}：{error.say}") from None
    own_params.apply(rule.kind, version.params, own.changes, where)
    if not _ever_bites(own, rule):
        law = f"{cite_zh(version.cites[0])}，{written_at(rule.id)}"
        say = f"{where}：在{_span(own)}没有一天比法定要求严（{law}），不会起作用；请改严，或者删去这一条"
        raise BookError("own.idle", where=where, law=law, say=say)
    return own


def _ever_bites(own: OwnRule, rule: Rule) -> bool:
    """Whether it asks more than the law on any day between its own, by any version that binds meanwhile."""
    for version in rule.versions:
        first = max(own.since, version.since)
        last = min(own.until or date.max, version.until or date.max)
        if last <= first:
            continue
        try:
            params = own.params(version, rule)
        except BookError:
            continue
        if own_params.bites(version.params, params, _days_between(first, last)):
            return True
    return False


def _days_between(first: date, last: date) -> Iterator[date]:
    """Every day a duty may begin on, no more than two years of them: holidays come round."""
    for ahead in range(min((last - first).days, LOOKED_AT)):
        yield first + timedelta(ahead)


def _span(own: OwnRule) -> str:
    return f"{own.since}至{own.until}（不含）之间" if own.until else f"{own.since}以后"


def _days(entry: dict[str, Any], where: str) -> tuple[date, date | None]:
    """The first day, and the first day no more. Raises: BookError `own.dates`, `own.dates_reversed`."""
    since, until = entry["since"], entry.get("until")
    for name, value in (("since", since), ("until", until)):
        if (value is None and name == "until") or (
            isinstance(value, date) and not isinstance(value, datetime)
        ):
            continue
        raise BookError("own.dates", where=where, say=f"{where}：{name}“{value}”不是日期，应写作 2026-01-01")
    if until is not None and until <= since:
        raise BookError("own.dates_reversed", where=where, say=f"{where}：起止日期颠倒")
    return since, until


def _signatures(names: Any) -> tuple[str, ...]:
    """Who signed, each person once however the name is spaced or typed."""
    listed = names if isinstance(names, list | tuple) else ()
    bare = ("".join(unicodedata.normalize("NFKC", str(name)).split()) for name in listed)
    return tuple(dict.fromkeys(name for name in bare if name))


def decide_with(
    rule: Rule, version: Version, facts: dict[str, Any], own: tuple[OwnRule, ...], on: date
) -> Decision:
    """The stricter of the law and of the overlays that bind on `on`, all of them shown."""
    law = decide(rule, version, facts)
    strictest = find(rule, version, facts)
    beside: list[tuple[OwnRule, Outcome]] = []
    spent: list[str] = []
    for one in own:
        if one.rule != rule.id or not one.binds(on):
            continue
        try:
            changed = version._replace(params=one.params(version, rule))
        except BookError:
            spent.append(one.id)
            continue
        beside.append((one, _decide(rule, changed, facts)))
        strictest = meet(rule.kind, strictest, _find(rule, changed, facts))
    strictest = shown(rule.kind, strictest)
    result = law._replace(verdict=strictest.verdict, value=strictest.value, missing=strictest.missing)
    decision = Decision(result, law, tuple(beside), tuple(spent))
    extra = tuple(step for pair in beside for step in _beside(decision, *pair))
    return decision._replace(result=result._replace(steps=(*law.steps, *extra)))


def _beside(decision: Decision, one: OwnRule, outcome: Outcome) -> tuple[Step, ...]:
    """An overlay in the trace: what it finds otherwise than the law, and that the stricter binds."""
    name = f"{LEVELS[one.level]}“{one.title}”"
    found = tuple(
        step._replace(say=f"{name}：{step.say}", cite=one.id) for step in decision.own_reasons(outcome)
    )
    verdicts = f"（法定要求：{decision.law.verdict.label}；本条：{outcome.verdict.label}）"
    differs = verdicts if outcome.verdict is not decision.law.verdict else ""
    return (*found, Step(f"{name}同时适用，取从严结果{differs}", outcome.value, one.id))


def _find(rule: Rule, changed: Version, facts: dict[str, Any]) -> Finding:
    try:
        return find(rule, changed, facts)
    except OutsideCalendar as error:
        return Finding(Verdict.UNDECIDED, None, (Step(error.say, None, "", used=False),), ("calendar",))


def _decide(rule: Rule, changed: Version, facts: dict[str, Any]) -> Outcome:
    try:
        return decide(rule, changed, facts)
    except OutsideCalendar:
        unknown = _find(rule, changed, facts)
        return Outcome(
            rule.id, changed.name, unknown.verdict, None, unknown.steps, unknown.missing, changed.confidence
        )


def clock_overlays(own: tuple[OwnRule, ...], book: RuleBook) -> tuple[Overlay, ...]:
    """The overlays on the complaint's base periods as the complaint clock takes them."""
    found = []
    for one in own:
        if one.rule in STAGES:
            params = one.params(book.get(one.rule, one.since), book.rule(one.rule))
            if isinstance(params, ClockParams):
                stages = STAGES[one.rule]
                found.append(
                    Overlay(
                        one.id,
                        one.title,
                        params.length + params.after,
                        params.unit,
                        one.since,
                        one.until,
                        stages,
                        one.signed_by,
                    )
                )
    return tuple(found)
