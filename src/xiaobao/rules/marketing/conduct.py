"""Who may sell and post, on which platform, with which partner, and how debts are collected."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.marketing.dates import N01, P01
from xiaobao.rules.values import Condition, Confidence, Kind, Rule, Verdict
from xiaobao.rules.writing import bad, cite, edge, list_examples, no, ok, placed, shelf, unknown, version, yes

rule = shelf("marketing")

STAFF_POSTS = rule(
    "MKT-010",
    Kind.GATE,
    "从业人员不得自行编发或者转载未经审核的营销信息",
    version(
        "2020-01-25",
        GateParams((yes("approved_content", "内容经本行审核"),)),
        (cite("X03@2020-01-25:0", ""),),
        (
            ok({"author": "staff", "approved_content": True}, True),
            bad(Verdict.REFUSE, {"author": "staff", "approved_content": False}, False),
            edge(
                Verdict.NOT_APPLICABLE,
                {"author": "customer", "approved_content": False},
                None,
                "不是从业人员",
            ),
            unknown({"author": "staff"}),
        ),
        by="published_on",
        confidence=Confidence.LIKELY,
        scope=(Condition("author", "==", "staff", "从业人员发布"),),
        scope_say="不是从业人员发布",
        reading="条号未核，尚无原文",
    ),
)

SELLERS = rule(
    "MKT-011",
    Kind.GATE,
    "不得允许第三方在网点或者自营平台以本行名义推介、销售",
    version(
        N01,
        GateParams((no("third_party_in_bank_name", "第三方以本行名义推介或者销售"),)),
        (cite("N01@2023-03-01:25", "不得允许第三方合作机构"),),
        (
            ok({"third_party_in_bank_name": False}, True),
            bad(Verdict.REFUSE, {"third_party_in_bank_name": True}, False),
            unknown({}),
        ),
        by="sold_on",
    ),
)

PRIVATE = rule(
    "MKT-012",
    Kind.GATE,
    "私募产品以非公开方式销售，不得公开推介",
    version(
        "2026-02-01",
        GateParams(
            (
                Condition(
                    "channel",
                    "not in",
                    ("media", "outlet", "website", "app"),
                    "不通过公共媒介、网点、官网、客户端",
                ),
                no("to_public", "以任何方式向不特定对象宣传推介", "不特定对象"),
            )
        ),
        (
            cite("N02@2026-02-01:30", "以非公开方式销售"),
            cite("N02@2026-02-01:30", "不得通过公共传播媒介"),
            cite("N02@2026-02-01:30", "或者其他方式向不特定对象"),
        ),
        (
            ok({"is_private": True, "channel": "face_to_face", "to_public": False}, True),
            bad(
                Verdict.REFUSE,
                {"is_private": True, "channel": "group_message", "to_public": True},
                False,
                "条文写“或者其他方式”：群发也是",
            ),
            bad(Verdict.REFUSE, {"is_private": True, "channel": "app"}, False),
            bad(Verdict.REFUSE, {"is_private": True, "channel": "outlet"}, False),
            edge(Verdict.NOT_APPLICABLE, {"is_private": False, "channel": "app"}, None, "公募产品"),
            unknown({"is_private": True}),
        ),
        by="sold_on",
        scope=(yes("is_private", "私募产品"),),
        scope_say="不是私募产品",
    ),
)

PLATFORM = rule(
    "MKT-013",
    Kind.GATE,
    "网络营销：持牌机构或者受托平台，跳转至自营平台，平台不得签约、划款、测评、互动咨询",
    version(
        "2026-09-30",
        GateParams(
            (
                yes("licensed_or_entrusted", "持牌机构或者受委托的平台"),
                yes("jumps_to_own_platform", "购买时跳转至金融机构自营平台"),
                no("jumps_again", "二次跳转"),
                no("platform_transacts", "平台签约、划款、适当性测评或者互动咨询"),
            )
        ),
        (cite("X01@2026-09-30:20", ""),),
        (
            ok(
                {
                    "licensed_or_entrusted": True,
                    "jumps_to_own_platform": True,
                    "jumps_again": False,
                    "platform_transacts": False,
                },
                True,
            ),
            bad(
                Verdict.REFUSE,
                {
                    "licensed_or_entrusted": True,
                    "jumps_to_own_platform": True,
                    "jumps_again": True,
                    "platform_transacts": False,
                },
                False,
            ),
            bad(
                Verdict.REFUSE,
                {
                    "licensed_or_entrusted": True,
                    "jumps_to_own_platform": True,
                    "jumps_again": False,
                    "platform_transacts": True,
                },
                False,
            ),
            unknown({"licensed_or_entrusted": True}),
        ),
        by="published_on",
        confidence=Confidence.LIKELY,
    ),
)

_NOT_MARKETING = GateParams((no("sells_products", "以营销、推介替代教育"),), Verdict.FAIL)
_EDUCATION_EXAMPLES = (
    ok({"sells_products": False}, True),
    bad(Verdict.FAIL, {"sells_products": True}, False, "讲座上推介理财"),
    unknown({}),
)
_P01_EDUCATION = cite("P01@2020-11-01:24.2", "不得以营销金融产品或者服务")
EDUCATION = rule(
    "MKT-016",
    Kind.GATE,
    "金融知识教育不得以营销替代",
    version(P01, _NOT_MARKETING, (_P01_EDUCATION,), _EDUCATION_EXAMPLES, until=N01, by="held_on"),
    version(
        N01,
        _NOT_MARKETING,
        (cite("N01@2023-03-01:35", "不得以营销、推介行为替代"), _P01_EDUCATION),
        _EDUCATION_EXAMPLES,
        by="held_on",
    ),
)

_CLAUSES = (
    ("information_security", "信息安全管控", "协议条款"),
    ("prices", "服务价格管理", "协议条款"),
    ("continuity", "服务连续性", "协议条款"),
    ("disclosure", "信息披露", "协议条款"),
    ("disputes", "纠纷解决机制", "协议条款"),
    ("breach", "违约责任承担", "协议条款"),
    ("emergency", "应急处置", "协议条款"),
)
PARTNER_CONTRACT = rule(
    "MKT-019",
    Kind.CHECKLIST,
    "合作协议的七项责任和义务",
    version(
        N01,
        ChecklistParams(_CLAUSES, effect=Verdict.HOLD),
        (
            cite("N01@2023-03-01:14", "信息安全管控、服务价格管理"),
            cite("N01@2023-03-01:14", "合作机构名单管理机制"),
        ),
        list_examples(_CLAUSES, "prices", "emergency", effect=Verdict.HOLD),
        by="signed_on",
    ),
)

_COLLECTION = (
    ("no_false_authority", "不冒用行政机关、司法机关名义", "录音抽查"),
    ("no_violence", "不采取暴力、恐吓、欺诈手段", "录音抽查"),
    ("no_other_unlawful", "没有其他违法违规和违背公序良俗的手段", "录音抽查"),
    ("told_before_outsourcing", "委外催收的，委托前告知债务人", "告知记录"),
)
COLLECTION = rule(
    "MKT-021",
    Kind.CHECKLIST,
    "催收行为规范；委外前告知债务人",
    version(
        N01,
        ChecklistParams(
            _COLLECTION,
            places=placed(
                no_violence="N01@2023-03-01:41.2.2",
                no_other_unlawful="N01@2023-03-01:41.2.3",
                told_before_outsourcing="N01@2023-03-01:41.1",
            ),
        ),
        (
            cite("N01@2023-03-01:41.2.1", "冒用行政机关、司法机关"),
            cite("N01@2023-03-01:41.2.2", "暴力、恐吓、欺诈"),
            cite("N01@2023-03-01:41.2.3", "违背公序良俗"),
            cite("N01@2023-03-01:41.1", "采取适当方式告知债务人"),
        ),
        list_examples(_COLLECTION, "no_violence", "told_before_outsourcing"),
        by="acted_on",
    ),
)

RULES: tuple[Rule, ...] = (
    STAFF_POSTS,
    SELLERS,
    PRIVATE,
    PLATFORM,
    EDUCATION,
    PARTNER_CONTRACT,
    COLLECTION,
)
