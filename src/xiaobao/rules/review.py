"""Consumer-protection review before launch: scope, opinions, disclosure, clauses, sale flow; REV-001 to REV-012."""

from __future__ import annotations

from xiaobao.rules.kinds.checklist import ChecklistParams, Placed
from xiaobao.rules.kinds.fields import FieldsParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.review_terms import N01, P01, R15
from xiaobao.rules.review_terms import RULES as TERMS
from xiaobao.rules.values import Condition, Confidence, Kind, Role, Rule, Verdict
from xiaobao.rules.writing import (
    bad,
    cite,
    edge,
    field_examples,
    list_examples,
    no,
    ok,
    placed,
    shelf,
    unknown,
    version,
    yes,
)

rule = shelf("review")
N02 = "2026-02-01"

_REVIEWED = GateParams((yes("reviewed", "已完成事前审查"),), Verdict.HOLD)
_P01_STAGES = ("design", "pricing", "contract", "marketing")
_N01_STAGES = (*_P01_STAGES, "new_product", "material_change")
_MEMO = edge(Verdict.NOT_APPLICABLE, {"stage": "internal_memo", "reviewed": False}, None, "不面向消费者")
_P01_SCOPE_EXAMPLES = (
    ok({"stage": "design", "reviewed": True}, True),
    bad(Verdict.HOLD, {"stage": "marketing", "reviewed": False}, False),
    _MEMO,
    edge(
        Verdict.NOT_APPLICABLE,
        {"stage": "material_change", "reviewed": False},
        None,
        "重大变化再审查自2023-03-01起写明",
    ),
    unknown({"stage": "marketing"}),
)
_N01_SCOPE_EXAMPLES = (
    ok({"stage": "design", "reviewed": True}, True),
    bad(Verdict.HOLD, {"stage": "contract", "reviewed": False}, False),
    bad(Verdict.HOLD, {"stage": "material_change", "reviewed": False}, False, "条款发生重大变化，应当再审查"),
    bad(Verdict.HOLD, {"stage": "new_product", "reviewed": False}, False, "推出新产品和服务"),
    _MEMO,
    unknown({"stage": "marketing"}),
    unknown({"reviewed": False}, "不知所处环节"),
)
_P01_REVIEW = cite("P01@2020-11-01:9.1.1", "实行金融消费者权益保护事前审查")
_P01_LINKS = cite("P01@2020-11-01:9.1", "设计开发、营销推介", Role.DEFINITION)
_N01_REVIEW = cite("N01@2023-03-01:9", "设计开发、定价管理、协议制定、营销宣传")
_N01_CHANGE = cite("N01@2023-03-01:9", "发生重大变化时，应当开展审查")
_P01_SCOPE = (Condition("stage", "in", _P01_STAGES, "设计开发、营销推介等业务环节"),)
_N01_SCOPE = (
    Condition(
        "stage", "in", _N01_STAGES, "设计开发、定价管理、协议制定、营销宣传；推出新产品和服务；条款重大变化"
    ),
)
_OUT = "不在审查范围内"
NEEDED = rule(
    "REV-001",
    Kind.GATE,
    "面向消费者的产品和服务事前审查；重大变化再审查",
    version(
        P01, _REVIEWED, (_P01_REVIEW, _P01_LINKS), _P01_SCOPE_EXAMPLES,
        until=N01, by="launched_on", scope=_P01_SCOPE, scope_say=_OUT,
        reading="条文列举的业务环节以“等”结束，定价和协议随产品一并审查（本行口径）",
    ),
    version(
        N01, _REVIEWED, (_N01_REVIEW, _N01_CHANGE, _P01_REVIEW), _N01_SCOPE_EXAMPLES,
        until=N02, by="launched_on", scope=_N01_SCOPE, scope_say=_OUT,
    ),
    version(
        N02, _REVIEWED, (_N01_REVIEW, _N01_CHANGE, _P01_REVIEW, cite("N02@2026-02-01:8", "开展消费者权益保护审查")),
        _N01_SCOPE_EXAMPLES, by="launched_on", scope=_N01_SCOPE, scope_say=_OUT,
    ),
)  # fmt: skip

OPINIONS = rule(
    "REV-002",
    Kind.GATE,
    "审查意见全部采纳或者说明理由，方可上线",
    version(
        P01,
        GateParams(
            (Condition("open_opinions", "==", 0, "没有未处理的审查意见"), yes("followed_up", "已督办落实")),
            Verdict.HOLD,
        ),
        (cite("P01@2020-11-01:9.1.1", "有效督办落实"),),
        (
            ok({"open_opinions": 0, "followed_up": True}, True),
            edge(Verdict.HOLD, {"open_opinions": 1, "followed_up": True}, False, "还有一条意见"),
            bad(Verdict.HOLD, {"open_opinions": 0, "followed_up": False}, False),
            unknown({"open_opinions": 0}),
        ),
        by="launched_on",
    ),
)

_DISCLOSED = (
    ("rights", "消费者的权利义务，订立、变更、中止和解除合同的方式及限制", "说明书或者协议"),
    ("bank_duties", "本行的权利、义务及法律责任", "说明书或者协议"),
    ("annual_rate", "贷款产品的年化利率", "说明书或者协议"),
    ("fees", "费用及违约金，金额确定、交易时间和方式", "说明书或者协议"),
    ("complaints", "纠纷处理及投诉途径", "说明书或者协议"),
    ("standards", "执行标准的编号和名称", "说明书或者协议"),
    ("full_name", "承担合同义务主体完整的中文名称", "说明书或者协议"),
    ("other", "其他可能影响决策的信息", "说明书或者协议"),
)
_KEY_FACTS = (
    ("key_facts", "性质、利息、收益、费用、费率、主要风险、违约责任、免责条款", "说明书或者协议"),
    ("conspicuous", "以显著方式披露", "页面或者版式"),
)
_P01_DISCLOSURE = (
    *(
        cite(f"P01@2020-11-01:16.1.{at}", words)
        for at, words in enumerate(
            (
                "权利和义务",
                "权利、义务及法律责任",
                "贷款产品的年化利率",
                "费用及违约金",
                "投诉途径",
                "编号和名称",
                "完整的中文名称",
                "其他可能影响",
            ),
            1,
        )
    ),
)
_DISCLOSED_AT = tuple(
    Placed(key, f"P01@2020-11-01:16.1.{at}") for at, (key, _, _) in enumerate(_DISCLOSED, 1)
)
_N01_DISCLOSED_AT = placed(key_facts="N01@2023-03-01:22", conspicuous="N01@2023-03-01:22")
_N01_DISCLOSED = (*_DISCLOSED, *_KEY_FACTS)
DISCLOSURE = rule(
    "REV-003",
    Kind.CHECKLIST,
    "披露的八项重要内容；关键信息以显著方式披露",
    version(
        P01, ChecklistParams(_DISCLOSED, effect=Verdict.HOLD, places=_DISCLOSED_AT),
        (cite("P01@2020-11-01:16.1", "披露下列重要内容"), *_P01_DISCLOSURE),
        list_examples(_DISCLOSED, "annual_rate", "full_name", effect=Verdict.HOLD), until=N01, by="launched_on",
    ),
    version(
        N01, ChecklistParams(_N01_DISCLOSED, effect=Verdict.HOLD, places=_DISCLOSED_AT + _N01_DISCLOSED_AT),
        (
            cite("P01@2020-11-01:16.1", "披露下列重要内容"), *_P01_DISCLOSURE,
            cite("N01@2023-03-01:22", "以显著方式向消费者披露"), cite("N01@2023-03-01:22", "主要风险、违约责任、免责条款"),
        ),
        list_examples(_N01_DISCLOSED, "annual_rate", "full_name", "key_facts", "conspicuous", effect=Verdict.HOLD),
        by="launched_on",
    ),
)  # fmt: skip

_RATE = (("annual_rate", "年化利率"),)
_RATE_EXAMPLES = (
    ok({"is_loan": True, "given": ("annual_rate",)}, ()),
    bad(Verdict.HOLD, {"is_loan": True, "given": ("daily_rate",)}, ("annual_rate",), "只写日利率"),
    edge(Verdict.NOT_APPLICABLE, {"is_loan": False, "given": ()}, None, "不是贷款"),
    unknown({"is_loan": True}),
)
_P01_RATE = cite("P01@2020-11-01:16.1.3", "贷款产品的年化利率")
_LOAN = (yes("is_loan", "贷款类产品"),)
ANNUAL_RATE = rule(
    "REV-004",
    Kind.FIELDS,
    "贷款类产品明示年化利率",
    version(P01, FieldsParams(_RATE, effect=Verdict.HOLD), (_P01_RATE,), _RATE_EXAMPLES, until=N01, by="launched_on", scope=_LOAN),
    version(
        N01, FieldsParams(_RATE, effect=Verdict.HOLD), (cite("N01@2023-03-01:22", "应当明示年化利率"), _P01_RATE), _RATE_EXAMPLES,
        by="launched_on", scope=_LOAN,
    ),
)  # fmt: skip

_COST = (("itemised", "逐项列明费用（含合作方）"), ("confirmed", "线下签字，或者线上弹窗并强制阅读"))
COST_SHEET = rule(
    "REV-005",
    Kind.FIELDS,
    "个人贷款综合融资成本明示表",
    version(
        "2026-08-01",
        FieldsParams(_COST, effect=Verdict.HOLD),
        (cite("X09@2026-08-01:0", ""),),
        field_examples(_COST, "itemised", "confirmed", effect=Verdict.HOLD),
        by="lent_on",
        confidence=Confidence.LIKELY,
        reading="据公开报道；存量贷款不适用",
    ),
)

CONSENT_SCREEN = rule(
    "REV-007",
    Kind.GATE,
    "授权界面不得默认同意；拒绝不影响不依赖该信息的服务",
    version(
        N01,
        GateParams(
            (
                no("ticked_by_default", "设置默认同意的选项"),
                no("refusal_blocks_service", "因拒绝而拒绝不依赖该信息的服务", "不依赖于其所拒绝"),
            )
        ),
        (
            cite("N01@2023-03-01:44.2", "不得设置默认同意的选项"),
            cite("N01@2023-03-01:43.1", "不依赖于其所拒绝授权信息"),
        ),
        (
            ok({"ticked_by_default": False, "refusal_blocks_service": False}, True),
            bad(Verdict.REFUSE, {"ticked_by_default": True, "refusal_blocks_service": False}, False),
            bad(Verdict.REFUSE, {"ticked_by_default": False, "refusal_blocks_service": True}, False),
            unknown({"ticked_by_default": False}),
        ),
        by="launched_on",
    ),
)

_P01_FLOW = (
    ("no_tie_in", "不强制搭售", "流程截图"),
    ("no_unasked_opening", "不擅自代理办理业务", "流程截图"),
    ("no_altered_orders", "不擅自修改业务指令", "流程截图"),
    ("no_forcing", "不利用技术手段、优势地位强制接受，不排除、限制选择同业", "流程截图"),
    ("no_added_conditions", "不附加限制性条件要求购买", "流程截图"),
)
_N01_FLOW = (
    *_P01_FLOW,
    ("no_unasked_fee_service", "不未经同意单方开通收费服务", "流程截图"),
    ("no_forced_third_party", "不强制指定收费的第三方", "流程截图"),
    ("no_luring", "不以不正当手段诱使购买其他产品", "流程截图"),
)
_P01_FLOW_AT = placed(no_forcing="P01@2020-11-01:19", no_added_conditions="P01@2020-11-01:20")
_N01_FLOW_AT = placed(
    no_unasked_opening="P01@2020-11-01:15",
    no_altered_orders="P01@2020-11-01:15",
    no_unasked_fee_service="N01@2023-03-01:26.1.2",
    no_forced_third_party="N01@2023-03-01:26.1.3",
    no_luring="N01@2023-03-01:26.1.4",
)
_P01_FLOW_CITES = (
    cite("P01@2020-11-01:15", "不得强制搭售"),
    cite("P01@2020-11-01:15", "不得擅自修改"),
    cite("P01@2020-11-01:19", "强制或者变相强制"),
    cite("P01@2020-11-01:20", "附加限制性条件"),
)
_N01_FLOW_CITES = (
    cite("N01@2023-03-01:26.1.1", "强制捆绑、强制搭售"),
    cite("N01@2023-03-01:26.1.2", "单方为消费者开通收费服务"),
    cite("N01@2023-03-01:26.1.3", "强制指定第三方合作机构"),
    cite("N01@2023-03-01:26.1.4", "诱使消费者购买其他产品"),
)
SALE_FLOW = rule(
    "REV-008",
    Kind.CHECKLIST,
    "销售流程：不搭售、不擅自代理或者开通、不强制、不强制第三方",
    version(
        P01, ChecklistParams(_P01_FLOW, effect=Verdict.HOLD, places=_P01_FLOW_AT), _P01_FLOW_CITES,
        list_examples(_P01_FLOW, "no_tie_in", "no_forcing", effect=Verdict.HOLD), until=N01, by="launched_on",
    ),
    version(
        N01, ChecklistParams(_N01_FLOW, effect=Verdict.HOLD, places=_P01_FLOW_AT + _N01_FLOW_AT),
        (*_N01_FLOW_CITES, *_P01_FLOW_CITES),
        list_examples(_N01_FLOW, "no_tie_in", "no_forced_third_party", "no_luring", effect=Verdict.HOLD), by="launched_on",
    ),
)  # fmt: skip

FEE_NOTICE = rule(
    "REV-009",
    Kind.GATE,
    "新设收费或者提高价格应当提前公示",
    version(
        N01,
        GateParams(
            (
                Condition("days_before", ">=", 1, "生效前已公示", ("应当提前公示",)),
                yes("special_notice_met", "已满足服务价格管理相关规定的公示时间", "服务价格管理相关规定"),
            ),
            Verdict.HOLD,
        ),
        (
            cite("N01@2023-03-01:24.2", "应当提前公示"),
            cite("N01@2023-03-01:24.1", "按照服务价格管理相关规定"),
        ),
        (
            ok({"days_before": 100, "special_notice_met": True}, True),
            edge(Verdict.PASS, {"days_before": 1, "special_notice_met": True}, True, "提前一日"),
            edge(Verdict.HOLD, {"days_before": 0, "special_notice_met": True}, False, "生效当日才公示"),
            bad(Verdict.HOLD, {"days_before": 30, "special_notice_met": False}, False, "专门规定要求更早"),
            unknown({"days_before": 30}, "不知专门规定的公示时间是否满足"),
            unknown({}),
        ),
        by="effective_on",
        reading="条文未写提前几日，本行口径至少一日；《商业银行服务价格管理办法》（尚未收录）对市场调节价另有公示时间，"
        "据记忆为实行前三个月，由业务部门核对原文后填写",
    ),
)

RENEWAL = rule(
    "REV-010",
    Kind.GATE,
    "自动展期、自动续费：接受服务前和每次续费日前显著提醒",
    version(
        R15,
        GateParams(
            (
                yes("told_before_start", "接受服务前已显著提醒"),
                yes("told_before_each", "每次展期、续费日前已显著提醒"),
            ),
            Verdict.HOLD,
        ),
        (cite("R15@2024-07-01:10.2", "自动展期、自动续费等日期前"),),
        (
            ok({"told_before_start": True, "told_before_each": True}, True),
            bad(Verdict.HOLD, {"told_before_start": True, "told_before_each": False}, False),
            bad(Verdict.HOLD, {"told_before_start": False, "told_before_each": True}, False),
            unknown({"told_before_start": True}),
        ),
        by="renewed_on",
    ),
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            NEEDED,
            OPINIONS,
            DISCLOSURE,
            ANNUAL_RATE,
            COST_SHEET,
            CONSENT_SCREEN,
            SALE_FLOW,
            FEE_NOTICE,
            RENEWAL,
            *TERMS,
        ),
        key=lambda rule: rule.id,
    )
)
