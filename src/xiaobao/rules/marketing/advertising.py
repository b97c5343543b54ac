"""What an advertisement must and must not do: endorsers, figures, warnings, labels, places, prizes."""

from __future__ import annotations

from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.marketing.dates import AD_2015, AD_2021, AD_LIKELY, P01
from xiaobao.rules.values import Condition, Confidence, Example, Kind, Rule, Unless, Verdict
from xiaobao.rules.writing import bad, cite, edge, no, ok, placed, shelf, unknown, version, yes

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

_FIGURES = (("accurate", "引证内容真实、准确"), ("source", "引证内容的出处"))
_LIMITS = (("scope", "适用范围"), ("period", "有效期限"))
_PAST_WHOLE = ("whole_performance", "过往业绩完整、不夸大")
_P01_PAST = "P01@2020-11-01:23.1.2"
_PAST = cite(_P01_PAST, "过往业绩或者产品收益")


def _figures(*more: tuple[str, str]) -> FieldsParams:
    """What quoted figures carry; scope and period only where they have one."""
    return FieldsParams(
        (*_FIGURES, *more),
        more=_LIMITS,
        more_if="limited_data",
        places=placed(whole_performance=_P01_PAST) if more else (),
    )


def _figure_examples(*more: tuple[str, str]) -> tuple[Example, ...]:
    always = tuple(key for key, _ in (*_FIGURES, *more))
    limited = (*always, "scope", "period")
    return (
        ok({"limited_data": False, "given": always}, (), "没有适用范围和有效期限的，不必表示"),
        ok({"limited_data": True, "given": limited}, ()),
        bad(Verdict.FAIL, {"limited_data": True, "given": always}, ("scope", "period")),
        *(
            bad(
                Verdict.FAIL,
                {"limited_data": False, "given": tuple(key for key in always if key != name)},
                (name,),
            )
            for name in always
        ),
        unknown({"given": always}, "不知引证内容有无适用范围和有效期限"),
        unknown({}),
    )


FIGURES = rule(
    "MKT-005",
    Kind.FIELDS,
    "引证数据真实、准确并表明出处；有适用范围和期限的明确表示",
    version(
        AD_2015, _figures(), (cite(f"{OLD}:11.2", "表明出处"),), _figure_examples(),
        until=P01, by="published_on", confidence=AD_LIKELY,
    ),
    version(
        P01, _figures(_PAST_WHOLE), (cite(f"{OLD}:11.2", "表明出处"), _PAST),
        _figure_examples(_PAST_WHOLE), until=AD_2021, by="published_on", confidence=AD_LIKELY,
    ),
    version(
        AD_2021, _figures(_PAST_WHOLE), (cite(f"{NEW}:11.2", "表明出处"), cite(f"{NEW}:11.2", "有适用范围和有效期限"), _PAST),
        _figure_examples(_PAST_WHOLE), by="published_on",
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

_POP_UP = (("close_mark", "弹出广告显著标明关闭标志"), ("one_click_close", "弹出广告一键关闭"))


def _label(ad_law: str) -> FieldsParams:
    """The mark of an advertisement; what pops up also shows how it is closed, and closes at one click."""
    places = placed(close_mark=f"{ad_law}:44.2", one_click_close=f"{ad_law}:44.2")
    return FieldsParams((("ad_label", "显著标明“广告”"),), more=_POP_UP, more_if="pop_up", places=places)


_LABEL_EXAMPLES = (
    ok({"pop_up": False, "given": ("ad_label",)}, ()),
    bad(Verdict.FAIL, {"given": ()}, ("ad_label",)),
    ok({"pop_up": True, "given": ("ad_label", "close_mark", "one_click_close")}, ()),
    bad(Verdict.FAIL, {"pop_up": True, "given": ("ad_label", "close_mark")}, ("one_click_close",)),
    bad(Verdict.FAIL, {"pop_up": True, "given": ("ad_label", "one_click_close")}, ("close_mark",)),
    unknown({"given": ("ad_label",)}, "不知是否弹出广告"),
    unknown({}),
)
LABEL = rule(
    "MKT-007",
    Kind.FIELDS,
    "互联网广告标明“广告”；弹出广告标明关闭标志、一键关闭",
    version(
        AD_2015, _label(OLD), (cite(f"{OLD}:14.2", "显著标明"), cite(f"{OLD}:44.2", "确保一键关闭")), _LABEL_EXAMPLES,
        until=AD_2021, by="published_on", confidence=AD_LIKELY,
    ),
    version(
        AD_2021, _label(NEW), (cite(f"{NEW}:14.2", "显著标明"), cite(f"{NEW}:44.2", "确保一键关闭")), _LABEL_EXAMPLES,
        by="published_on",
    ),
)  # fmt: skip

_SCHOOLS = GateParams(
    (
        no("in_school", "在中小学校、幼儿园内开展广告活动"),
        no("on_school_things", "利用教材、教辅材料、练习册、文具、教具、校服、校车等发布", "练习册、文具"),
    )
)
_SCHOOL_EXAMPLES = (
    ok({"in_school": False, "on_school_things": False}, True),
    bad(Verdict.REFUSE, {"in_school": True, "is_public_good": False}, False),
    bad(
        Verdict.REFUSE,
        {"in_school": False, "on_school_things": True, "is_public_good": False},
        False,
        "印在练习册上",
    ),
    edge(Verdict.NOT_APPLICABLE, {"in_school": True, "is_public_good": True}, None, "公益广告除外"),
    unknown({"in_school": True}, "不知是否公益广告"),
    unknown({"in_school": False}, "不知是否印在教材、文具、校服上"),
    unknown({}),
)
_PUBLIC_GOOD = (Unless((yes("is_public_good", "公益广告"),), "公益广告除外"),)
SCHOOLS = rule(
    "MKT-018",
    Kind.GATE,
    "不得在中小学校、幼儿园内开展广告活动，不得利用教材、文具、校服、校车等发布",
    version(
        AD_2015, _SCHOOLS, (cite(f"{OLD}:39", "中小学校、幼儿园"), cite(f"{OLD}:39", "练习册、文具")), _SCHOOL_EXAMPLES,
        until=AD_2021, by="published_on", unless=_PUBLIC_GOOD, confidence=AD_LIKELY,
    ),
    version(
        AD_2021, _SCHOOLS, (cite(f"{NEW}:39", "中小学校、幼儿园"), cite(f"{NEW}:39", "练习册、文具")), _SCHOOL_EXAMPLES,
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
        transition="2018-01-01以前依1993年反不正当竞争法第十三条第（三）项，最高奖不得超过五千元（凭记忆，未核原文），没有录入",
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
