"""Selling: recordings, suitability, seniors, declarations."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams, Placed
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.values import Condition, Confidence, Kind, Role, Rule, Unit, Unless, Verdict
from xiaobao.rules.writing import bad, cite, day, edge, ok, shelf, unknown, version, yes

rule = shelf("recordings")
N02 = "2026-02-01"
RULE_110 = "2017-08-23"

_OPTIONAL = Condition("product", "in", ("treasury_bond", "physical_gold"), "国债、实物贵金属")
_AT_WILL = (Unless((_OPTIONAL,), "国债、实物贵金属由机构自行决定"),)
RECORDING = rule(
    "DR-001",
    Kind.GATE,
    "营业网点销售自有理财和代销产品：专区或者固定柜台，每笔录音录像",
    version(
        RULE_110,
        GateParams((yes("in_sales_area", "在销售专区或者固定柜台销售"), yes("recorded", "每笔销售录音录像"))),
        (cite("X04@2017-08-23:2", ""), cite("X04@2017-08-23:4", "")),
        (
            ok({"at_branch": True, "product": "wealth", "in_sales_area": True, "recorded": True}, True),
            bad(
                Verdict.REFUSE,
                {"at_branch": True, "product": "fund_agency", "in_sales_area": True, "recorded": False},
                False,
            ),
            bad(
                Verdict.REFUSE,
                {"at_branch": True, "product": "wealth", "in_sales_area": False, "recorded": True},
                False,
            ),
            edge(
                Verdict.NOT_APPLICABLE,
                {"at_branch": True, "product": "treasury_bond", "in_sales_area": False, "recorded": False},
                None,
                "国债可以不录",
            ),
            unknown({"at_branch": True, "product": "wealth", "in_sales_area": True}),
            unknown({"at_branch": True, "in_sales_area": True, "recorded": False}, "不知销售什么产品"),
        ),
        by="sold_on",
        scope=(yes("at_branch", "在营业网点向个人销售"),),
        scope_say="不在营业网点销售",
        unless=_AT_WILL,
        confidence=Confidence.LIKELY,
        reading="依据摘录整理，尚无原文",
    ),
)

# Article 38 takes insurance the applicant insists on out of article 12 alone; the higher grade is used all the same.
_INSISTED = yes(
    "insisted_on_insurance",
    "保险产品，投保人不接受终止投保建议，已充分说明风险并书面确认是其自主选择",
    "书面确认是投保人",
)
_SUITED = {"grade_within_client": True, "affordable": True, "higher_grade_used": True}
MATCH = rule(
    "DR-002",
    Kind.GATE,
    "不得销售不具备适当性的产品，投保人书面坚持投保的保险除外；评级不一致的从高",
    version(
        N02,
        GateParams(
            (yes("higher_grade_used", "发行与销售机构评级不一致时采用较高者", "孰高原则"),),
            one_of=(
                (
                    yes(
                        "grade_within_client",
                        "产品风险等级不高于客户风险承受能力",
                        "产品风险等级高于客户风险承受能力",
                    ),
                    _INSISTED,
                ),
                (yes("affordable", "所需资金与客户财务支付水平相称", "明显不匹配"), _INSISTED),
            ),
        ),
        (
            cite("N02@2026-02-01:12.1", "不具备适当性的产品"),
            cite("N02@2026-02-01:12.2.1", "产品风险等级高于客户风险承受能力"),
            cite("N02@2026-02-01:12.2.2", "明显不匹配"),
            cite("N02@2026-02-01:22.1", "孰高原则"),
            cite("N02@2026-02-01:38.2", "书面确认是投保人", Role.EXCEPTION),
        ),
        (
            ok(_SUITED, True),
            bad(
                Verdict.REFUSE,
                _SUITED | {"grade_within_client": False, "insisted_on_insurance": False},
                False,
            ),
            bad(Verdict.REFUSE, _SUITED | {"affordable": False, "insisted_on_insurance": False}, False),
            bad(Verdict.REFUSE, _SUITED | {"higher_grade_used": False}, False),
            ok(
                _SUITED | {"grade_within_client": False, "affordable": False, "insisted_on_insurance": True},
                True,
                "投保人书面坚持投保",
            ),
            bad(
                Verdict.REFUSE,
                {
                    "grade_within_client": False,
                    "affordable": True,
                    "higher_grade_used": False,
                    "insisted_on_insurance": True,
                },
                False,
                "坚持投保不免除孰高",
            ),
            unknown(_SUITED | {"grade_within_client": False}, "不知是否投保人书面坚持投保"),
            unknown({"grade_within_client": True, "affordable": True}),
        ),
        by="sold_on",
    ),
)

_LOG = (day("2025-06-11"), day("2025-09-01"), day("2025-12-01"), day("2026-02-01"), day("2026-03-01"))
ASSESSMENTS = rule(
    "DR-003",
    Kind.LIMIT,
    "风险承受能力评估：单日不超过两次，十二个月不超过八次，有效期十二个月，至少五级",
    version(
        N02,
        LimitParams(
            (
                Bound("assessments_today", "当日评估", most=2, unit="次", window=1, log="assessed_on"),
                Bound(
                    "assessments_year",
                    "累计评估",
                    most=8,
                    unit="次",
                    window=12,
                    window_unit=Unit.MONTH,
                    log="assessed_on",
                ),
                Bound("months_since", "距最近一次评估", most=12, unit="个月", words=("有效期原则上",)),
                Bound("grades", "评估等级", least=5, unit="级"),
            )
        ),
        (
            cite("N02@2026-02-01:29.1", "单日不得超过两次"),
            cite("N02@2026-02-01:29.1", "累计不得超过八次"),
            cite("N02@2026-02-01:29.2", "有效期原则上为十二个月"),
            cite("N02@2026-02-01:29.1", "至少包括一级至五级"),
        ),
        (
            ok({"assessments_today": 1, "assessments_year": 3, "months_since": 2, "grades": 5}, 1),
            edge(
                Verdict.PASS,
                {"assessments_today": 2, "assessments_year": 8, "months_since": 12, "grades": 5},
                0,
                "均到上限",
            ),
            edge(
                Verdict.REFUSE,
                {"assessments_today": 3, "assessments_year": 3, "months_since": 2, "grades": 5},
                ("assessments_today",),
            ),
            edge(
                Verdict.REFUSE,
                {"assessments_today": 1, "assessments_year": 9, "months_since": 2, "grades": 5},
                ("assessments_year",),
            ),
            edge(
                Verdict.REFUSE,
                {"assessments_today": 1, "assessments_year": 3, "months_since": 13, "grades": 5},
                ("months_since",),
            ),
            bad(
                Verdict.REFUSE,
                {"assessments_today": 1, "assessments_year": 3, "months_since": 2, "grades": 4},
                ("grades",),
            ),
            edge(
                Verdict.PASS,
                {
                    "on": day("2026-06-10"),
                    "assessed_on": (*_LOG, day("2026-06-09"), day("2026-06-10"), day("2026-06-10")),
                    "months_since": 1,
                    "grades": 5,
                },
                0,
                "当日第二次，十二个月内第八次",
            ),
            edge(
                Verdict.REFUSE,
                {
                    "on": day("2026-06-10"),
                    "assessed_on": (*_LOG, *[day("2026-06-10")] * 3),
                    "months_since": 1,
                    "grades": 5,
                },
                ("assessments_today",),
                "当日第三次",
            ),
            edge(
                Verdict.REFUSE,
                {
                    "on": day("2026-06-10"),
                    "assessed_on": (*_LOG, day("2025-06-11"), *[day("2026-05-01")] * 3, day("2026-06-10")),
                    "months_since": 1,
                    "grades": 5,
                },
                ("assessments_year",),
                "十二个月内第九次",
            ),
            edge(
                Verdict.PASS,
                {
                    "on": day("2026-06-10"),
                    "assessed_on": (*_LOG, day("2025-06-10"), *[day("2026-05-01")] * 3),
                    "months_since": 1,
                    "grades": 5,
                },
                2,
                "满十二个月的一次不再计入",
            ),
            unknown({"assessments_today": 1, "months_since": 2, "grades": 5}),
        ),
        by="assessed_on",
        reading="次数含本次；等级与上次不一致的须提示并再次确认",
    ),
)

SENIORS = rule(
    "DR-004",
    Kind.GATE,
    "向六十五周岁以上客户销售高风险产品：履行特别注意义务",
    version(
        N02,
        GateParams(
            (yes("special_care", "已履行特别注意义务（专门程序、追加了解、强化提示、更多时间、回访）"),),
            Verdict.HOLD,
        ),
        (cite("N02@2026-02-01:18", "履行特别的注意义务"), cite("N02@2026-02-01:18", "六十五周岁以上")),
        (
            ok({"age": 70, "high_risk": True, "special_care": True}, True),
            bad(Verdict.HOLD, {"age": 70, "high_risk": True, "special_care": False}, False),
            edge(Verdict.HOLD, {"age": 65, "high_risk": True, "special_care": False}, False, "含六十五周岁"),
            edge(
                Verdict.NOT_APPLICABLE,
                {"age": 64, "high_risk": True, "special_care": False},
                None,
                "未满六十五周岁",
            ),
            unknown({"age": 70, "high_risk": True}),
        ),
        by="sold_on",
        scope=(Condition("age", ">=", 65, "六十五周岁以上"), yes("high_risk", "高风险产品")),
        scope_say="不是六十五周岁以上客户或者不是高风险产品",
        reading="“以上”含本数；产品的高风险等级由本行规定",
    ),
)

_TOLD = (
    ("basics", "产品类型、管理人、投资范围及比例、募集方式、收益分配", "告知书签收或者录音节点"),
    ("grade", "风险等级及存续期内可能调整", "告知书签收或者录音节点"),
    ("loss", "相关风险，重点是本金亏损可能", "告知书签收或者录音节点"),
    ("fees", "需要支付的费用或者费率", "告知书签收或者录音节点"),
    ("match", "适当性匹配意见", "告知书签收或者录音节点"),
    ("other", "其他应当告知的信息", "告知书签收或者录音节点"),
)
BEFORE_SALE = rule(
    "DR-005",
    Kind.CHECKLIST,
    "投资型产品销售前向普通投资者告知的信息",
    version(
        N02,
        ChecklistParams(
            _TOLD,
            effect=Verdict.REFUSE,
            places=tuple(Placed(key, f"N02@2026-02-01:31.1.{at}") for at, (key, _, _) in enumerate(_TOLD, 1)),
        ),
        (
            cite("N02@2026-02-01:31.1", "投资型产品销售前"),
            cite("N02@2026-02-01:31.1.1", "募集方式"),
            cite("N02@2026-02-01:31.1.2", "可能会进行调整"),
            cite("N02@2026-02-01:31.1.3", "本金亏损可能"),
            cite("N02@2026-02-01:31.1.4", "费用或者费率"),
            cite("N02@2026-02-01:31.1.5", "适当性匹配意见"),
            cite("N02@2026-02-01:31.1.6", "其他应当告知"),
        ),
        (
            ok({"done": {key: True for key, _, _ in _TOLD}}, ()),
            bad(Verdict.REFUSE, {"done": {key: key != "loss" for key, _, _ in _TOLD}}, ("loss",)),
            unknown({}),
        ),
        by="sold_on",
    ),
)

CAPACITY = rule(
    "DR-007",
    Kind.GATE,
    "无民事行为能力人不得销售；限制民事行为能力人须法定代理人同意且只限低风险",
    version(
        N02,
        GateParams(
            (
                Condition("capacity", "in", ("full",), "完全民事行为能力"),
                yes("limited_consented_low_risk", "限制民事行为能力、法定代理人同意、低风险"),
            ),
            any_of=True,
        ),
        (
            cite("N02@2026-02-01:19", "无民事行为能力人"),
            cite("N02@2026-02-01:19", "经法定代理人同意", Role.EXCEPTION),
        ),
        (
            ok({"capacity": "full"}, True),
            ok({"capacity": "limited", "limited_consented_low_risk": True}, True),
            bad(Verdict.REFUSE, {"capacity": "limited", "limited_consented_low_risk": False}, False),
            bad(Verdict.REFUSE, {"capacity": "none", "limited_consented_low_risk": False}, False),
            unknown({"capacity": "limited"}),
        ),
        by="sold_on",
    ),
)

RULES: tuple[Rule, ...] = (
    RECORDING,
    MATCH,
    ASSESSMENTS,
    SENIORS,
    BEFORE_SALE,
    CAPACITY,
)
