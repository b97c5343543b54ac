"""How long a file is kept: several periods at once, the longest binds; deletion has a bound of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.calculators.asking import Asked, Trace, answer, ask_rule, undecided
from xiaobao.rules.calculators.values import Answer, Calculator, Desk, Input, InputType
from xiaobao.rules.instruments import cite_zh, parse_cite
from xiaobao.rules.kinds.clock import advance
from xiaobao.rules.kinds.retention import RetentionParams, Span, assumed
from xiaobao.rules.values import Cite, Verdict


class FileKind(NamedTuple):
    """A kind of file, the rule that keeps it and the fact its period runs from."""

    key: str
    label: str
    rule: str
    start: str


FILES = (
    FileKind("sale_recording", "双录和适当性资料", "DR-006", "contract_end_on"),
    FileKind("sale_file", "说明和风险披露资料", "GOV-007", "relation_end_on"),
    FileKind("identity", "客户身份资料", "PI-016", "relation_end_on"),
    FileKind("transaction", "客户交易信息", "PI-016", "transaction_end_on"),
    FileKind("complaint", "投诉资料", "CMP-025", "closed_on"),
    FileKind("provided", "提供、委托处理个人信息的记录", "PI-007", "recorded_on"),
    FileKind("log", "网络日志", "PI-017", "logged_on"),
)
_BY_KEY = {one.key: one for one in FILES}
STARTS = (
    ("contract_end_on", "合同关系终止"),
    ("product_end_on", "产品终止"),
    ("relation_end_on", "业务关系终止"),
    ("transaction_end_on", "交易结束"),
    ("closed_on", "投诉办结"),
    ("recorded_on", "处理情况记录"),
    ("logged_on", "日志产生"),
)
TRIGGERS = (
    ("purpose_done", "处理目的已实现或者不再必要"),
    ("service_stopped", "停止提供产品或者服务"),
    ("period_over", "保存期限已届满"),
    ("consent_withdrawn", "个人撤回同意"),
    ("unlawful", "违法违规处理"),
    ("account_closed", "个人注销账号"),
)


def keep(facts: dict[str, Any], desk: Desk) -> Answer:
    """The last day a file must be kept by every rule it falls under, and what a wish to delete meets."""
    kinds = [_BY_KEY[key] for key in facts.get("files", ())]
    if not kinds:
        return undecided("CMP-025", "files")
    missing = tuple(dict.fromkeys(kind.start for kind in kinds if kind.start not in facts))
    if missing:
        return undecided(kinds[0].rule, *missing)
    trace, found = Trace(), []
    for kind in kinds:
        own = {name: value for name, value in facts.items() if name not in _starts_of_others(kind)}
        asked = ask_rule(desk, kind.rule, facts[kind.start], own)
        _tell(trace, kind, asked, own)
        trace.own_periods(asked)
        found.append(asked)
    return _longest(found, kinds, trace, facts)


def _starts_of_others(kind: FileKind) -> set[str]:
    """The events of other kinds of file that the same rule keeps: they say nothing of this one."""
    return {one.start for one in FILES if one.rule == kind.rule and one is not kind}


def _tell(trace: Trace, kind: FileKind, asked: Asked, facts: dict[str, Any]) -> None:
    params: RetentionParams = asked.version.params
    for span in params.at_least:
        if span.start in _starts_of_others(kind):
            continue
        if facts.get(span.start) is None:
            trace.leave(
                f"{kind.label}：{span.label}后的期限——{span.label}日期未填", span.place or asked.basis
            )
            continue
        _span(trace, kind, asked, span, facts[span.start])
    if asked.version.reading:
        trace.say(f"本行口径（{kind.label}）：{asked.version.reading}", None, asked.basis, ours=True)
    if params.takeover is not None and asked.law.verdict is Verdict.UNDECIDED:
        place = parse_cite(params.takeover.place)
        say = f"{params.takeover.say}（{cite_zh(place)}），{asked.version.transition}"
        trace.say(say, asked.law.value, place, ours=True)


def _span(trace: Trace, kind: FileKind, asked: Asked, span: Span, start: date) -> None:
    end = advance(start, span.length, span.unit)
    place = parse_cite(span.place) if span.place else asked.basis
    length = f"{span.length}{span.unit.label}"
    trace.say(f"{kind.label}：{span.label}{start}起{length}，至{end}（{cite_zh(place)}）", end, place)


def _ends(asked: Asked) -> date | None:
    value: date | tuple[date, ...] | None = asked.result.value
    return max(value) if isinstance(value, tuple) else value


def _longest(found: list[Asked], kinds: list[FileKind], trace: Trace, facts: dict[str, Any]) -> Answer:
    held = next((asked for asked in found if asked.result.verdict is Verdict.HOLD), None)
    if held is not None:
        why = "、".join(label for name, label in held.version.params.holds if facts.get(name))
        trace.say(f"{why}：终结前不得销毁", None, held.basis)
        said = f"不得销毁：{why}，终结后再按期限计算。" + _wish(facts, trace, None)
        given = answer(held, trace, said, reading=False)
        return given._replace(own=tuple(one for asked in found for one in asked.own))
    _assume(found, facts, trace)
    binding = max(found, key=lambda asked: _ends(asked) or date.min)
    latest = _ends(binding) or date.min
    open_ = any(asked.result.verdict is Verdict.UNDECIDED for asked in found)
    if len(found) > 1:
        label = kinds[found.index(binding)].label
        trace.say(f"几个期限取最长：{label}，至{latest}", latest, _place_of(binding))
    said = f"至少保存至{latest}（含当日），此前不得销毁。"
    if open_:
        said = f"暂至少保存至{latest}（含当日）：适用哪一个年限须法务认定，认定前从严。"
    if not open_ or facts.get("trigger") is not None:
        said += _wish(facts, trace, latest)
    given = answer(binding, trace, said, latest, reading=False)
    missing = dict.fromkeys(name for asked in (binding, *found) for name in asked.result.missing)
    return given._replace(own=tuple(one for asked in found for one in asked.own), missing=tuple(missing))


def _place_of(binding: Asked) -> Cite:
    """The place of the longest period: that of the later law, where its years are kept meanwhile."""
    takeover = binding.version.params.takeover
    is_open = takeover is not None and binding.law.verdict is Verdict.UNDECIDED
    return parse_cite(takeover.place) if is_open else binding.basis


def _assume(found: list[Asked], facts: dict[str, Any], trace: Trace) -> None:
    """What would stop the destroying and nobody tells is said once, however many kinds of file ask for it."""
    holds = {name: label for asked in found for name, label in asked.version.params.holds}
    if untold := [label for name, label in holds.items() if facts.get(name) is None]:
        place = next(asked.basis for asked in found if asked.version.params.holds)
        trace.say(assumed(untold), None, place, ours=True)


def _wish(facts: dict[str, Any], trace: Trace, latest: date | None) -> str:
    """The other bound, from which on the file must be deleted; until then the data is only stored and protected."""
    if facts.get("trigger") is None:
        return _no_wish(trace) if latest is not None else ""
    if facts.get("triggered_on") is None:
        raise InvalidInput(
            "calc.trigger", field="triggered_on", say="填了触发删除的情形，请一并填写触发的日期"
        )
    label = dict(TRIGGERS)[facts["trigger"]]
    place = parse_cite("L02@2021-11-01:47.2")
    if latest is None or facts["triggered_on"] <= latest:
        say = f"{facts['triggered_on']}{label}，但保存期限未届满：只存储并采取安全保护措施"
        trace.say(f"{say}（{cite_zh(place)}）", facts["triggered_on"], place)
        if latest is None:
            return "终结前只存储和保护，停止其他处理。"
        return f"期满前只存储和保护，停止其他处理；{latest + timedelta(1)}起应当删除。"
    delete = parse_cite("L02@2021-11-01:47.1")
    trace.say(f"{facts['triggered_on']}{label}，保存期限已过：应当删除（{cite_zh(delete)}）", None, delete)
    return "已过保存期限，应当删除。"


def _no_wish(trace: Trace) -> str:
    """Nobody tells what asks for deletion: the file may be kept longer, personal information not without a purpose."""
    place = parse_cite("L02@2021-11-01:47.1")
    trace.leave(f"最迟何时删除——触发删除的情形未填（{cite_zh(place)}）", place)
    return "期满后目的已实现的个人信息应当删除；本行规定更长的，保存至本行规定的日期。"


RETENTION = Calculator(
    "retention",
    "资料保存期限",
    "一份资料至少保存到哪一天，最迟从哪一天起必须删除",
    rules=tuple(dict.fromkeys(one.rule for one in FILES)),
    inputs=(
        Input(
            "files",
            "资料属于",
            InputType.CHOICES,
            "可多选，取最长",
            tuple((one.key, one.label) for one in FILES),
            required=True,
        ),
        *(Input(name, f"{label}的日期", InputType.DAY) for name, label in STARTS),
        Input("dispute_open", "纠纷未终结", InputType.FLAG, "未终结前不得销毁"),
        Input("legal_hold", "司法或者监管要求保全", InputType.FLAG, "保全期间不得销毁"),
        Input("trigger", "触发删除的情形", InputType.CHOICE, "没有的不填", TRIGGERS),
        Input("triggered_on", "触发的日期", InputType.DAY, "与上一项一并填写"),
    ),
    work=keep,
    samples=(
        (
            "双录资料",
            {"files": "sale_recording", "product_end_on": "2026-06-30", "contract_end_on": "2026-07-05"},
        ),
        (
            "身份资料和适当性资料",
            {
                "files": "sale_recording,identity",
                "contract_end_on": "2026-07-05",
                "relation_end_on": "2026-07-05",
                "trigger": "consent_withdrawn",
                "triggered_on": "2026-08-01",
            },
        ),
    ),
)
