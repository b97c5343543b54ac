"""Short words for writing rules down, so that a rule reads like its article."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from xiaobao.kernel.days import ONE_DAY
from xiaobao.rules.kinds.checklist import Placed
from xiaobao.rules.values import Cite, Condition, Confidence, Example, Kind, Role, Rule, Verdict, Version

REVIEWED = date(2026, 11, 23)
day = date.fromisoformat


def cite(place: str, words: str = "", role: Role = Role.BASIS) -> Cite:
    """A citation from `N00@2020-03-01:18.1` and the words the rule hangs on."""
    where, loc = place.split(":")
    instrument, version = where.split("@")
    return Cite(instrument, version, loc, role, words)


def ok(facts: dict[str, Any], value: Any = None, why: str = "") -> Example:
    """Facts on which the rule is satisfied (or a due day follows)."""
    return Example(facts, Verdict.PASS, value, why, "pass")


def bad(verdict: Verdict, facts: dict[str, Any], value: Any = None, why: str = "") -> Example:
    """Facts on which the rule bites."""
    return Example(facts, verdict, value, why, "fail")


def due_on(facts: dict[str, Any], value: Any, why: str = "") -> Example:
    """Facts from which a day follows."""
    return Example(facts, Verdict.DUE, value, why, "pass")


def edge(verdict: Verdict, facts: dict[str, Any], value: Any = None, why: str = "") -> Example:
    """Facts on the boundary: the last that pass or the first that do not."""
    return Example(facts, verdict, value, why, "boundary")


def unknown(facts: dict[str, Any], why: str = "") -> Example:
    """Facts of which one is missing: the rule stays undecided."""
    return Example(facts, Verdict.UNDECIDED, None, why, "missing")


def in_time(facts: dict[str, Any], due: date) -> tuple[Example, Example]:
    """The last day (or moment) on which it is done in time, and the first on which it is late."""
    name, next_ = (
        ("done_at", due + timedelta(minutes=1)) if isinstance(due, datetime) else ("done_on", due + ONE_DAY)
    )
    return (
        edge(Verdict.PASS, facts | {name: due}, due, "期限内的最后一刻"),
        edge(Verdict.FAIL, facts | {name: next_}, due, "刚过期限"),
    )


def destroyed(facts: dict[str, Any], keep: date) -> tuple[Example, Example]:
    """The last day on which the file must not be destroyed yet, and the first on which it may."""
    return (
        edge(Verdict.FAIL, facts | {"destroyed_on": keep}, keep, "须保存的最后一日销毁"),
        edge(Verdict.PASS, facts | {"destroyed_on": keep + ONE_DAY}, keep, "期满次日销毁"),
    )


def yes(fact: str, say: str, *words: str) -> Condition:
    """The fact must be true; `words` of the citation that says so, where it is not the rule's basis."""
    return Condition(fact, "is", True, say, words)


def no(fact: str, say: str, *words: str) -> Condition:
    """The fact must be false; `words` as for `yes`."""
    return Condition(fact, "is", False, say, words)


def version(
    since: str, params: Any, cites: tuple[Cite, ...], examples: tuple[Example, ...], **more: Any
) -> Version:
    """A version from `since` on; `by` names the fact that picks it, `until` its first day no longer."""
    until = more.pop("until", None)
    return Version(
        day(since),
        more.pop("by", "acted_on"),
        params,
        cites,
        examples,
        until=day(until) if until else None,
        confidence=more.pop("confidence", Confidence.VERIFIED),
        reviewed_on=REVIEWED,
        **more,
    )


def shelf(room: str) -> Callable[..., Rule]:
    """A maker of rules for one room: `rule("CMP-012", Kind.FIELDS, "title", version(...), ...)`."""

    def rule(id_: str, kind: Kind, title: str, *versions: Version, **more: Any) -> Rule:
        return Rule(id_, kind, room, title, versions, **more)

    return rule


Item = tuple[str, str, str]


def done(items: tuple[Item, ...], but: str = "") -> dict[str, Any]:
    """The facts of a checklist gone through: all items done, save `but`."""
    return {"done": {key: key != but for key, _, _ in items}}


def given(fields: tuple[tuple[str, str], ...], but: str = "") -> dict[str, Any]:
    """The facts of required fields: all present, save `but`."""
    return {"given": tuple(key for key, _ in fields if key != but)}


def placed(**places: str) -> tuple[Placed, ...]:
    """The places of a list's items by key: `placed(rights="P01@2020-11-01:16.1.1")`."""
    return tuple(Placed(key, place) for key, place in places.items())


def list_examples(items: tuple[Item, ...], *but: str, effect: Verdict = Verdict.FAIL) -> tuple[Example, ...]:
    """Pass, one failing example for each of `but`, and the list nobody has gone through."""
    failing = (bad(effect, done(items, one), (one,)) for one in but)
    return (ok(done(items), ()), *failing, unknown({}))


def field_examples(
    fields: tuple[tuple[str, str], ...], *but: str, effect: Verdict = Verdict.FAIL
) -> tuple[Example, ...]:
    """Pass, one failing example for each of `but`, and the paper nobody has seen."""
    failing = (bad(effect, given(fields, one), (one,)) for one in but)
    return (ok(given(fields), ()), *failing, unknown({}))
