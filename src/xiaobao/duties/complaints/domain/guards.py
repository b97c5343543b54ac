"""The conditions of every command (节点机控): named, listed, with rule and article, asked before the click.

A guard is a pure question to `CaseFacts`. Facts come from the record; what a form is about to
add comes as claims laid over them, so that page, API, bulk, import and tick ask the same guards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from xiaobao.duties.complaints.domain.rows import GuardItem
from xiaobao.duties.complaints.domain.values import Command, RemedyKind

N18 = "令2020年第3号第十八条"
N19 = "令2020年第3号第十九条"
N17 = "令2020年第3号第十七条"
HOUSE = "本行节点机控"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the guards may know. Built by `facts_of`; forms lay claims over it."""

    received_at: datetime
    entered_at: datetime
    today: date
    due_on: date
    has_identity: bool = False
    has_facts: bool = False
    duplicates_seen: bool = False
    has_unit: bool = False
    has_handler: bool = False
    recusal_passed: bool = True
    clock_started: bool = False
    referrals_entered: bool = True
    evidence_or_reason: bool = False
    is_coded: bool = False
    amount_if_money: bool = True
    has_findings: bool = False
    has_basis: bool = False
    is_proposed: bool = False
    is_approved: bool = False
    four_eyes: bool = True
    approver_level: bool = True
    reply_facts: bool = False
    reply_grounds: bool = False
    remedies: frozenset[RemedyKind] = frozenset()
    extension_told: bool = True
    extension_asked: bool = False
    extension_granted: bool = False
    within_due: bool = True
    extension_left: bool = True
    extension_level: bool = True
    delivery_proved: bool = False
    has_cause: bool = False
    redress_settled: bool = True
    reports_sent: bool = True
    has_reason: bool = False
    notice_prepared: bool = False
    has_document: bool = False
    pause_told: bool = True
    is_paused: bool = False
    has_new_facts: bool = False
    has_number: bool = False
    recheck_in_time: bool = True
    is_superior: bool = True
    from_source: bool = False
    withdrawal_proved: bool = False
    papers_needed: bool = True
    representatives_few: bool = True
    is_major: bool = False
    has_plan: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """One condition: its question, its words, and the rule it stands for."""

    name: str
    label: str
    missing: str
    rule: str
    article: str
    holds: Callable[[CaseFacts], bool]


def _g(name: str, label: str, missing: str, rule: str = "", article: str = HOUSE) -> Guard:
    """A guard whose question is the fact of its own name."""
    return Guard(name, label, missing, rule, article, lambda facts: bool(getattr(facts, name)))


IDENTITY = _g(
    "has_identity",
    "已登记投诉人身份，或写明未提供的原因",
    "登记投诉人姓名或联系方式；匿名的写明原因",
    "CMP-001",
    "令2020年第3号第二条",
)
DATES = Guard(
    "dates",
    "收到时间不晚于登记时间",
    "更正收到时间",
    "CMP-002",
    "令2020年第3号第四十三条",
    lambda facts: facts.received_at <= facts.entered_at,
)
FACTS = _g("has_facts", "已写明投诉事实和责任机构", "补写投诉事实和责任机构")
DUPLICATES = _g(
    "duplicates_seen", "已看过可能重复的投诉", "查看疑似重复并确认", "CMP-009", "令2020年第3号第十八条第三款"
)
CLOCK = _g("clock_started", "时限已起算", "补登收到时间，使时限起算", "CMP-002", "令2020年第3号第四十三条")
REFERRALS = _g(
    "referrals_entered",
    "监管转办已登记编号和期限",
    "登记转办编号和来函要求的期限",
    "CMP-022",
    "令2020年第3号第三十三条",
)
UNIT = _g("has_unit", "已确定主办机构", "指定主办机构")
HANDLER = _g("has_handler", "已确定经办人", "指定经办人")
RECUSAL = _g(
    "recusal_passed", "经办人与被投诉事项无利害关系", "改派无利害关系的人员或上级机构", "CMP-015", N17
)
EVIDENCE = _g("evidence_or_reason", "有证据，或写明没有证据的原因", "上传证据，或写明没有证据的原因")
CODED = _g(
    "is_coded",
    "已按 JR/T 0169 三维编码",
    "补齐渠道、业务、原因三项编码",
    "CMP-027",
    "央行令2020年第5号第三十八条",
)
AMOUNT = _g("amount_if_money", "资金类投诉已填金额", "补填涉及金额，没有金额的填 0")
FINDINGS = _g("has_findings", "写明核实情况和处理意见", "补写核实情况和处理意见", "CMP-012", N19)
BASIS = _g("has_basis", "写明依据和理由", "补写依据和理由", "CMP-012", N19)
PROPOSED = _g("is_proposed", "有待审批的处理决定", "先提出处理决定")
FOUR_EYES = _g("four_eyes", "审批人不是提出人，也不是经办人", "请另一位有权人员审批")
LEVEL = _g("approver_level", "审批级别符合金额和来源", "提交有权审批的上级")
APPROVED = _g("is_approved", "处理决定已审批", "先提交审批")
REPLY_FACTS = _g("reply_facts", "答复写明核实情况", "在答复中补写核实情况", "CMP-012", N19)
REPLY_GROUNDS = _g("reply_grounds", "答复写明依据和理由", "在答复中补写依据和理由", "CMP-012", N19)
REMEDIES = Guard(
    "remedies",
    "答复告知核查、调解、仲裁、诉讼四种救济途径",
    "补齐告知：核查、调解、仲裁、诉讼",
    "CMP-012",
    N19,
    lambda facts: facts.remedies >= frozenset(RemedyKind),
)
EXTENSION_TOLD = _g(
    "extension_told",
    "用到的延期在原到期日前已批准并告知",
    "延期须在原到期日前批准并告知投诉人；未做到的按逾期登记",
    "CMP-005",
    N18,
)
DELIVERY = _g("delivery_proved", "有送达证明", "登记送达日期和送达凭证", "CMP-014", "令2020年第3号第二十一条")
CAUSE = _g("has_cause", "已写明根源，或“无根源”的理由", "补写根源，或写明无根源的理由")
REDRESS = _g("redress_settled", "补偿已支付或已排期", "登记补偿支付日或计划支付日")
REPORTS = _g(
    "reports_sent",
    "监管转办已报送办理情况",
    "向转办机关报送办理情况",
    "CMP-024",
    "央行令2020年第5号第四十四条",
)
REASON = _g("has_reason", "写明理由", "补写理由")
NOTICE = _g(
    "notice_prepared", "已准备给投诉人的告知", "补写给投诉人的告知", "CMP-011", "令2020年第3号第十八条第四款"
)
WITHDRAWAL = _g(
    "withdrawal_proved",
    "有投诉人撤回投诉的凭证",
    "登记撤回申请书、录音编号等撤回凭证",
    "CMP-010",
    "令2020年第3号第十五条",
)
IN_TIME = _g("within_due", "在原到期日之内", "已过到期日，不得延期", "CMP-003", N18)
LEFT = _g("extension_left", "延期未到上限", "已到最长时限，不能再延", "CMP-005", N18)
ASKED = _g("extension_asked", "有待批准的延期申请", "先提出延期申请")
EXT_LEVEL = _g("extension_level", "批准人级别符合第十八条", "提交上级机构或总行高级管理人员", "CMP-005", N18)
GRANTED = _g("extension_granted", "延期已批准、待告知", "先批准延期")
DOCUMENT = _g("has_document", "有暂停计时的文书", "上传鉴定委托书或双方调解申请", "CMP-007", N18)
PAUSE_TOLD = _g("pause_told", "鉴定期间已告知投诉人", "告知投诉人并登记日期", "CMP-007", N18)
NOT_PAUSED = Guard("not_paused", "时限正在计算", "先恢复计时", "", HOUSE, lambda facts: not facts.is_paused)
PAUSED = _g("is_paused", "时限正暂停", "时限没有暂停")
NEW_FACTS = _g("has_new_facts", "写明新的事实和理由", "写明新的事实和理由", "CMP-009", N18)
NUMBER = _g("has_number", "有转办编号", "填写转办编号", "CMP-022", "令2020年第3号第三十三条")
RECHECK_IN_TIME = _g(
    "recheck_in_time",
    "收到处理决定之日起 30 日内申请",
    "已超过 30 日，可告知其他救济途径",
    "CMP-013",
    "令2020年第3号第二十条",
)
SUPERIOR = _g(
    "is_superior",
    "由处理机构的上级机构核查",
    "请处理机构的上级机构作出核查决定",
    "CMP-013",
    "令2020年第3号第二十条",
)
FROM_SOURCE = _g("from_source", "来自外部系统的历史数据", "只有导入的历史数据可以归档")
PAPERS = _g(
    "papers_needed",
    "只要求条文列明、本行尚未掌握的材料",
    "去掉条文未列的材料，以及本行已经掌握或者可查询获得的材料",
    "CMP-016",
    "令2020年第3号第十三条",
)
REPRESENTATIVES = _g(
    "representatives_few",
    "共同投诉推选代表不超过 5 名",
    "请投诉人推选不超过 5 名代表面谈",
    "CMP-018",
    "令2020年第3号第十二条",
)
MAJOR = _g(
    "is_major",
    "符合重大消费投诉的一种情形",
    "写明灾害、事故、公共卫生事件，或 20 名以上面谈共同投诉，或监管机构认定",
    "CMP-019",
    "令2020年第3号第二十九条",
)
PLAN = _g("has_plan", "写明应急处置安排", "补写应急处置安排和报告安排", "CMP-019", "令2020年第3号第二十九条")

GUARDS: dict[Command, tuple[Guard, ...]] = {
    Command.RECEIVE: (FACTS, DATES),
    Command.ACCEPT: (IDENTITY, FACTS, DATES, DUPLICATES, CLOCK),
    Command.DECLINE: (REASON, NOTICE, REPORTS),
    Command.TRANSFER: (REASON, NOTICE, REPORTS),
    Command.WITHDRAW: (WITHDRAWAL, REPORTS),
    Command.MERGE: (REASON,),
    Command.CORRECT: (REASON,),
    Command.ASSIGN: (UNIT, HANDLER, RECUSAL, CLOCK, REFERRALS),
    Command.INVESTIGATE: (EVIDENCE,),
    Command.CODE: (CODED,),
    Command.PROPOSE: (FINDINGS, BASIS, EVIDENCE, CODED, AMOUNT, RECUSAL),
    Command.APPROVE: (PROPOSED, FOUR_EYES, LEVEL),
    Command.RETURN: (PROPOSED, REASON),
    Command.REPLY: (APPROVED, REPLY_FACTS, REPLY_GROUNDS, REMEDIES, EXTENSION_TOLD, NOT_PAUSED),
    Command.DELIVER: (DELIVERY,),
    Command.CLOSE: (DELIVERY, CODED, CAUSE, REDRESS, REPORTS),
    Command.REOPEN: (NEW_FACTS,),
    Command.RECHECK: (REASON, RECHECK_IN_TIME),
    Command.CONCLUDE: (REASON, FOUR_EYES, SUPERIOR),
    Command.EXTEND: (REASON, IN_TIME, LEFT, NOT_PAUSED),
    Command.GRANT: (ASKED, IN_TIME, FOUR_EYES, EXT_LEVEL),
    Command.DENY: (ASKED, REASON),
    Command.NOTIFY: (GRANTED,),
    Command.SUSPEND: (NOT_PAUSED, DOCUMENT, PAUSE_TOLD, REASON),
    Command.RESUME: (PAUSED,),
    Command.RESTART: (NEW_FACTS,),
    Command.REFER: (NUMBER,),
    Command.REPORT: (REASON,),
    Command.ASK: (REASON, PAPERS),
    Command.MEET: (REPRESENTATIVES,),
    Command.MAJOR: (MAJOR, PLAN),
    Command.ARCHIVE: (FROM_SOURCE,),
}


def examine(command: Command, facts: CaseFacts) -> tuple[GuardItem, ...]:
    """Every condition of the command, met or not, in the order a person works."""
    return tuple(
        GuardItem(g.name, g.label, g.holds(facts), g.missing, g.rule, g.article) for g in GUARDS[command]
    )
