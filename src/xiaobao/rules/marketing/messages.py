"""Messages, calls and pushes: consent, identity, refusal, and what algorithms may do."""

from __future__ import annotations

from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.marketing.dates import AD_2015, AD_2021, AD_LIKELY, CONSUMER_LAW, N01, R15
from xiaobao.rules.values import Confidence, Kind, Rule, Verdict
from xiaobao.rules.writing import bad, cite, no, ok, shelf, unknown, version, yes

rule = shelf("marketing")

_CONSENT = yes("consented", "消费者事先同意", "同意或者请求")
_SENDER = yes("sender_shown", "明示发送者的真实身份和联系方式", "真实身份和联系方式")
_WAY_OUT = yes("way_out", "提供拒绝接收或者取消的方式", "便捷的取消方式", "真实身份和联系方式")
_STOPPED = no("sent_after_refusal", "消费者取消后仍发送", "应当立即停止", "不得以同样方式")
_REFUSED = no("sent_after_refusal", "消费者明确表示拒绝后仍发送", "明确表示拒绝")
_ADVERT = GateParams((_CONSENT, _SENDER, _WAY_OUT, _REFUSED))
_ALL_SENT = {"consented": True, "sender_shown": True, "way_out": True, "sent_after_refusal": False}
_ADVERT_EXAMPLES = (
    ok(_ALL_SENT, True),
    bad(Verdict.REFUSE, _ALL_SENT | {"consented": False}, False),
    bad(Verdict.REFUSE, _ALL_SENT | {"sender_shown": False}, False),
    bad(Verdict.REFUSE, _ALL_SENT | {"way_out": False}, False),
    bad(Verdict.REFUSE, _ALL_SENT | {"sent_after_refusal": True}, False),
    unknown({"consented": True, "sender_shown": True, "way_out": True}),
)
_ASKED_FOR = cite("L01@2014-03-15:29.3", "未经消费者同意或者请求")
_TURNED_DOWN = cite("L01@2014-03-15:29.3", "消费者明确表示拒绝的")
_STOP_EXAMPLES = (
    ok({"consented": True, "sender_shown": True, "way_out": True, "sent_after_refusal": False}, True),
    bad(
        Verdict.REFUSE,
        {"consented": True, "sender_shown": True, "way_out": True, "sent_after_refusal": True},
        False,
    ),
    bad(
        Verdict.REFUSE,
        {"consented": False, "sender_shown": True, "way_out": True, "sent_after_refusal": False},
        False,
    ),
    unknown({"consented": True, "sender_shown": True, "way_out": True}),
)
_AD_OLD = (
    cite("L06@2015-09-01:43.1", "未经当事人同意或者请求"),
    cite("L06@2015-09-01:43.2", "真实身份和联系方式"),
    _TURNED_DOWN,
)
_AD_NEW = (
    cite("L06@2021-04-29:43.1", "未经当事人同意或者请求"),
    cite("L06@2021-04-29:43.2", "真实身份和联系方式"),
    _TURNED_DOWN,
)
_NO_RESEND = cite("N01@2023-03-01:40", "不得以同样方式再次发送")
MESSAGES = rule(
    "MKT-008",
    Kind.GATE,
    "商业性信息和电话：事先同意、表明身份、可以取消、取消即停",
    version(
        CONSUMER_LAW,
        GateParams((_CONSENT, _REFUSED)),
        (_ASKED_FOR, _TURNED_DOWN),
        (
            ok({"consented": True, "sent_after_refusal": False}, True),
            bad(Verdict.REFUSE, {"consented": False, "sent_after_refusal": False}, False, "未经同意或者请求"),
            bad(Verdict.REFUSE, {"consented": True, "sent_after_refusal": True}, False, "明确表示拒绝"),
            unknown({"consented": True}),
        ),
        until=AD_2015,
        by="sent_on",
    ),
    version(AD_2015, _ADVERT, _AD_OLD, _ADVERT_EXAMPLES, until=AD_2021, by="sent_on", confidence=AD_LIKELY),
    version(AD_2021, _ADVERT, _AD_NEW, _ADVERT_EXAMPLES, until=N01, by="sent_on"),
    version(
        N01,
        GateParams((*_ADVERT.require[:-1], _STOPPED)),
        (_NO_RESEND, *_AD_NEW),
        _STOP_EXAMPLES,
        until=R15,
        by="sent_on",
    ),
    version(
        R15,
        GateParams((*_ADVERT.require[:-1], _STOPPED)),
        (
            cite("R15@2024-07-01:24", "应当立即停止发送商业性信息"),
            cite("R15@2024-07-01:24", "明确、便捷的取消方式"),
            _NO_RESEND,
            *_AD_NEW,
        ),
        _STOP_EXAMPLES,
        by="sent_on",
    ),
)

_LISTED = GateParams((no("on_suppression_list", "同一方式的拒收名单中有此人"),))
_LISTED_EXAMPLES = (
    ok({"on_suppression_list": False}, True),
    bad(Verdict.REFUSE, {"on_suppression_list": True}, False),
    unknown({}),
)
_ANY_MEANS = "这里只看同一方式的退订；消费者明确拒绝一切商业性信息的，以任何方式都不得发送（MKT-008）"
SUPPRESSION = rule(
    "MKT-009",
    Kind.GATE,
    "拒收或者退订后不得以同样方式再次发送",
    version(
        CONSUMER_LAW, _LISTED, (_TURNED_DOWN,), _LISTED_EXAMPLES, until=N01, by="sent_on", reading=_ANY_MEANS
    ),
    version(N01, _LISTED, (_NO_RESEND, _TURNED_DOWN), _LISTED_EXAMPLES, by="sent_on", reading=_ANY_MEANS),
)

_NON_PERSONAL = yes("non_personal_option", "提供不针对个人特征的选项", "不针对其个人特征的选项")
_REFUSAL = yes("easy_refusal", "提供便捷的拒绝方式", "便捷的拒绝方式")
_OFF_SWITCH = yes("off_switch", "提供便捷的关闭选项", "关闭算法推荐服务的选项")
_STILL_PUSHED = no("pushed_after_off", "用户选择关闭后仍推送", "应当立即停止提供")
_FAIR_PRICE = no("price_differs_by_profile", "利用个人特征实行不合理的差别待遇", "不合理的差别待遇")
_TAGS = yes("tags_deletable", "用户可以选择或者删除个人标签", "用户标签的功能")
_PIPL_CITES = (
    cite("L02@2021-11-01:24.2", "不针对其个人特征的选项"),
    cite("L02@2021-11-01:24.2", "便捷的拒绝方式"),
    cite("L02@2021-11-01:24.1", "不合理的差别待遇"),
)
_ALGORITHM_CITES = (
    cite("R04@2022-03-01:17.1", "不针对其个人特征的选项"),
    cite("R04@2022-03-01:17.1", "关闭算法推荐服务的选项"),
    cite("R04@2022-03-01:17.1", "应当立即停止提供"),
    cite("R04@2022-03-01:17.2", "用户标签的功能"),
    cite("R04@2022-03-01:21", "不合理的差别待遇"),
)
_BY_OPTION = {
    "non_personal_option": True,
    "off_switch": False,
    "pushed_after_off": False,
    "price_differs_by_profile": False,
    "tags_deletable": True,
}
_BY_SWITCH = _BY_OPTION | {"non_personal_option": False, "off_switch": True}
_PUSH_EXAMPLES = (
    ok(_BY_OPTION, True, "有不针对个人特征的选项，不必另有关闭选项"),
    ok(_BY_SWITCH, True, "有便捷的关闭选项，不必另有不针对个人特征的选项"),
    bad(Verdict.REFUSE, _BY_OPTION | {"non_personal_option": False}, False, "两种选项都没有"),
    bad(Verdict.REFUSE, _BY_SWITCH | {"pushed_after_off": True}, False, "关闭后没有立即停止"),
    bad(Verdict.REFUSE, _BY_OPTION | {"tags_deletable": False}, False),
    bad(Verdict.REFUSE, _BY_OPTION | {"price_differs_by_profile": True}, False),
    unknown(
        {
            "off_switch": False,
            "pushed_after_off": False,
            "price_differs_by_profile": False,
            "tags_deletable": True,
        },
        "没有关闭选项，不知有无不针对个人特征的选项",
    ),
    unknown({"non_personal_option": True, "price_differs_by_profile": False}),
)
_PUSH = GateParams((_FAIR_PRICE, _TAGS, _STILL_PUSHED), one_of=((_NON_PERSONAL, _OFF_SWITCH),))
_SWITCH_REFUSES = "便捷的关闭选项也是个人信息保护法所说的便捷的拒绝方式（本行口径）"
PUSH = rule(
    "MKT-015",
    Kind.GATE,
    "个性化推送：不针对个人特征的选项或者便捷的关闭选项，关闭即停；可删标签；不得差别待遇",
    version(
        "2021-11-01",
        GateParams((_FAIR_PRICE,), one_of=((_NON_PERSONAL, _REFUSAL),)),
        _PIPL_CITES,
        (
            ok({"non_personal_option": True, "price_differs_by_profile": False}, True),
            ok({"non_personal_option": False, "easy_refusal": True, "price_differs_by_profile": False}, True),
            bad(
                Verdict.REFUSE,
                {"non_personal_option": False, "easy_refusal": False, "price_differs_by_profile": False},
                False,
                "两种方式都没有",
            ),
            bad(Verdict.REFUSE, {"non_personal_option": True, "price_differs_by_profile": True}, False),
            unknown({"non_personal_option": False, "price_differs_by_profile": False}, "不知有无拒绝方式"),
            unknown({"non_personal_option": True}),
        ),
        until="2022-03-01",
        by="sent_on",
    ),
    version(
        "2022-03-01",
        _PUSH,
        (*_ALGORITHM_CITES, *_PIPL_CITES),
        _PUSH_EXAMPLES,
        until="2026-09-30",
        by="sent_on",
        reading=_SWITCH_REFUSES,
    ),
    version(
        "2026-09-30",
        _PUSH,
        (*_ALGORITHM_CITES, *_PIPL_CITES, cite("X01@2026-09-30:13", "")),
        _PUSH_EXAMPLES,
        by="sent_on",
        confidence=Confidence.LIKELY,
        reading=f"网络营销办法第十三条为转述，其余已核原文；{_SWITCH_REFUSES}",
    ),
)

RULES: tuple[Rule, ...] = (MESSAGES, SUPPRESSION, PUSH)
