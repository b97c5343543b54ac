"""How long personal information is kept and when it is deleted: records, AML files, logs, triggers."""

from __future__ import annotations

from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.retention import RetentionParams, Span, Takeover
from xiaobao.rules.values import Condition, Kind, Role, Rule, Unit, Verdict, Version
from xiaobao.rules.writing import bad, cite, day, destroyed, due_on, edge, ok, shelf, unknown, version, yes

rule = shelf("privacy")
DATA_RULES = "2025-01-01"

PROVIDED = rule(
    "PI-007",
    Kind.RETENTION,
    "提供、委托处理个人信息的处理情况记录：至少保存3年",
    version(
        DATA_RULES,
        RetentionParams((Span("recorded_on", 3, Unit.YEAR, "处理情况记录"),)),
        (cite("R01@2025-01-01:12.1", "应当至少保存3年"),),
        (
            due_on({"recorded_on": day("2025-01-01")}, day("2028-01-01")),
            edge(Verdict.DUE, {"recorded_on": day("2028-02-29")}, day("2031-02-28"), "闰日"),
            *destroyed({"recorded_on": day("2025-01-01")}, day("2028-01-01")),
            unknown({}),
        ),
        by="recorded_on",
    ),
)

_TRIGGERS = ("purpose_done", "service_stopped", "period_over", "consent_withdrawn", "unlawful")
_ACCOUNT_CLOSED = (*_TRIGGERS, "account_closed", "collected_by_accident")
_DELETE = (
    Condition("handled", "in", ("deleted", "anonymised"), "已删除"),
    yes(
        "only_stored_protected",
        "法定保存期限未届满或者技术上难以删除，只存储并采取安全保护措施",
        "保存期限未届满",
    ),
)
_DELETE_EXAMPLES = (
    ok({"trigger": "purpose_done", "handled": "deleted"}, True),
    ok(
        {"trigger": "consent_withdrawn", "handled": "kept", "only_stored_protected": True},
        True,
        "反洗钱保存期限未满",
    ),
    bad(Verdict.FAIL, {"trigger": "period_over", "handled": "kept", "only_stored_protected": False}, False),
    edge(Verdict.NOT_APPLICABLE, {"trigger": "none", "handled": "kept"}, None, "没有触发删除的情形"),
    unknown({"trigger": "unlawful", "handled": "kept"}),
)
DELETION = rule(
    "PI-008",
    Kind.GATE,
    "主动删除的五种情形；法定保存期限未届满的只存储和保护",
    version(
        "2021-11-01",
        GateParams(_DELETE, Verdict.FAIL, any_of=True),
        (
            cite("L02@2021-11-01:47.1", "应当主动删除个人信息"),
            cite("L02@2021-11-01:47.2", "保存期限未届满", Role.EXCEPTION),
        ),
        _DELETE_EXAMPLES,
        until=DATA_RULES,
        by="triggered_on",
        scope=(Condition("trigger", "in", _TRIGGERS, "触发删除的情形"),),
        scope_say="没有触发删除的情形",
    ),
    version(
        DATA_RULES,
        GateParams(_DELETE, Verdict.FAIL, any_of=True),
        (
            cite("L02@2021-11-01:47.1", "应当主动删除个人信息"),
            cite("L02@2021-11-01:47.2", "保存期限未届满", Role.EXCEPTION),
            cite("R01@2025-01-01:24", "个人注销账号"),
        ),
        (
            *_DELETE_EXAMPLES,
            bad(
                Verdict.FAIL,
                {"trigger": "account_closed", "handled": "kept", "only_stored_protected": False},
                False,
            ),
            ok({"trigger": "collected_by_accident", "handled": "anonymised"}, True),
        ),
        by="triggered_on",
        scope=(Condition("trigger", "in", _ACCOUNT_CLOSED, "触发删除的情形"),),
        scope_say="没有触发删除的情形",
    ),
)


def _aml(years: int) -> tuple[Span, ...]:
    """Identity files run from the end of the relation, each transaction's from the end of the transaction."""
    return (
        Span("relation_end_on", years, Unit.YEAR, "业务关系结束"),
        Span("transaction_end_on", years, Unit.YEAR, "交易结束"),
    )


AML = rule(
    "PI-016",
    Kind.RETENTION,
    "客户身份资料自业务关系结束、客户交易信息自交易结束起的最短保存年限",
    version(
        "2007-01-01",
        RetentionParams(
            _aml(5),
            takeover=Takeover(
                day("2025-01-01"), 10, "反洗钱法2024年修订自2025-01-01起改为十年", "L11@2025-01-01:34.3"
            ),
            each=True,
        ),
        (
            cite("L11@2007-01-01:19.3", "应当至少保存五年"),
            cite("L11@2025-01-01:34.3", "应当至少保存十年", Role.EXCEPTION),
        ),
        (
            due_on({"relation_end_on": day("2019-06-30")}, day("2024-06-30"), "五年，改法前已满"),
            edge(Verdict.DUE, {"relation_end_on": day("2019-12-31")}, day("2024-12-31"), "改法前一日期满"),
            edge(
                Verdict.UNDECIDED,
                {"relation_end_on": day("2020-01-01")},
                (day("2025-01-01"), day("2030-01-01")),
                "期满之日正是改法之日",
            ),
            edge(Verdict.UNDECIDED, {"relation_end_on": day("2024-12-31")}, None, "改法时尚在保存中"),
            due_on(
                {"transaction_end_on": day("2019-06-30")}, day("2024-06-30"), "一笔交易，不等业务关系结束"
            ),
            *destroyed({"relation_end_on": day("2019-06-30")}, day("2024-06-30")),
            unknown({}),
        ),
        until=DATA_RULES,
        by="relation_end_on",
        transition="2025-01-01仍在保存期内的资料适用五年还是十年，条文未写，须法务认定；认定前从严按十年保存",
    ),
    version(
        DATA_RULES,
        RetentionParams(_aml(10), each=True),
        (
            cite("L11@2025-01-01:34.3", "应当至少保存十年"),
            cite("L11@2025-01-01:34.3", "客户交易信息在交易结束后"),
        ),
        (
            edge(Verdict.DUE, {"relation_end_on": day("2025-01-01")}, day("2035-01-01"), "施行首日"),
            due_on({"relation_end_on": day("2026-06-30")}, day("2036-06-30"), "十年"),
            edge(Verdict.DUE, {"transaction_end_on": day("2028-02-29")}, day("2038-02-28"), "交易结束，闰日"),
            edge(
                Verdict.DUE,
                {"relation_end_on": day("2026-06-30"), "transaction_end_on": day("2025-03-01")},
                day("2036-06-30"),
                "一并保管的取最长",
            ),
            *destroyed({"relation_end_on": day("2026-06-30")}, day("2036-06-30")),
            unknown({}),
        ),
        by="relation_end_on",
        reading="优先于个人信息的删除：期限未届满的只存储和保护",
    ),
)


def _log_version(since: str, place: str, until: str | None = None) -> Version:
    return version(
        since,
        RetentionParams((Span("logged_on", 6, Unit.MONTH, "网络日志"),)),
        (cite(place, "网络日志不少于六个月"),),
        (
            due_on({"logged_on": day(since)}, day("2017-12-01") if since < "2020" else day("2026-07-01")),
            edge(Verdict.DUE, {"logged_on": day("2026-08-31")}, day("2027-02-28"), "没有对应日"),
            *destroyed({"logged_on": day("2026-08-31")}, day("2027-02-28")),
            unknown({}),
        ),
        until=until,
        by="logged_on",
    )


LOGS = rule(
    "PI-017",
    Kind.RETENTION,
    "网络日志留存不少于六个月",
    _log_version("2017-06-01", "L04@2017-06-01:21.1.3", "2026-01-01"),
    _log_version("2026-01-01", "L04@2026-01-01:23.1.3"),
)

RULES: tuple[Rule, ...] = (PROVIDED, DELETION, AML, LOGS)
