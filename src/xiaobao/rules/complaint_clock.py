"""When a complaint must be decided and told, and why on that day.

What it decides: the earliest of the legal day (N00:18, and P01:43 for PBOC transfers), the days regulators
gave, and the bank's own stricter periods. Overlays tighten and never loosen; the legal day stays beside them.
Why: N00 articles 15, 18, 23, 33, 43; 民法典 201, 203. The numbers come from the rule book for the day of receipt.
Example: received 2026-03-01, mediation 03-05 to 03-24 -> 2026-04-05 (case X-02).
Known limits: a pause that still runs is counted up to `as_of`; the law before 2020-03-01 is not held, so there is
no legal day for complaints received earlier.

>>> from xiaobao.rules.book import book
>>> due(ClockFacts(date(2026, 1, 10)), book()).on
datetime.date(2026, 1, 25)
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xiaobao.kernel.errors import RuleBroken
from xiaobao.rules import complaint_trace as trace
from xiaobao.rules.book import RuleBook
from xiaobao.rules.calendar import Calendar, OutsideCalendar, calendar_at
from xiaobao.rules.complaint_count import Trail, check, last_day, last_working_day, walk
from xiaobao.rules.complaint_facts import (
    Approver,
    ClockFacts,
    Complexity,
    Due,
    Extension,
    ExtensionKind,
    GivenDue,
    Overlay,
    Pause,
    PauseKind,
    Source,
    Track,
)
from xiaobao.rules.complaint_open import between, granted, is_open, without
from xiaobao.rules.complaint_plan import Plain, Plan, plan_for
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.values import Confidence, Step, Unit, Verdict

__all__ = [
    "Approver",
    "ClockFacts",
    "Complexity",
    "Due",
    "Extension",
    "ExtensionKind",
    "GivenDue",
    "Overlay",
    "Pause",
    "PauseKind",
    "Source",
    "Track",
    "due",
    "extend_due",
]

# The stage a base period stands for; an overlay of one stage ends where an extension has led to the next.
_STAGES = {"CMP-003": Complexity.SIMPLE, "CMP-004": Complexity.COMPLEX, "CMP-005": Complexity.SPECIAL}


def due(
    facts: ClockFacts,
    rules: RuleBook,
    calendar: Calendar | None = None,
    overlays: Sequence[Overlay] = (),
) -> Due:
    """The due day of these facts, with its trace; the same facts always give the same answer.

    An approval by the wrong post has no effect, stands under `unused` and its rule in `broken`;
    `extend_due` raises instead. Units: natural days, first day not counted, last day included (CMP-002).
    Raises: InvalidInput for days before the receipt. Source: 银保监会令2020年第3号 第十八条.
    """
    received = facts.received_on
    if received is None:
        return Due(None, None, "", "", Verdict.UNDECIDED, None, (), (), ("received_on",))
    plan = plan_for(rules, received)
    known = calendar or calendar_at()
    if plan is not None and facts.source is Source.OWN and not overlays and facts.is_plain:
        return _plain(facts, received, plan, known)
    check(facts, received)
    if plan is not None and is_open(facts):
        return _open(facts, received, plan, (rules, known, overlays))
    trail = walk(facts, received, plan) if plan else Trail(received)
    if plan:
        _law_tracks(facts, received, plan, trail)
        trail.steps.append((trace.last_steps, trail.tracks[0].on, known, plan))
    else:
        trail.missing.append("law")
    return _finish(facts, plan, known, overlays, trail)


def _open(
    facts: ClockFacts,
    received: date,
    plan: Plan,
    world: tuple[RuleBook, Calendar, Sequence[Overlay]],
) -> Due:
    """Both answers; an approval that has no effect whatever the untold day is told as such."""
    whole = granted(facts, received, plan)
    last = due(whole, *world)
    if last.broken and any(one.unknown for one in facts.extensions):
        return due(facts._replace(extensions=whole.extensions), *world)
    return between(facts, due(without(facts), *world), last, plan)


def extend_due(
    facts: ClockFacts, rules: RuleBook, calendar: Calendar | None = None, overlays: Sequence[Overlay] = ()
) -> Due:
    """Latest day for the decision after the extensions in `facts`.

    Units: natural days, first day not counted, last day included (CMP-002).
    Raises: RuleBroken("CMP-005") if the approver is below the level the article names, the complainant was not
    told or the old period was over; its fact `due` carries the day that stands.
    Source: 银保监会令2020年第3号 第十八条第一款.
    """
    found = due(facts, rules, calendar, overlays)
    if found.broken:
        refused = [step for step in found.unused if step.value in found.broken]
        say = "；".join(step.say for step in refused) + f"。期限仍为{found.on}"
        raise RuleBroken(found.broken[0], source=refused[0].cite, due=found.on, say=say)
    return found


def _plain(facts: ClockFacts, received: date, plan: Plan, known: Calendar) -> Due:
    base: Plain = plan.base[facts.complexity]
    on = received + base.span
    missing = ("reason",) if base.is_complex and not facts.reason else ()
    return Due(
        on, on, base.rule, base.version, Verdict.DUE, received, ((trace.plain_steps, received, on, base.fixed, plan, known),), (),
        missing, plan.confidence, known.version, (), (), base.rule,
    )  # fmt: skip


def _law_tracks(facts: ClockFacts, received: date, plan: Plan, trail: Trail) -> None:
    trail.tracks.append(Track(trail.rule, plan.track, trail.on, True, plan.basis))
    if facts.source is Source.NFRA:
        trail.steps.insert(0, plan.nfra)
    if facts.source is Source.PBOC and plan.pboc:
        _pboc_track(facts, received, plan, trail)


def _pboc_track(facts: ClockFacts, received: date, plan: Plan, trail: Trail) -> None:
    pboc = plan.pboc
    if pboc is None:
        return
    first = last_day(received, pboc.days, [])
    granted = any(
        one.approver in pboc.by
        and one.approved_on is not None
        and one.told_on is not None
        and max(one.approved_on, one.told_on) <= first
        for one in facts.extensions
    )
    days = pboc.most if granted else pboc.days
    on = last_day(received, days, [])
    place = cite_zh(pboc.cite)
    say = f"人民银行转交：{days}日，至{on}（{place}）；与投诉办法的期限同时适用，取早，本行口径"
    trail.steps.append(Step(say, on, pboc.cite.full, ours=True))
    if facts.pauses or facts.new_facts_on:
        why = f"人民银行的期限不因调解、鉴定或者新材料改变——{place}未作规定"
        trail.unused.append(Step(why, None, pboc.cite.full, used=False))
    trail.tracks.append(Track("CMP-023", f"{place}的期限", on, True, pboc.cite.full))


def _finish(
    facts: ClockFacts, plan: Plan | None, known: Calendar, overlays: Sequence[Overlay], trail: Trail
) -> Due:
    legal = _earliest(trail.tracks)
    for one in facts.given:
        trail.steps.append((trace.given, one))
        trail.tracks.append(Track(one.number, f"{one.issuer or '监管部门'}给定期限", one.on, False))
    for overlay in overlays:
        stage = _STAGES.get(trail.rule, facts.complexity)
        if facts.received_on and overlay.binds(facts.received_on, stage):
            _overlay(overlay, known, legal, trail)
    binding = _earliest(trail.tracks)
    if binding and len(trail.tracks) > 1:
        trail.steps.append((trace.earliest, binding))
    on, legal_on = binding.on if binding else None, legal.on if legal else None
    verdict = Verdict.DUE if on else Verdict.UNDECIDED
    if facts.withdrawn_on is not None and plan:
        trail.steps.append((trace.withdrawn, facts.withdrawn_on, plan))
        verdict = Verdict.ENDED
        on = min(on, facts.withdrawn_on) if on else facts.withdrawn_on
        legal_on = min(legal_on, facts.withdrawn_on) if legal_on else None
    rule, version = _decided_by(legal, plan, trail)
    return Due(
        on, legal_on, rule, version, verdict, trail.start, tuple(trail.steps), tuple(trail.unused),
        _once(trail.missing), plan.confidence if plan else Confidence.VERIFIED, known.version,
        tuple(trail.tracks), _once(trail.broken), binding.id if binding else "", facts.withdrawn_on,
    )  # fmt: skip


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names)) if names else ()


def _earliest(tracks: list[Track]) -> Track | None:
    if len(tracks) < 2:
        return tracks[0] if tracks else None
    return min(tracks, key=lambda track: track.on)


def _decided_by(legal: Track | None, plan: Plan | None, trail: Trail) -> tuple[str, str]:
    if legal is not None and legal.id == "CMP-023" and plan and plan.pboc:
        return legal.id, plan.pboc.version
    return trail.rule, trail.version


def _overlay(overlay: Overlay, known: Calendar, legal: Track | None, trail: Trail) -> None:
    try:
        on = (
            last_working_day(trail.start, overlay.length, trail.spans, known)
            if overlay.unit is Unit.WORKING_DAY
            else last_day(trail.start, overlay.length, trail.spans)
        )
    except OutsideCalendar as error:
        trail.unused.append(Step(f"{overlay.title}：{error.say}", None, overlay.id, used=False))
        if legal is None or error.facts["earliest"] <= legal.on:
            trail.missing.append("calendar")
        return
    if legal is not None and on > legal.on:
        trail.unused.append((trace.looser, overlay, on, legal.on))
        return
    trail.steps.append((trace.own_period, overlay, on))
    trail.tracks.append(Track(overlay.id, overlay.title, on, False))
