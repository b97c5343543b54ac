"""How long recordings and suitability papers are kept."""

from __future__ import annotations

from xiaobao.rules.kinds.retention import RetentionParams, Span
from xiaobao.rules.values import Confidence, Kind, Role, Rule, Unit, Verdict
from xiaobao.rules.writing import bad, cite, day, due_on, edge, shelf, unknown, version

rule = shelf("recordings")
N02 = "2026-02-01"
RULE_110 = "2017-08-23"

_HOLDS = (("dispute_open", "纠纷未终结"), ("legal_hold", "司法或者监管要求保全"))
_SIX_MONTHS = (
    Span("product_end_on", 6, Unit.MONTH, "产品终止", True, "X04@2017-08-23:0"),
    Span("contract_end_on", 6, Unit.MONTH, "合同终止", False, "X04@2017-08-23:0"),
)
KEPT = rule(
    "DR-006",
    Kind.RETENTION,
    "双录和适当性资料的保存期限：几个期限取最长",
    version(
        RULE_110,
        RetentionParams(_SIX_MONTHS, holds=_HOLDS),
        (cite("X04@2017-08-23:0", ""),),
        (
            due_on(
                {"product_end_on": day("2020-06-30"), "contract_end_on": day("2020-06-01")},
                day("2020-12-30"),
                "产品后终止",
            ),
            due_on({"contract_end_on": day("2020-07-05")}, day("2021-01-05"), "六个月"),
            edge(Verdict.DUE, {"contract_end_on": day("2021-08-31")}, day("2022-02-28"), "没有对应日"),
            bad(
                Verdict.HOLD, {"contract_end_on": day("2020-07-05"), "dispute_open": True}, None, "纠纷未终结"
            ),
            unknown({"product_end_on": day("2020-06-30")}),
        ),
        until=N02,
        by="contract_end_on",
        confidence=Confidence.LIKELY,
        reading="六个月为转述，尚无原文",
    ),
    version(
        N02,
        RetentionParams(
            (
                _SIX_MONTHS[0],
                Span("contract_end_on", 5, Unit.YEAR, "合同关系终止", False, "N02@2026-02-01:17"),
            ),
            holds=_HOLDS,
        ),
        (
            cite("N02@2026-02-01:17", "合同关系终止后五年"),
            cite("L20@2021-01-01:202", "到期月的对应日", Role.COUNTING),
            cite("X04@2017-08-23:0", ""),
        ),
        (
            due_on(
                {"product_end_on": day("2026-06-30"), "contract_end_on": day("2026-07-05")},
                day("2031-07-05"),
                "X-10",
            ),
            due_on(
                {"product_end_on": day("2033-01-31"), "contract_end_on": day("2026-07-05")},
                day("2033-07-31"),
                "产品后终止",
            ),
            edge(
                Verdict.DUE, {"contract_end_on": day("2028-02-29")}, day("2033-02-28"), "闰日，五年无对应日"
            ),
            bad(
                Verdict.HOLD, {"contract_end_on": day("2026-07-05"), "dispute_open": True}, None, "纠纷未终结"
            ),
            unknown({"product_end_on": day("2026-06-30")}),
        ),
        by="contract_end_on",
        confidence=Confidence.LIKELY,
        reading="产品终止后的六个月为转述，尚无原文；合同在2026-02-01之前终止的适用原六个月；尚在保存中的延至五年为从严处理，由本行决定",
    ),
)

RULES: tuple[Rule, ...] = (KEPT,)
