"""What an overlay may change in a rule's parameters, and what would make it looser than the law."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NoReturn

from xiaobao.rules.book import BookError
from xiaobao.rules.calendar import OutsideCalendar
from xiaobao.rules.kinds.approval import ApprovalParams
from xiaobao.rules.kinds.checklist import ChecklistParams
from xiaobao.rules.kinds.clock import ClockParams, StageParams, advance
from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.kinds.retention import RetentionParams
from xiaobao.rules.kinds.scan import ScanParams
from xiaobao.rules.meet import severity
from xiaobao.rules.values import Kind, Unit, Verdict

BURDEN = "要求客户多交材料是放宽而不是从严（投诉办法第十三条第二款、第十四条）"


def apply(kind: Kind, law: Any, changes: Any, where: str) -> Any:
    """The law's parameters with the changes. Raises: BookError `own.looser`, `own.changes` naming the overlay."""
    maker, allowed = _MAKERS[kind]
    if not isinstance(changes, dict) or not changes:
        raise BookError("own.changes", where=where, say=f"{where}：set 应写明从严的内容")
    unknown = set(changes) - allowed
    if unknown and allowed:
        known = "、".join(sorted(allowed))
        raise BookError(
            "own.changes", where=where, say=f"{where}：不认识{'、'.join(sorted(unknown))}，可用{known}"
        )
    try:
        return maker(law, changes, where)
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        raise BookError(
            "own.changes", where=where, say=f"{where}：set 的内容类型不对或者不适用于本规则"
        ) from error


def _unfit(where: str, why: str) -> NoReturn:
    raise BookError("own.changes", where=where, say=f"{where}：{why}")


def _looser(where: str, why: str) -> NoReturn:
    raise BookError("own.looser", where=where, say=f"{where}：比法定要求宽，不得采用——{why}")


def _clock(law: Any, changes: dict[str, Any], where: str) -> ClockParams | StageParams:
    if isinstance(law, StageParams):
        return _stage(law, changes, where)
    if not isinstance(law, ClockParams):
        _unfit(
            where, "本规则规定期限的暂停、重新计算或者终止，没有可以缩短的期限；请对 CMP-003 等期限规则从严"
        )
    if "stage" in changes:
        _unfit(where, "本规则只有一个期限，不写 stage")
    return _shorter(law, changes, where)


def _stage(law: StageParams, changes: dict[str, Any], where: str) -> StageParams:
    """One of several periods, named by its title or by the fact it begins with; the others stay the law's."""
    known = "、".join(f"“{title}”" for title, _ in law.stages)
    wanted = changes.get("stage")
    if wanted is None:
        _unfit(where, f"本规则有几个期限，须写明 stage，可用{known}")
    if all(wanted not in (title, one.start) for title, one in law.stages):
        _unfit(where, f"没有“{wanted}”这个期限，stage 可用{known}")
    stages = (
        (title, _shorter(one, changes, where) if wanted in (title, one.start) else one)
        for title, one in law.stages
    )
    return law._replace(stages=tuple(stages))


def _shorter(law: ClockParams, changes: dict[str, Any], where: str) -> ClockParams:
    if "length" not in changes:
        _unfit(where, "须写明 length（期限的长度）")
    if law.bearer == "customer":
        _looser(where, "这是客户的期限，缩短它是放宽而不是从严")
    unit = _unit(changes.get("unit", law.unit), law.unit, where)
    length = _number(changes["length"])
    if not length:
        _unfit(where, "期限须大于0")
    if unit is law.unit and length > law.length + law.after:
        _looser(where, f"{length}{unit.label}长于法定{law.length + law.after}{law.unit.label}")
    return law._replace(length=length, after=0, unit=unit, extended=0)


def _unit(named: Any, law: Unit, where: str) -> Unit:
    """The unit named: whole days for a period of days, else the law's own, for that is what its clock can count."""
    fit = (Unit.DAY, Unit.WORKING_DAY) if law in (Unit.DAY, Unit.WORKING_DAY) else (law,)
    if named not in [unit.value for unit in fit]:
        known = "、".join(f"{unit.value}（{unit.label}）" for unit in fit)
        _unfit(where, f"没有单位“{named}”，可用{known}")
    return Unit(named)


def _approval(law: ApprovalParams, changes: dict[str, Any], where: str) -> ApprovalParams:
    by = tuple(changes.get("by", law.by))
    if not set(by) <= set(law.by):
        _looser(where, "审批人超出条文所列的层级")
    persons = _number(changes.get("persons", law.persons))
    if persons < law.persons:
        _looser(where, "审批人数减少")
    return law._replace(by=by, persons=persons)


def _fields(law: FieldsParams, changes: dict[str, Any], where: str) -> FieldsParams:
    if law.bearer == "customer" or law.at_most:
        _looser(where, BURDEN)
    added = _added(changes["add"], where)
    return law._replace(fields=tuple(dict((*law.fields, *added)).items()))


def _added(named: Any, where: str) -> tuple[tuple[str, str], ...]:
    """What is added, each by its name and its label."""
    if not isinstance(named, dict) or not named:
        _unfit(where, "add 应逐项写作“名称: 中文说明”，例如 add: {hotline: 客服电话}，不写成清单")
    return tuple((str(key), str(label)) for key, label in named.items())


def _scan(law: ScanParams, changes: dict[str, Any], where: str) -> ScanParams:
    block = tuple(dict.fromkeys((*law.block, *_words(changes.get("block")))))
    ask = tuple(dict.fromkeys((*law.ask, *_words(changes.get("ask")))))
    return law._replace(block=block, ask=ask)


def _words(value: Any) -> tuple[str, ...]:
    return tuple(str(word) for word in value or ())


def _gate(law: GateParams, changes: dict[str, Any], where: str) -> GateParams:
    if not {"effect", "require"} & set(changes):
        _unfit(where, "须写明 effect（后果）或者 require（可选其一的，指定必须满足的一项）")
    effect = Verdict(changes.get("effect", law.effect))
    if severity(effect) < severity(law.effect):
        _looser(where, f"法定后果为“{law.effect.label}”")
    known = {test.fact: test for group in law.one_of for test in group}
    wanted = _words(changes.get("require"))
    if unknown := [name for name in wanted if name not in known]:
        named = (
            "、".join(f"{name}（{test.say}）" for name, test in known.items())
            or "无：本规则没有可选其一的条件"
        )
        _unfit(where, f"没有可以指定的“{'、'.join(unknown)}”，可用{named}")
    more = tuple(known[name] for name in wanted)
    return law._replace(effect=effect, require=(*law.require, *more))


def _checklist(law: ChecklistParams, changes: dict[str, Any], where: str) -> ChecklistParams:
    added = tuple((key, label, "本行规定") for key, label in _added(changes["add"], where))
    return law._replace(
        items=(*law.items, *(item for item in added if item[0] not in {key for key, _, _ in law.items}))
    )


def _retention(law: RetentionParams, changes: dict[str, Any], where: str) -> RetentionParams:
    years = _number(changes["years"])
    spans = []
    for span in law.at_least:
        if span.unit is Unit.YEAR and years < span.length:
            _looser(where, f"{years}年短于法定{span.length}年")
        if span.unit is Unit.MONTH and years * 12 < span.length:
            _looser(where, f"{years}年短于法定{span.length}个月")
        spans.append(span._replace(length=years, unit=Unit.YEAR))
    return law._replace(at_least=tuple(spans))


def _limit(law: Any, changes: dict[str, Any], where: str) -> LimitParams:
    if not isinstance(law, LimitParams):
        _unfit(where, "本规则只规定比率的算法，没有上限或者下限可以从严")
    known = {bound.measure for bound in law.bounds}
    if unknown := set(changes) - known:
        names = "、".join(f"{bound.measure}（{bound.label}）" for bound in law.bounds)
        _unfit(where, f"没有{'、'.join(sorted(map(str, unknown)))}这一项，可用{names}")
    return law._replace(bounds=tuple(_bound(bound, changes, where) for bound in law.bounds))


def _bound(bound: Bound, changes: dict[str, Any], where: str) -> Bound:
    if bound.measure not in changes:
        return bound
    figure = _number(changes[bound.measure])
    if bound.most is not None:
        if figure > bound.most:
            _looser(where, f"{bound.label}上限{figure}高于法定{bound.most}")
        if figure < bound.most and bound.bearer == "customer":
            _looser(where, f"{bound.label}是对客户的限制，收紧它是放宽而不是从严")
        return bound._replace(most=figure)
    if figure < (bound.least or 0):
        _looser(where, f"{bound.label}下限{figure}低于法定{bound.least}")
    if figure > (bound.least or 0) and bound.bearer == "customer":
        _looser(where, f"{bound.label}是对客户的要求，提高它是放宽而不是从严")
    return bound._replace(least=figure)


def _period(law: PeriodParams, changes: dict[str, Any], where: str) -> PeriodParams:
    numbers: dict[str, Any] = {key: _number(value) for key, value in changes.items()}
    changed = law._replace(**numbers)
    late = (changed.month or 12, changed.day or 31) > (law.month or 12, law.day or 31)
    rarer = 0 < law.every_months < changed.every_months or changed.times < law.times
    if late or rarer:
        _looser(where, "日期更晚或者次数更少")
    return changed


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise TypeError(value)
    return value


_MAKERS: dict[Kind, tuple[Callable[[Any, dict[str, Any], str], Any], set[str]]] = {
    Kind.CLOCK: (_clock, {"length", "unit", "stage"}),
    Kind.APPROVAL: (_approval, {"by", "persons"}),
    Kind.FIELDS: (_fields, {"add"}),
    Kind.SCAN: (_scan, {"block", "ask"}),
    Kind.GATE: (_gate, {"effect", "require"}),
    Kind.CHECKLIST: (_checklist, {"add"}),
    Kind.RETENTION: (_retention, {"years"}),
    Kind.LIMIT: (_limit, set()),
    Kind.CALENDAR: (_period, {"month", "day", "every_months", "times"}),
}


def bites(law: Any, own: Any, days: Iterable[date]) -> bool:
    """Whether the changed parameters can ask more than the law on any of the days a duty may begin on.

    Periods in one unit are compared on paper, in two units on their results; a day the calendar does not know may bite.
    """
    if isinstance(law, StageParams):
        every = tuple(days)
        return any(bites(one, two, every) for (_, one), (_, two) in zip(law.stages, own.stages, strict=True))
    if not isinstance(law, ClockParams) or law.extended or law.length_fact:
        return bool(own != law)
    length = law.length + law.after
    if own.unit is law.unit:
        return bool(own.length + own.after < length)
    return any(_is_earlier(own, length, law.unit, day) for day in days)


def _is_earlier(own: ClockParams, length: int, unit: Unit, day: date) -> bool:
    try:
        return advance(day, own.length, own.unit) < advance(day, length, unit)
    except OutsideCalendar:
        return False


def kinds_changed() -> dict[Kind, frozenset[str]]:
    """The keys an overlay of each kind may set; of a limit they are the names of its measures."""
    return {kind: frozenset(allowed) for kind, (_, allowed) in _MAKERS.items()}
