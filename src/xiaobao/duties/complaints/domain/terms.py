"""The words of the room: stages, commands, channels and every other term with its Chinese label.

Words the law itself uses (`Complexity`, `PauseKind`) are the rules' own terms, not the room's.
"""

from __future__ import annotations

from xiaobao.kernel.terms import Term
from xiaobao.rules.complaint_facts import Complexity as Complexity
from xiaobao.rules.complaint_facts import PauseKind as PauseKind

MAX_FACTS = 40_000
MAX_REQUEST = 4_000
MAX_REASON = 1_000


class Stage(Term):
    """Where a complaint stands. `CLOSED` is never edited, only followed by an event."""

    DRAFT = "draft", "登记"
    REGISTERED = "registered", "待受理"
    ACCEPTED = "accepted", "待分派"
    HANDLING = "handling", "处理中"
    PENDING = "pending", "待审批"
    REPLIED = "replied", "已答复"
    CLOSED = "closed", "办结"
    RECHECK = "recheck", "核查中"
    DECLINED = "declined", "不予办理"
    TRANSFERRED = "transferred", "转出"
    WITHDRAWN = "withdrawn", "撤回"
    MERGED = "merged", "合并"
    ARCHIVED = "archived", "历史记录"


OPEN_STAGES: frozenset[Stage] = frozenset(
    {Stage.REGISTERED, Stage.ACCEPTED, Stage.HANDLING, Stage.PENDING, Stage.REPLIED, Stage.RECHECK}
)
"""Stages with work left to do; the column `is_open` and its partial indexes follow this set."""

UNDECIDED_STAGES: frozenset[Stage] = frozenset(
    {Stage.REGISTERED, Stage.ACCEPTED, Stage.HANDLING, Stage.PENDING}
)
"""Stages in which the statutory clock of 第十八条 still runs: nothing has been told yet."""


class Command(Term):
    """Everything that can be done to a complaint; one service, one audit tag, one event each."""

    RECEIVE = "receive", "接收登记"
    ACCEPT = "accept", "受理"
    DECLINE = "decline", "不予办理"
    TRANSFER = "transfer", "转出"
    WITHDRAW = "withdraw", "撤回"
    MERGE = "merge", "合并重复"
    CORRECT = "correct", "更正"
    ASSIGN = "assign", "分派"
    INVESTIGATE = "investigate", "调查取证"
    CODE = "code", "分类编码"
    PROPOSE = "propose", "提出处理决定"
    APPROVE = "approve", "审批通过"
    RETURN = "return", "审批退回"
    REPLY = "reply", "答复投诉人"
    DELIVER = "deliver", "登记送达"
    CLOSE = "close", "办结"
    REOPEN = "reopen", "因新事实重新办理"
    RECHECK = "recheck", "登记核查申请"
    CONCLUDE = "conclude", "作出核查决定"
    EXTEND = "extend", "申请延期"
    GRANT = "grant", "批准延期"
    DENY = "deny", "不同意延期"
    NOTIFY = "notify", "告知延期"
    SUSPEND = "suspend", "暂停计时"
    RESUME = "resume", "恢复计时"
    RESTART = "restart", "新事实重新计时"
    REFER = "refer", "登记监管转办"
    REPORT = "report", "报送办理情况"
    ASK = "ask", "请投诉人补充材料"
    MEET = "meet", "登记多人面谈"
    MAJOR = "major", "认定重大投诉"
    ARCHIVE = "archive", "归入历史记录"


class Upkeep(Term):
    """What the house itself puts on a timeline; no command, no stage changes by it."""

    REDERIVE = "rederive", "时限重算"


class Channel(Term):
    """By which door the complaint came in (来源)."""

    OUTLET = "outlet", "网点现场"
    PHONE = "phone", "客服电话"
    MOBILE = "mobile", "手机银行"
    WEB = "web", "门户网站"
    EMAIL = "email", "电子邮件"
    LETTER = "letter", "来信"
    NFRA = "nfra", "金融监管部门转办"
    PBOC = "pboc", "人民银行转办"
    HOTLINE_12378 = "hotline_12378", "12378 热线"
    HOTLINE_12363 = "hotline_12363", "12363 热线"
    HOTLINE_12345 = "hotline_12345", "12345 热线"
    ASSOCIATION = "association", "行业协会转办"
    MEDIATION = "mediation", "人民调解"
    MEDIA = "media", "媒体"
    IMPORT = "import", "历史导入"
    OTHER = "other", "其他"


REGULATOR_CHANNELS: frozenset[Channel] = frozenset(
    {
        Channel.NFRA,
        Channel.PBOC,
        Channel.HOTLINE_12378,
        Channel.HOTLINE_12363,
        Channel.HOTLINE_12345,
        Channel.ASSOCIATION,
    }
)
PBOC_CHANNELS: frozenset[Channel] = frozenset({Channel.PBOC, Channel.HOTLINE_12363})


class Paper(Term):
    """What a complainant may be asked for (CMP-016, 第十三条); `OTHER` is what the article does not list."""

    COMPLAINANT = "complainant", "投诉人的基本情况"
    RESPONDENT = "respondent", "被投诉人的基本情况"
    CLAIM = "claim", "投诉请求、主要事实和相关依据"
    SIGNATURE = "signature", "书面材料的签字或者盖章"
    OTHER = "other", "其他材料"


class MajorCause(Term):
    """What brought a complaint about, as far as it makes it a major one (CMP-019, 第二十九条)."""

    DISASTER = "disaster", "重大自然灾害"
    ACCIDENT = "accident", "安全事故"
    PUBLIC_HEALTH = "public_health", "公共卫生事件"
    OTHER = "other", "其他原因"


class PartyRole(Term):
    """In what capacity a person stands in the complaint (第十四条)."""

    COMPLAINANT = "complainant", "投诉人"
    AGENT = "agent", "受托人"
    HEIR = "heir", "继承人"
    REPRESENTATIVE = "representative", "推选代表"


class Body(Term):
    """Who referred a complaint to the bank."""

    NFRA = "nfra", "金融监管部门"
    PBOC = "pboc", "人民银行"
    HOTLINE_12345 = "hotline_12345", "政务热线 12345"
    ASSOCIATION = "association", "行业协会"
    COURT = "court", "法院"
    OTHER = "other", "其他机关"


class Liability(Term):
    """What the investigation found about the bank's part."""

    FULL = "full", "我行全责"
    PARTIAL = "partial", "我行部分责任"
    NONE = "none", "我行无责"
    UNCLEAR = "unclear", "责任难以认定"


class RedressKind(Term):
    """What the complainant gets."""

    NONE = "none", "不涉及补偿"
    REFUND = "refund", "退还费用"
    COMPENSATION = "compensation", "赔偿"
    CORRECTION = "correction", "更正信息"
    SERVICE = "service", "补办业务"
    APOLOGY = "apology", "致歉说明"


class RemedyKind(Term):
    """The four ways on that every reply must name (CMP-012, 第十九条)."""

    RECHECK = "recheck", "核查"
    MEDIATION = "mediation", "调解"
    ARBITRATION = "arbitration", "仲裁"
    LITIGATION = "litigation", "诉讼"


class NoticeMode(Term):
    """How somebody was told; each mode has its own moment of being told (CMP-014, 第二十一条)."""

    HANDED = "handed", "当面交付"
    POSTED = "posted", "邮寄"
    SMS = "sms", "短信"
    EMAIL = "email", "电子邮件"
    PHONE = "phone", "电话"


class ClockEventKind(Term):
    """What moved the clock. Rows are only ever added."""

    START = "start", "起算"
    SUSPEND = "suspend", "暂停"
    RESUME = "resume", "恢复"
    EXTEND = "extend", "延期获批"
    TELL = "tell", "延期已告知"
    RESTART = "restart", "重新起算"
    GIVEN = "given", "监管给定期限"
    OVERLAY = "overlay", "收紧办理时限"
    CORRECT = "correct", "更正收到时间"
    MEET = "meet", "期限内办结"
    BREACH = "breach", "逾期"
    END = "end", "终止"
    RECHECK = "recheck", "核查起算"


class DueSource(Term):
    """Whose date the working due date is; the legal date always stays beside it."""

    LEGAL = "legal", "法定时限"
    REFERRAL = "referral", "监管给定时限"
    EMERGENCY = "emergency", "应急通知时限"
    TARGET = "target", "本行内部时限"


class OverlayKind(Term):
    """A dated order that tightens the time for handling, never loosens it."""

    EMERGENCY = "emergency", "应急投诉处理通知"
    TARGET = "target", "本行内部时限"


class DayUnit(Term):
    """How an overlay counts."""

    NATURAL = "natural", "日"
    WORKING = "working", "工作日"


class ExtensionState(Term):
    """Asked, answered, told."""

    ASKED = "asked", "待批准"
    GRANTED = "granted", "已批准"
    DENIED = "denied", "未批准"
    LAPSED = "lapsed", "已失效"


class DecisionState(Term):
    """A proposal waits, passes or goes back; it is never edited."""

    PROPOSED = "proposed", "待审批"
    APPROVED = "approved", "已批准"
    RETURNED = "returned", "已退回"


class RecheckOutcome(Term):
    """核查决定: process, time limit and result were looked at (CMP-013, 第二十条)."""

    UPHELD = "upheld", "维持原处理决定"
    CHANGED = "changed", "变更处理决定"
    REDO = "redo", "责令重新处理"


class Tab(Term):
    """The list's tabs; each is one predicate over the open complaints."""

    OPEN = "open", "全部在办"
    MINE = "mine", "我经办的"
    REGULATOR = "regulator", "监管转办"
    DUE_SOON = "due_soon", "即将到期"
    OVERDUE = "overdue", "已逾期"
    UNASSIGNED = "unassigned", "待分派"
    PAUSED = "paused", "暂停计时"
    DONE = "done", "已结"
    EVERY = "every", "全部"
