"""Retention: a set of clocks. Keep until the latest has run out; delete only then, and never under a hold.

Tighter has two bounds: keep at least longer, and delete sooner. Bounds that cross go to a jurist.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from xiaobao.kernel import days
from xiaobao.rules.kinds.clock import advance
from xiaobao.rules.values import Finding, Step, Unit, Verdict


class Span(NamedTuple):
    """`length` units from the fact `start`; `optional` where the event may never happen.

    `place` is the full citation of this span where the rule leans on several texts.
    """

    start: str
    length: int
    unit: Unit = Unit.YEAR
    label: str = ""
    optional: bool = False
    place: str = ""


class Takeover(NamedTuple):
    """A later law that asks for `years` from `on`: whoever still keeps the file then is left to a jurist.

    `place` is the full citation of the later law.
    """

    on: date
    years: int
    say: str
    place: str = ""


class RetentionParams(NamedTuple):
    """Keep until all of `at_least` are over; then delete by the earliest of `delete_by`; `holds` stop it.

    `takeover` is the law that follows: files still kept on its first day have two possible ends. `each`: every span
    is another file's, and those whose event is told are answered.
    """

    at_least: tuple[Span, ...]
    delete_by: tuple[Span, ...] = ()
    holds: tuple[tuple[str, str], ...] = ()
    takeover: Takeover | None = None
    each: bool = False


def decide(params: RetentionParams, facts: dict[str, Any]) -> Finding:
    """The last day the file must be kept; a hold keeps it without end."""
    begun = [span for span in params.at_least if facts.get(span.start) is not None]
    untold_spans = [span for span in params.at_least if span not in begun]
    missing = tuple(span.start for span in untold_spans if params.each or not span.optional)
    if not begun or (missing and not params.each):
        return Finding(Verdict.UNDECIDED, missing=missing)
    ends = [(_end(span, facts[span.start]), span) for span in begun]
    steps = tuple(
        Step(
            f"{span.label}{facts[span.start].isoformat()}起{span.length}{span.unit.label}，至{end.isoformat()}",
            end,
            span.place,
        )
        for end, span in ends
    )
    held = [label for name, label in params.holds if facts.get(name)]
    if held:
        return Finding(Verdict.HOLD, None, (*steps, Step("、".join(held) + "，未终结前不得销毁", None)))
    keep = max(end for end, _ in ends)
    untold = tuple(name for name, _ in params.holds if facts.get(name) is None)
    if untold:
        steps += (Step(assumed([label for name, label in params.holds if name in untold]), None, ours=True),)
    if params.takeover is not None and keep >= params.takeover.on:
        found = _taken_over(params.takeover, [facts[span.start] for span in begun], keep, steps)
        return found._replace(missing=(*found.missing, *untold))
    if not params.each or facts.get("destroyed_on") is not None:
        untold += tuple(span.start for span in untold_spans)
    sooner = [_end(span, facts[span.start]) for span in params.delete_by if facts.get(span.start) is not None]
    if sooner and min(sooner) < keep:
        steps += (Step("应删除的日期早于须保存的日期：只存储并采取安全保护措施", min(sooner)),)
    steps += (Step(f"取最长，保存至{keep.isoformat()}", keep),)
    return _destroyed(Finding(Verdict.DUE, keep, steps, untold), facts.get("destroyed_on"))


def _destroyed(finding: Finding, on: date | None) -> Finding:
    """The same once somebody tells when the file was destroyed: never before the last day it must be kept is over."""
    if on is None:
        return finding
    early = on <= finding.value
    said = Step(f"{on.isoformat()}销毁，{'仍须保存' if early else '已过保存期限'}", on)
    return finding._replace(verdict=Verdict.FAIL if early else Verdict.PASS, steps=(*finding.steps, said))


def assumed(holds: list[str]) -> str:
    """The bank's own reading where nobody says whether something stops the destroying."""
    said = "、".join(holds)
    return f"有无{said}未填，按没有计算；有的，终结前不得销毁"


def _taken_over(takeover: Takeover, starts: list[date], keep: date, steps: tuple[Step, ...]) -> Finding:
    longer = max(days.add_years(start, takeover.years) for start in starts)
    say = f"{takeover.say}；保存至{keep.isoformat()}还是{longer.isoformat()}须法务认定，认定前从严保存至后者"
    step = Step(say, longer, takeover.place, ours=True)
    return Finding(Verdict.UNDECIDED, (keep, longer), (*steps, step), ("transition_reading",))


def _end(span: Span, start: Any) -> Any:
    return advance(start, span.length, span.unit) if span.length else start


def delete_from(keep_until: Any) -> Any:
    """The first day on which the file may go."""
    return keep_until + days.ONE_DAY
