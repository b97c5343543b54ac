"""How personal information is used: assessments, officers, masks, exports, transfers between platforms."""

from __future__ import annotations

from xiaobao.rules.kinds.approval import ApprovalParams
from xiaobao.rules.kinds.checklist import ChecklistParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.values import Condition, Confidence, Kind, Role, Rule, Unless, Verdict
from xiaobao.rules.writing import bad, cite, edge, list_examples, ok, shelf, unknown, version, yes

rule = shelf("privacy")
PIPL = "2021-11-01"

_PIA_ACTS = ("sensitive", "automated", "entrust", "provide", "publish", "abroad", "major_effect")
IMPACT_ASSESSMENT = rule(
    "PI-006",
    Kind.GATE,
    "事前进行个人信息保护影响评估并记录；报告和记录至少保存三年",
    version(
        PIPL,
        GateParams(
            (
                yes("assessed_before", "事前完成影响评估"),
                yes("recorded", "已记录处理情况"),
                Condition("kept_years", ">=", 3, "报告和记录的保存年限不少于三年", ("至少保存三年",)),
            ),
            Verdict.HOLD,
        ),
        (
            cite("L02@2021-11-01:55", "事前进行个人信息保护影响评估"),
            cite("L02@2021-11-01:56.2", "至少保存三年"),
        ),
        (
            ok({"act": "sensitive", "assessed_before": True, "recorded": True, "kept_years": 5}, True),
            bad(
                Verdict.HOLD,
                {"act": "entrust", "assessed_before": False, "recorded": True, "kept_years": 3},
                False,
            ),
            edge(
                Verdict.PASS,
                {"act": "abroad", "assessed_before": True, "recorded": True, "kept_years": 3},
                True,
                "正好三年",
            ),
            edge(
                Verdict.HOLD,
                {"act": "abroad", "assessed_before": True, "recorded": True, "kept_years": 2},
                False,
                "只存两年",
            ),
            edge(Verdict.NOT_APPLICABLE, {"act": "ordinary"}, None, "不属于五种情形"),
            unknown({"act": "automated", "assessed_before": True, "recorded": True}),
        ),
        by="processed_on",
        scope=(Condition("act", "in", _PIA_ACTS, "属于须评估的情形"),),
        scope_say="不属于须事前评估的情形",
    ),
)

OFFICER = rule(
    "PI-012",
    Kind.GATE,
    "处理100万人以上个人信息：指定个人信息保护负责人",
    version(
        "2025-05-01",
        GateParams((yes("officer_named", "已指定个人信息保护负责人"),), Verdict.FAIL),
        (cite("X07@2025-05-01:12", ""),),
        (
            ok({"persons": 2_000_000, "officer_named": True}, True),
            edge(Verdict.FAIL, {"persons": 1_000_000, "officer_named": False}, False, "含本数"),
            edge(Verdict.NOT_APPLICABLE, {"persons": 999_999, "officer_named": False}, None, "不足100万人"),
            unknown({"persons": 2_000_000}),
        ),
        by="inspected_on",
        scope=(Condition("persons", ">=", 1_000_000, "100万人以上"),),
        scope_say="不足100万人",
        confidence=Confidence.MEMORY,
    ),
)

_MASKS = (
    ("no_c3_clear", "C3信息不以明文展示（银行卡有效期除外）", "页面抽查"),
    ("masked", "卡号、手机、证件号码默认遮蔽，重新验证后才显示全部", "页面抽查"),
    ("no_open_query", "后台不得开放式查询，批量受限，逐条留痕", "查询日志"),
    ("no_hash_pair", "截断部分不以散列值替代", "数据样本"),
)
MASKS = rule(
    "PI-014",
    Kind.CHECKLIST,
    "个人金融信息的展示：C3不明文，卡号、手机、证件遮蔽",
    version(
        "2020-02-13",
        ChecklistParams(_MASKS),
        (cite("X11@2020-02-13:0", ""),),
        list_examples(_MASKS, "no_c3_clear", "masked", "no_open_query", "no_hash_pair"),
        by="inspected_on",
        confidence=Confidence.LIKELY,
        reading="法律没有规定遮蔽位数；产品默认卡号前六后四、手机前三后四、证件首末各一位",
    ),
)

_EXPORT_NEEDS = (("least_needed", "最小必要"), ("approved", "授权审批"))
_MONITORED = (*_EXPORT_NEEDS, ("monitored", "异常操作监控"))
EXPORT = rule(
    "PI-015",
    Kind.APPROVAL,
    "调取、导出消费者信息：最小必要、分级授权审批、异常监控",
    version(
        "2020-11-01",
        ApprovalParams(("unit_head", "information_owner", "executive"), _EXPORT_NEEDS),
        (cite("P01@2020-11-01:33", "使用授权审批程序"), cite("P01@2020-11-01:33", "分级授权为核心")),
        (
            ok({"approver": "unit_head", "least_needed": True, "approved": True}, "unit_head"),
            bad(
                Verdict.REFUSE,
                {"approver": "handler", "least_needed": True, "approved": True},
                None,
                "经办人不能批自己",
            ),
            bad(Verdict.REFUSE, {"approver": "unit_head", "least_needed": False, "approved": True}, None),
            unknown({"approver": "unit_head"}),
        ),
        until="2023-03-01",
        by="exported_on",
        reading="审批层级由本行规定，不低于机构负责人",
    ),
    version(
        "2023-03-01",
        ApprovalParams(("unit_head", "information_owner", "executive"), _MONITORED),
        (
            cite("N01@2023-03-01:47", "落实授权审批流程"),
            cite("N01@2023-03-01:48", "禁止违规查询、下载、复制"),
            cite("P01@2020-11-01:33", "使用授权审批程序"),
        ),
        (
            ok(
                {"approver": "unit_head", "least_needed": True, "approved": True, "monitored": True},
                "unit_head",
            ),
            bad(
                Verdict.REFUSE,
                {"approver": "unit_head", "least_needed": True, "approved": True, "monitored": False},
                None,
            ),
            bad(
                Verdict.REFUSE,
                {"approver": "handler", "least_needed": True, "approved": True, "monitored": True},
                None,
            ),
            unknown({"approver": "unit_head", "least_needed": True, "approved": True}),
        ),
        by="exported_on",
        reading="审批层级由本行规定，不低于机构负责人",
    ),
)

PLATFORMS = rule(
    "PI-018",
    Kind.GATE,
    "未经同意不得在不同平台间传递消费者个人信息",
    version(
        "2023-03-01",
        GateParams((yes("consented", "消费者同意"),)),
        (cite("N01@2023-03-01:46", "不得在不同平台间传递"),),
        (
            ok({"between_platforms": True, "consented": True}, True),
            bad(Verdict.REFUSE, {"between_platforms": True, "consented": False}, False),
            edge(
                Verdict.NOT_APPLICABLE, {"between_platforms": False, "consented": False}, None, "同一平台内"
            ),
            edge(
                Verdict.NOT_APPLICABLE,
                {"between_platforms": True, "consented": False, "law_allows_transfer": True},
                None,
                "法律法规另有规定",
            ),
            unknown({"between_platforms": True}),
        ),
        by="processed_on",
        scope=(yes("between_platforms", "在不同平台间传递"),),
        scope_say="不在不同平台间传递",
        unless=(
            Unless(
                (yes("law_allows_transfer", "法律法规另有规定可以传递"),),
                "法律法规另有规定的除外",
                cite("N01@2023-03-01:46", "法律法规另有规定的除外", Role.EXCEPTION),
                assumed="法律法规有无另外的规定未填，按没有计算；有的由法务举证",
            ),
        ),
    ),
)

RULES: tuple[Rule, ...] = (IMPACT_ASSESSMENT, OFFICER, MASKS, EXPORT, PLATFORMS)
