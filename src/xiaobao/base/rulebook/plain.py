"""A rule in plain words: one summary, and its parameters with their units. Made from the values alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from xiaobao.rules.fact_words import fact_word, value_word
from xiaobao.rules.kinds.approval import ApprovalParams
from xiaobao.rules.kinds.checklist import ChecklistParams
from xiaobao.rules.kinds.clock import ClockParams, EndParams, PauseParams, RestartParams, StageParams
from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams, RatioParams
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.kinds.retention import RetentionParams, Span
from xiaobao.rules.kinds.scan import ScanParams
from xiaobao.rules.values import Condition, Unit, Version

_MANY = 3


class Param(NamedTuple):
    """One parameter: what it is, and what it says, each with its unit."""

    label: str
    says: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it on one line."""
        return "；".join(self.says)


def params_of(params: Any) -> tuple[Param, ...]:
    """The parameters of a version, every number with its unit; what is empty is left out."""
    rows = _PARAMS[type(params)](params)
    return tuple(Param(label, says) for label, given in rows if (says := _says(given)))


def summary(version: Version) -> str:
    """One or two sentences an officer understands, in front of the articles."""
    bodies = _SUMMARIES[type(version.params)](version.params)
    scope = "、".join(dict.fromkeys(_condition(test) for test in version.scope if test.say))
    return (f"适用于：{scope}。" if scope else "") + bodies


def _condition(test: Condition) -> str:
    """The condition as it must hold: a fact that must not be so is told as such."""
    is_barred = test.op == "is" and test.value is False and not test.say.startswith(("没有", "不", "未"))
    return f"没有“{test.say}”的情形" if is_barred else test.say


def labels_of(params: Any) -> dict[str, str]:
    """Key -> label of the items this rule's own lists name."""
    found: dict[str, str] = {}
    for part in params if isinstance(params, tuple) else ():
        if isinstance(part, tuple) and not hasattr(part, "_fields") and part and _is_entry(part[0]):
            found.update({entry[0]: entry[1] for entry in part if _is_entry(entry)})
    if isinstance(params, RatioParams):
        found.update({ratio.key: ratio.label for ratio in params.ratios})
    if isinstance(params, LimitParams):
        found.update({bound.measure: bound.label for bound in params.bounds})
    if isinstance(params, StageParams):
        found.update({clock.start: title for title, clock in params.stages})
    return found


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, tuple)
        and not hasattr(entry, "_fields")
        and 2 <= len(entry) <= 3
        and all(isinstance(word, str) for word in entry)
    )


def _says(given: str | tuple[str, ...]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) and given else tuple(given)


def _length(number: int, unit: Unit) -> str:
    return f"{number}{unit.label}"


_Rows = list[tuple[str, str | tuple[str, ...]]]


def _clock(params: ClockParams) -> _Rows:
    length = fact_word(params.length_fact) if params.length_fact else _length(params.length, params.unit)
    day_zero = "自事件发生的时刻起算" if params.unit is Unit.HOUR else "当日不计入，末日计入"
    return [
        ("起算", f"{params.say or fact_word(params.start)}（{day_zero}）"),
        ("期限", f"由“{length}”写明" if params.length_fact else length if params.length else ""),
        ("在前一期限之后再加", _length(params.after, params.unit) if params.after else ""),
        ("经批准最长", _length(params.extended, params.unit) if params.extended else ""),
        ("批准人", tuple(value_word("approver", post) for post in params.by)),
        ("前提", tuple(fact_word(name) for name in params.needs)),
        ("没有期限、须立即", fact_word(params.at_once_if) if params.at_once_if else ""),
        ("届满日逢节假日", "顺延至下一工作日" if params.roll else ""),
    ]


def _clock_words(params: ClockParams) -> str:
    start = params.say or fact_word(params.start)
    if params.length_fact:
        return f"自{start}之日起按写明的日数计算，当日不计入，末日计入。"
    first, counted = ("时", "") if params.unit is Unit.HOUR else ("之日", "（首日不计，末日计入）")
    words = f"自{start}{first}起{_length(params.length + params.after, params.unit)}内{counted}"
    if params.extended:
        words += f"；经{_posts(params.by)}批准并告知，最长{_length(params.extended, params.unit)}"
    elif params.by:
        words += f"；须经{_posts(params.by)}批准" + ("并告知" if params.needs else "")
    if params.at_once_if:
        words += f"；{fact_word(params.at_once_if)}的，立即办理"
    return words + "。"


def _posts(by: tuple[str, ...]) -> str:
    return "或者".join(value_word("approver", post) for post in by)


def _stages(params: StageParams) -> _Rows:
    return [(title, _clock_words(clock).rstrip("。")) for title, clock in params.stages]


def _stage_words(params: StageParams) -> str:
    return "；".join(f"{title}：{_clock_words(clock).rstrip('。')}" for title, clock in params.stages) + "。"


def _pause(params: PauseParams) -> _Rows:
    return [
        ("不计入的期间", params.say),
        ("起止", f"{fact_word(params.start)}至{fact_word(params.end)}，首尾都不计入"),
        ("前提", tuple(fact_word(name) for name in params.needs)),
    ]


def _pause_words(params: PauseParams) -> str:
    needs = "、".join(fact_word(name) for name in params.needs)
    return f"{params.say}，不计入期限" + (f"；前提是{needs}，否则照常计入" if needs else "") + "。"


def _restart(params: RestartParams) -> _Rows:
    return [
        ("重新起算", params.say or fact_word(params.start)),
        ("须在此日之前", fact_word(params.running_until)),
        ("前提", tuple(fact_word(name) for name in params.needs)),
    ]


def _end(params: EndParams) -> _Rows:
    return [("程序终止", params.say or fact_word(params.start))]


def _approval(params: ApprovalParams) -> _Rows:
    return [
        ("批准人", tuple(value_word("approver", post) for post in params.by)),
        ("同时须有", tuple(label for _, label in params.needs)),
        ("批准人数", f"{params.persons}人" if params.persons else ""),
    ]


def _approval_words(params: ApprovalParams) -> str:
    needs = "、".join(label for _, label in params.needs)
    return f"须经{_posts(params.by)}批准" + (f"，并有{needs}" if needs else "") + "。"


def _fields(params: FieldsParams) -> _Rows:
    return [
        ("最多只能要求" if params.at_most else "必备内容", tuple(label for _, label in params.fields)),
        (
            f"{fact_word(params.more_if)}的，另须" if params.more else "",
            tuple(label for _, label in params.more),
        ),
        ("由谁提供", "客户" if params.bearer == "customer" else "本行"),
        ("不满足时", params.effect.label),
    ]


def _fields_words(params: FieldsParams) -> str:
    names = _some(tuple(label for _, label in params.fields))
    if params.at_most:
        return f"最多只能要求{names}；多要的，{params.effect.label}。"
    return f"应当具备{names}；缺少的，{params.effect.label}。"


def _some(names: tuple[str, ...]) -> str:
    """The first names, and how many there are in all."""
    return "、".join(names[:_MANY]) + (f"等{len(names)}项" if len(names) > _MANY else "")


def _scan(params: ScanParams) -> _Rows:
    return [
        ("不得出现", tuple(f"“{word}”" for word in params.block)),
        ("须人工判断", tuple(f"“{word}”" for word in params.ask)),
        ("不算在内（式样）", params.exempt),
        ("出现时", params.effect.label),
    ]


def _scan_words(params: ScanParams) -> str:
    found = []
    if params.block:
        found.append(
            f"文字中出现{_some(tuple(f'“{word}”' for word in params.block))}的，{params.effect.label}"
        )
    if params.ask:
        found.append(f"出现{_some(tuple(f'“{word}”' for word in params.ask))}的，请人工判断")
    return "；".join(found) + "。"


def _gate(params: GateParams) -> _Rows:
    label = "满足其中之一" if params.any_of else "须同时满足"
    either = [("并满足其中之一", tuple(_condition(test) for test in group)) for group in params.one_of]
    return [
        (label, tuple(_condition(test) for test in params.require)),
        *either,
        ("不满足时", params.effect.label),
    ]


def _gate_words(params: GateParams) -> str:
    names = _some(tuple(_condition(test) for test in params.require))
    how = "须满足其中之一" if params.any_of else "须同时满足" if len(params.require) > 1 else "须满足"
    either = "".join(
        f"；{_some(tuple(_condition(test) for test in group))}须满足其中之一" for group in params.one_of
    )
    return f"{how}：{names}{either}；否则{params.effect.label}。"


def _checklist(params: ChecklistParams) -> _Rows:
    items = tuple(f"{label}（证据：{proof}）" if proof else label for _, label, proof in params.items)
    return [
        ("逐项核对", items),
        ("频次", f"每{params.every_months}个月" if params.every_months else ""),
        ("有未做到的", params.effect.label),
    ]


def _checklist_words(params: ChecklistParams) -> str:
    often = f"每{params.every_months}个月" if params.every_months else ""
    names = _some(tuple(label for _, label, _ in params.items))
    return f"{often}逐项核对{names}，每项都要有证据；有未做到的，{params.effect.label}。"


def _span(span: Span) -> str:
    length = f"{span.length}{span.unit.label}" if span.length else "当日"
    return f"自{span.label or fact_word(span.start)}起{length}" + ("（有此事时）" if span.optional else "")


def _retention(params: RetentionParams) -> _Rows:
    return [
        ("至少保存", tuple(_span(span) for span in params.at_least)),
        ("最迟删除", tuple(_span(span) for span in params.delete_by)),
        ("不得销毁的情形", tuple(label for _, label in params.holds)),
        ("衔接", params.takeover.say if params.takeover else ""),
    ]


def _retention_words(params: RetentionParams) -> str:
    spans = "、".join(_span(span) for span in params.at_least)
    longest = "，取最长" if len(params.at_least) > 1 else ""
    held = "；" + "、".join(label for _, label in params.holds) + "的，不得销毁" if params.holds else ""
    return f"至少保存：{spans}{longest}{held}。"


def _bound(bound: Bound) -> str:
    if bound.most is not None:
        word, figure = ("不得达到" if bound.over else "不超过"), bound.most
    else:
        word, figure = "不少于", bound.least or 0
    within = f"{bound.window}{bound.window_unit.label}内" if bound.window else ""
    return f"{within}{bound.label}{word}{figure:,}{bound.unit}"


def _limit(params: LimitParams) -> _Rows:
    return [("限度", tuple(_bound(bound) for bound in params.bounds)), ("不满足时", params.effect.label)]


def _limit_words(params: LimitParams) -> str:
    return f"{_some(tuple(_bound(bound) for bound in params.bounds))}；不满足的，{params.effect.label}。"


def _ratio(params: RatioParams) -> _Rows:
    return [
        (ratio.label, f"{fact_word(ratio.measure)} × {ratio.per:,} ÷ {fact_word(ratio.base)}，保留两位小数")
        for ratio in params.ratios
    ]


def _ratio_words(params: RatioParams) -> str:
    return f"统一口径计算{'、'.join(ratio.label for ratio in params.ratios)}；不设限度。"


def _latest(params: PeriodParams) -> str:
    if params.unnumbered and not params.over:
        return "没有法定周期"
    if params.every_months:
        return f"距上次不超过{params.every_months}个月"
    year = {0: "当年", 1: "次年"}.get(params.year_offset, f"{params.year_offset}年后")
    return f"{year}{params.month or 12}月{params.day or 31}日前"


def _period(params: PeriodParams) -> _Rows:
    return [
        ("事项", params.title),
        ("最迟", _latest(params)),
        ("适用", f"{fact_word(params.over[0])}超过{params.over[1]:,}" if params.over else ""),
        ("没有周期的", params.unnumbered),
        ("每年至少", f"{params.times}次" if params.times else ""),
        ("应覆盖", tuple(label for _, label in params.cover)),
    ]


def _period_words(params: PeriodParams) -> str:
    cover = "，覆盖" + _some(tuple(label for _, label in params.cover)) if params.cover else ""
    times = f"，每年至少{params.times}次" if params.times else ""
    free = f"；{params.unnumbered}" if params.over else ""
    return f"{params.title}，{_latest(params)}{times}{cover}{free}。"


_PARAMS: dict[type, Callable[[Any], _Rows]] = {
    ClockParams: _clock,
    StageParams: _stages,
    PauseParams: _pause,
    RestartParams: _restart,
    EndParams: _end,
    ApprovalParams: _approval,
    FieldsParams: _fields,
    ScanParams: _scan,
    GateParams: _gate,
    ChecklistParams: _checklist,
    RetentionParams: _retention,
    LimitParams: _limit,
    RatioParams: _ratio,
    PeriodParams: _period,
}
_SUMMARIES: dict[type, Callable[[Any], str]] = {
    ClockParams: _clock_words,
    StageParams: _stage_words,
    PauseParams: _pause_words,
    RestartParams: lambda params: f"{params.say or fact_word(params.start)}，期限自当日重新计算。",
    EndParams: lambda params: f"{params.say or fact_word(params.start)}，处理程序当日终止。",
    ApprovalParams: _approval_words,
    FieldsParams: _fields_words,
    ScanParams: _scan_words,
    GateParams: _gate_words,
    ChecklistParams: _checklist_words,
    RetentionParams: _retention_words,
    LimitParams: _limit_words,
    RatioParams: _ratio_words,
    PeriodParams: _period_words,
}
