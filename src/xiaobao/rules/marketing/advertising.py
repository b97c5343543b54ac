"""What an advertisement must and must not do: endorsers, figures, warnings, labels, places, prizes."""

from __future__ import annotations

from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.marketing.dates import AD_2015, AD_2021, AD_LIKELY, P01
from xiaobao.rules.values import Condition, Confidence, Kind, Rule, Unless, Verdict
from xiaobao.rules.writing import bad, cite, edge, field_examples, no, ok, shelf, unknown, version, yes

rule = shelf("marketing")
OLD, NEW = "L06@2015-09-01", "L06@2021-04-29"

_ENDORSERS = GateParams(
    (
        Condition(
            "endorser",
            "not in",
            ("academy", "association", "professional", "beneficiary"),
            "不以学术机构、行业协会、专业人士、受益者推荐",
        ),
    )
)
_ENDORSER_EXAMPLES = (
    ok({"product_class": "investment", "endorser": "none"}, True),
    bad(Verdict.REFUSE, {"product_class": "investment", "endorser": "professional"}, False),
    bad(Verdict.REFUSE, {"product_class": "investment", "endorser": "beneficiary"}, False),
    edge(
        Verdict.NOT_APPLICABLE, {"product_class": "deposit", "endorser": "professional"}, None, "不是投资类"
    ),
    unknown({"product_class": "investment"}),
)
_INVESTMENT = (Condition("product_class", "==", "investment", "有投资回报预期"),)
_ENDORSER_WORDS = "学术机构、行业协会"
ENDORSERS = rule(
    "MKT-003",
    Kind.GATE,
    "投资类广告不得以学术机构、行业协会、专业人士、受益者作推荐、证明",
    version(
        AD_2015, _ENDORSERS, (cite(f"{OLD}:25.1.2", _ENDORSER_WORDS),), _ENDORSER_EXAMPLES,
        until=AD_2021, by="published_on", scope=_INVESTMENT, confidence=AD_LIKELY,
    ),
    version(
        AD_2021, _ENDORSERS, (cite(f"{NEW}:25.1.2", _ENDORSER_WORDS),), _ENDORSER_EXAMPLES,
        by="published_on", scope=_INVESTMENT,
    ),
)  # fmt: skip

_FIGURES = (("source", "引证内容的出处"), ("scope", "适用范围"), ("period", "有效期限"))
_TRUE_FIGURES = (*_FIGURES, ("whole_performance", "过往业绩完整、不夸大"))
_PAST = cite("P01@2020-11-01:23.1.2", "过往业绩或者产品收益")
FIGURES = rule(
    "MKT-005",
    Kind.FIELDS,
    "引证数据真实、准确并表明出处；有适用范围和期限的明确表示",
    version(
        AD_2015, FieldsParams(_FIGURES), (cite(f"{OLD}:11.2", "表明出处"),), field_examples(_FIGURES, "source", "period"),
        until=P01, by="published_on", confidence=AD_LIKELY,
    ),
    version(
        P01, FieldsParams(_TRUE_FIGURES), (cite(f"{OLD}:11.2", "表明出处"), _PAST),
        field_examples(_TRUE_FIGURES, "source", "whole_performance"), until=AD_2021, by="published_on", confidence=AD_LIKELY,
    ),
    version(
        AD_2021, FieldsParams(_TRUE_FIGURES), (cite(f"{NEW}:11.2", "表明出处"), _PAST),
        field_examples(_TRUE_FIGURES, "source", "whole_performance"), by="published_on",
    ),
)  # fmt: skip

_WARNING = (("risk_warning", "风险以及风险责任承担的合理提示或者警示"),)
_WARNING_EXAMPLES = (
    ok({"product_class": "investment", "given": ("risk_warning",)}, ()),
    bad(Verdict.FAIL, {"product_class": "investment", "given": ()}, ("risk_warning",)),
    edge(Verdict.NOT_APPLICABLE, {"product_class": "deposit", "given": ()}, None, "不是投资类"),
    unknown({"product_class": "investment"}),
)
WARNING = rule(
    "MKT-006",
    Kind.FIELDS,
    "投资类广告有风险提示或者警示",
    version(
        AD_2015, FieldsParams(_WARNING), (cite(f"{OLD}:25.1", "合理提示或者警示"),), _WARNING_EXAMPLES,
        until=AD_2021, by="published_on", scope=_INVESTMENT, confidence=AD_LIKELY,
    ),
    version(
        AD_2021, FieldsParams(_WARNING), (cite(f"{NEW}:25.1", "合理提示或者警示"),), _WARNING_EXAMPLES,
        by="published_on", scope=_INVESTMENT,
    ),
)  # fmt: skip

_LABEL = FieldsParams(
    (("ad_label", "显著标明“广告”"),), more=(("one_click_close", "弹出广告一键关闭"),), more_if="pop_up"
)
_LABEL_EXAMPLES = (
    ok({"pop_up": False, "given": ("ad_label",)}, ()),
    bad(Verdict.FAIL, {"given": ()}, ("ad_label",)),
    ok({"pop_up": True, "given": ("ad_label", "one_click_close")}, ()),
    bad(Verdict.FAIL, {"pop_up": True, "given": ("ad_label",)}, ("one_click_close",)),
    unknown({"given": ("ad_label",)}, "不知是否弹出广告"),
    unknown({}),
)
LABEL = rule(
    "MKT-007",
    Kind.FIELDS,
    "互联网广告标明“广告”；弹出广告一键关闭",
    version(
        AD_2015, _LABEL, (cite(f"{OLD}:14.2", "显著标明"), cite(f"{OLD}:44.2", "确保一键关闭")), _LABEL_EXAMPLES,
        until=AD_2021, by="published_on", confidence=AD_LIKELY,
    ),
    version(
        AD_2021, _LABEL, (cite(f"{NEW}:14.2", "显著标明"), cite(f"{NEW}:44.2", "确保一键关闭")), _LABEL_EXAMPLES,
        by="published_on",
    ),
)  # fmt: skip

_SCHOOLS = GateParams((no("in_school", "在中小学校、幼儿园内开展广告活动"),))
_SCHOOL_EXAMPLES = (
    ok({"in_school": False}, True),
    bad(Verdict.REFUSE, {"in_school": True, "is_public_good": False}, False),
    edge(Verdict.NOT_APPLICABLE, {"in_school": True, "is_public_good": True}, None, "公益广告除外"),
    unknown({"in_school": True}, "不知是否公益广告"),
    unknown({}),
)
_PUBLIC_GOOD = (Unless((yes("is_public_good", "公益广告"),), "公益广告除外"),)
SCHOOLS = rule(
    "MKT-018",
    Kind.GATE,
    "不得在中小学校、幼儿园内开展广告活动",
    version(
        AD_2015, _SCHOOLS, (cite(f"{OLD}:39", "中小学校、幼儿园"),), _SCHOOL_EXAMPLES,
        until=AD_2021, by="published_on", unless=_PUBLIC_GOOD, confidence=AD_LIKELY,
    ),
    version(
        AD_2021, _SCHOOLS, (cite(f"{NEW}:39", "中小学校、幼儿园"),), _SCHOOL_EXAMPLES,
        by="published_on", unless=_PUBLIC_GOOD,
    ),
)  # fmt: skip

_TOP_PRIZE = Bound("top_prize_yuan", "抽奖的最高奖", most=50_000, unit="元")
_PRIZE = LimitParams((_TOP_PRIZE,))
_PRIZE_FIXED = LimitParams(
    (
        _TOP_PRIZE,
        Bound("changes_after_start", "开始后无正当理由的变更", most=0, unit="次", words=("无正当理由变更",)),
    )
)
_PRIZE_EXAMPLES = (
    ok({"top_prize_yuan": 8_000}, 42_000),
    edge(Verdict.PASS, {"top_prize_yuan": 50_000}, 0, "正好五万元"),
    edge(Verdict.REFUSE, {"top_prize_yuan": 50_001}, ("top_prize_yuan",), "超过一元"),
    unknown({}),
)
PRIZE = rule(
    "MKT-017",
    Kind.LIMIT,
    "抽奖式有奖销售：最高奖不超过五万元；开始后不得无正当理由变更",
    version(
        "2018-01-01", _PRIZE, (cite("L10@2018-01-01:10.1.3", "超过五万元"),), _PRIZE_EXAMPLES,
        until="2019-04-23", by="drawn_on", confidence=Confidence.LIKELY,
    ),
    version(
        "2019-04-23", _PRIZE, (cite("L10@2019-04-23:10.1.3", "超过五万元"),), _PRIZE_EXAMPLES,
        until="2025-10-15", by="drawn_on",
    ),
    version(
        "2025-10-15", _PRIZE_FIXED,
        (cite("L10@2025-10-15:11.1.4", "超过五万元"), cite("L10@2025-10-15:11.1.2", "无正当理由变更")),
        (
            ok({"top_prize_yuan": 8_000, "changes_after_start": 0}, 42_000),
            edge(Verdict.PASS, {"top_prize_yuan": 50_000, "changes_after_start": 0}, 0, "正好五万元"),
            edge(Verdict.REFUSE, {"top_prize_yuan": 50_001, "changes_after_start": 0}, ("top_prize_yuan",)),
            bad(Verdict.REFUSE, {"top_prize_yuan": 8_000, "changes_after_start": 1}, ("changes_after_start",)),
            unknown({"top_prize_yuan": 8_000}),
        ),
        by="drawn_on",
        reading="正当理由由法务认定后不计入变更次数",
    ),
)  # fmt: skip

PROMISE_KEPT = rule(
    "MKT-020",
    Kind.GATE,
    "实际承担的义务不低于营销宣传所承诺的标准",
    version(
        P01,
        GateParams((yes("duty_not_below_promise", "合同义务不低于宣传承诺"),), Verdict.FAIL),
        (cite("P01@2020-11-01:22.1", "不得低于在营销宣传活动中"),),
        (
            ok({"duty_not_below_promise": True}, True),
            bad(Verdict.FAIL, {"duty_not_below_promise": False}, False),
            unknown({}),
        ),
        by="published_on",
    ),
)

RULES: tuple[Rule, ...] = (ENDORSERS, FIGURES, WARNING, LABEL, SCHOOLS, PRIZE, PROMISE_KEPT)
