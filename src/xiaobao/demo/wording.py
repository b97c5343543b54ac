"""The demo bank's sentences: how a complaint is noted down, looked into, judged and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaobao.duties.complaints.domain.values import Channel, Liability, RedressKind

if TYPE_CHECKING:
    import random

OPENINGS: dict[Channel, tuple[str, ...]] = {
    Channel.PHONE: ("客户来电反映：", "客户致电客服反映：", "客服热线接到客户来电："),
    Channel.OUTLET: ("客户到网点反映：", "客户在网点向大堂经理反映：", "网点当面受理："),
    Channel.MOBILE: ("客户在手机银行留言：", "客户通过手机银行意见反馈提交："),
    Channel.WEB: ("客户在门户网站留言：", "客户通过官网投诉入口提交："),
    Channel.EMAIL: ("客户发来邮件反映：",),
    Channel.LETTER: ("客户来信反映：", "收到客户挂号信："),
    Channel.NFRA: ("金融监管部门转来投诉：", "收到金融监管部门转办函："),
    Channel.PBOC: ("人民银行转来投诉：",),
    Channel.HOTLINE_12378: ("12378 热线转来工单：",),
    Channel.HOTLINE_12363: ("12363 热线转来工单：",),
    Channel.HOTLINE_12345: ("12345 热线转来工单：",),
    Channel.ASSOCIATION: ("行业协会转来投诉：",),
    Channel.MEDIATION: ("调解组织转来诉求：",),
}

LOOKED_INTO = (
    "已调阅{paper}，并与投诉人通话核对经过。初步核实：{cause}。",
    "调取{paper}，询问经办人员后确认：{cause}。",
    "会同{product}主管岗核对系统记录与{paper}，情况为：{cause}。",
    "投诉人补述了办理时间和地点，据此查到{paper}。问题在于：{cause}。",
    "走访经办网点，核对{paper}原件；{cause}。",
    "调听通话录音并比对{paper}，可以确认：{cause}。",
    "请{product}业务部门书面说明后逐笔核对{paper}，查明{cause}。",
    "先后联系投诉人两次，第二次取得其补充说明；对照{paper}，原因为{cause}。",
    "查{paper}及系统操作日志，时间与投诉人所述一致。经分析，{cause}。",
    "与经办人员、网点负责人分别谈话，均承认当时解释不够清楚；{paper}显示{cause}。",
)

WITHOUT_PAPER = (
    "争议在于业务规则的理解，双方对办理经过没有异议，无需另行取证",
    "通话录音存于客服平台，按保密规定不复制，已登记录音编号",
    "原件存放于开户网点，已现场核对，扫描件随答复一并归档",
    "系统参数与公示规则可直接核对，未形成单独的证据文件",
    "投诉人当场确认事实，并表示不再提供材料",
)

FINDINGS: dict[Liability, tuple[str, ...]] = {
    Liability.FULL: (
        "经核实，{cause}，投诉人反映情况属实，责任在我行。",
        "经查：{cause}。我行办理不当。",
        "投诉人所述时间、经过与记录一致。{cause}，我行未尽到应有的注意。",
        "现有材料足以认定：{cause}。投诉人没有过错。",
    ),
    Liability.PARTIAL: (
        "经核实，{cause}，投诉人反映情况基本属实，我行在告知环节存在不足。",
        "经查，业务办理符合合同约定，但{cause}，我行应承担部分责任。",
        "双方均有疏漏：投诉人未仔细阅读提示，我行方面{cause}。",
        "{cause}，与投诉人的损失有一定关联，我行承担相应部分。",
    ),
    Liability.NONE: (
        "经核实，该笔业务按合同约定和公示规则办理；{cause}，易引起误解，已逐项解释。",
        "经查，我行办理过程符合规定，投诉人所述与记录不符之处已当面核对；同时发现{cause}。",
        "合同和公示均已载明，投诉人签字确认；{cause}，已列为改进事项。",
    ),
    Liability.UNCLEAR: ("经核实，双方对办理时的口头说明陈述不一，现有记录不足以认定；{cause}。",),
}

OUTCOMES: dict[RedressKind, tuple[str, ...]] = {
    RedressKind.REFUND: (
        "退还相应费用，并书面说明计算过程。",
        "按核实金额退还，原路入账。",
        "退还多收部分，五个工作日内入账并短信通知。",
    ),
    RedressKind.COMPENSATION: (
        "按责任比例赔偿，双方签署和解协议。",
        "对可核实的损失部分予以赔偿，其余说明理由。",
    ),
    RedressKind.CORRECTION: (
        "更正相关记录，完成后短信告知投诉人。",
        "已提交更正，系统次日生效，由经办人电话确认。",
    ),
    RedressKind.SERVICE: (
        "由网点主动联系投诉人补办业务，一次办结。",
        "已为投诉人恢复相应功能。",
        "安排专人上门协助办理，免去投诉人再次往返。",
    ),
    RedressKind.APOLOGY: (
        "由机构负责人致电致歉，并说明改进安排。",
        "当面致歉，投诉人表示接受。",
        "书面致歉，并告知已对相关人员批评教育。",
    ),
    RedressKind.NONE: (
        "已向投诉人解释规则依据，并寄送书面答复。",
        "维持原办理结果，并告知救济途径。",
        "逐条说明合同条款和计算方法，投诉人保留意见。",
    ),
}

OPINIONS = (
    "同意处理意见",
    "情况清楚，同意",
    "同意，请同步督促整改",
    "同意。注意答复用语",
    "同意。补偿到账后请再与投诉人确认一次",
    "依据充分，同意；同类问题请汇总报我",
    "同意。请业务部门一周内反馈改进措施",
)
RETURNS = (
    "请补充说明收费依据后再报",
    "核实情况过于简略，请写明时间经过",
    "请补充与投诉人沟通的情况",
    "责任认定与所附证据不完全对应，请重新核对",
    "请说明补偿金额如何得出",
)
EXTENSION_REASONS = (
    "涉及多个部门，须调取历史资料核实",
    "须等待外部机构出具书面回复",
    "投诉人要求补充材料，核对需要时间",
    "须调取三个月前的监控和通话录音",
    "业务发生在异地网点，须请当地协助核实",
    "须由系统开发部门还原当时的参数设置",
)
NEW_FACTS = (
    "投诉人补充提交了当时的通话录音和短信截图，反映新的事实和理由。",
    "投诉人新提供了签约当日的谈话记录，与此前所述情形不同。",
    "投诉人补交了第三方出具的书面证明，此前未曾提及。",
)
WITHDRAWN = (
    "经沟通解释，投诉人表示理解并撤回",
    "问题已当场解决，投诉人主动撤回",
    "投诉人查明系本人误解，撤回",
    "款项已在处理期间到账，投诉人撤回",
    "投诉人与经办网点自行协商一致，书面撤回",
)
DECLINED = (
    "反映事项已由法院受理，依规定不予办理",
    "同一事项此前已办结并答复，未提出新的事实和理由",
    "反映事项属经营主体之间的合同纠纷，不属于消费投诉",
)
DECLINE_NOTICE = "已电话告知投诉人并说明理由与其他救济途径"
MERGED = "经核对为同一客户同一事项的重复反映，两个编号均保留"
RECHECKS = (
    "投诉人对处理结果不满意，书面申请核查",
    "投诉人认为补偿金额偏低，申请核查",
    "投诉人认为答复未回应其第二项诉求，申请核查",
    "投诉人认为责任认定与录音内容不符，申请核查",
)
UPHELD = "经核查，处理过程、时限和结果符合规定，维持原处理决定。"
CHANGED = "经核查，原处理决定对责任的认定偏轻，予以变更，由原处理机构重新答复。"
REPORTS = (
    "已办理并告知投诉人：附核实情况、处理依据、沟通过程与满意度。",
    "现将办理情况报告如下：事实已核实，处理意见已告知投诉人，相关问题已列入整改。",
    "该件已按期办理并送达答复，投诉人对沟通过程无异议；附答复函与送达凭证。",
    "经核实属实部分已纠正，其余部分已向投诉人说明依据；附相关材料。",
)
PARTNERS = {"代销保险": "合作保险公司", "代销基金": "合作基金公司", "互联网贷款": "合作平台公司"}


def basis_of(product: str) -> str:
    """The ground a decision names."""
    return f"《银行业保险业消费投诉处理管理办法》第十八条、第十九条，{product}业务合同及本行相关管理规定"


def opening_of(rng: random.Random, channel: Channel) -> str:
    """How a complaint through this door begins."""
    return rng.choice(OPENINGS.get(channel, ("客户反映：",)))


def findings_of(rng: random.Random, liability: Liability, cause: str) -> str:
    """What the investigation found, ending in who answers for it."""
    return rng.choice(FINDINGS[liability]).format(cause=cause)


def outcome_of(rng: random.Random, redress: RedressKind, request: str) -> str:
    """What follows, said against what was asked."""
    return f"诉求“{request}”：{rng.choice(OUTCOMES[redress])}"
