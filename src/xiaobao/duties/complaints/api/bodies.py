"""What programs send. Field names are those of the room's values; unknown fields are refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AwareDatetime, ConfigDict

from xiaobao.duties.complaints.domain.values import (
    MAX_FACTS,
    MAX_REASON,
    Body,
    Complexity,
    Liability,
    MajorCause,
    NoticeMode,
    Paper,
    PauseKind,
    RecheckOutcome,
    RedressKind,
    RemedyKind,
)

Text = Field(max_length=MAX_FACTS)
Reason = Field(max_length=MAX_REASON)
MAX_ID = 2**63 - 1
"""The largest id a table can hold."""


class Told(Schema):
    """A body: nothing in it is ignored in silence."""

    model_config = ConfigDict(extra="forbid")


class PersonIn(Told):
    """A party; clear values are sealed on arrival and never answered again."""

    name: str = Field("", description="姓名")
    phone: str = Field("", description="联系电话")
    id_number: str = Field("", description="证件号码")
    role: str = Field("complainant", description="身份，complainant | agent | heir | representative")
    authority: str = Field("", description="授权委托书或继承关系证明")


class ReceiveIn(Told):
    """A complaint to register. The same `source_system` and `source_no` again is the same complaint.

    What is required is left to the room's gate, which lists an absent field with all other faults.
    """

    model_config = ConfigDict(json_schema_extra={"required": ["channel", "received_at", "org_code", "facts"]})

    channel: str = Field("", description="来源渠道，例如 phone、web、nfra")
    received_at: str = Field("", description="收到时间，例如 2026-01-10T09:30:00+08:00；只有日期时按当日")
    org_code: str = Field("", description="责任机构编码")
    facts: str = Field("", description="投诉事实")
    title: str = Field("", description="投诉标题")
    request: str = Field("", description="投诉请求")
    product: str = Field("", description="产品名称")
    persons: list[PersonIn] = []
    anonymous_reason: str = ""
    amount: str = Field("", description="涉及金额，单位元，例如 1234.50")
    currency: str = Field("", description="币种，例如 CNY；有金额时必填")
    channel_code: str = Field("", description="JR/T 0169 业务办理渠道")
    business_code: str = Field("", description="JR/T 0169 业务类别")
    reason_code: str = Field("", description="JR/T 0169 投诉原因")
    counterpart: str = Field("", description="被投诉人员用户名")
    source_system: str = ""
    source_no: str = ""
    referral_body: str = ""
    referral_number: str = ""
    given_due_on: str = ""
    duplicates_seen: bool = False


class HowIn(Told):
    """Every command may carry the version it was decided on, and when it happened."""

    version: int | None = Field(None, description="读到的版本；不是最新则拒绝（409）")
    at: AwareDatetime | None = Field(None, description="实际发生时间，省略为现在；早于今天的须有补登凭证")
    paper: str = Field("", max_length=200, description="补登凭证：证明实际发生时间的文书或录音编号")


class DeclineIn(HowIn):
    """不予办理."""

    reason: str = Reason
    notice: str = Field(max_length=MAX_REASON, description="告知投诉人的内容")


class TransferIn(DeclineIn):
    """转出."""

    target: str = Field(max_length=200)


class WithdrawIn(HowIn):
    """撤回."""

    requested_on: date
    reason: str = Field("", max_length=MAX_REASON)
    document: str = Field("", max_length=200)


class MergeIn(HowIn):
    """合并重复."""

    into_id: int
    reason: str = Reason


class CorrectIn(HowIn):
    """更正: new values by field name."""

    changes: dict[str, Any]
    reason: str = Reason


class AssignIn(HowIn):
    """分派: both empty lets the routing decide."""

    unit_code: str = ""
    username: str = ""
    assisting: list[str] = []
    reason: str = Field("", max_length=MAX_REASON)


class InvestigateIn(HowIn):
    """调查取证: `evidence` holds ids of files stored before."""

    text: str = Text
    evidence: list[int] = []
    none_because: str = Field("", max_length=200)


class CodeIn(HowIn):
    """分类编码."""

    channel_code: str
    business_code: str
    reason_code: str


class ProposeIn(HowIn):
    """提出处理决定."""

    findings: str = Text
    legal_basis: str = Text
    liability: Liability
    outcome: str = Text
    redress: RedressKind = RedressKind.NONE
    redress_fen: int = Field(0, ge=0)
    redress_due_on: date | None = None


class OpinionIn(HowIn):
    """审批意见."""

    opinion: str = Reason


class ReplyIn(HowIn):
    """答复: all that 第十九条 wants."""

    facts_found: str = Text
    grounds: str = Text
    remedies: list[RemedyKind]
    mode: NoticeMode
    text: str = Field("", max_length=MAX_FACTS)


class DeliverIn(HowIn):
    """登记送达."""

    told_on: date
    proof: str = Field(max_length=200)
    evidence: list[int] = []


class CloseIn(HowIn):
    """办结."""

    cause: str = Field("", max_length=200)
    redress_paid_on: date | None = None


class NewFactsIn(HowIn):
    """新事实: reopen or restart."""

    new_facts: str = Text
    received_on: date
    document: str = Field("", max_length=200)


class RecheckIn(HowIn):
    """登记核查申请."""

    applied_on: date
    request: str = Text


class ConcludeIn(HowIn):
    """作出核查决定."""

    outcome: RecheckOutcome
    findings: str = Text
    told_on: date


class ExtendIn(HowIn):
    """申请延期."""

    to: Complexity
    reason: str = Reason


class NotifyIn(HowIn):
    """告知延期."""

    mode: NoticeMode
    proof: str = Field(max_length=200)


class SuspendIn(HowIn):
    """暂停计时."""

    kind: PauseKind
    from_on: date
    document: str = Field(max_length=200)
    reason: str = Reason
    body: str = Field("", max_length=200)
    told_on: date | None = None


class ResumeIn(HowIn):
    """恢复计时."""

    on: date
    reason: str = Reason
    document: str = Field("", max_length=200)


class ReferIn(HowIn):
    """登记监管转办."""

    body: Body
    number: str = Field(max_length=80)
    given_due_on: date | None = None
    wants_report: bool = True
    received_on: date | None = None
    document: str = Field("", max_length=200)


class ReportIn(HowIn):
    """报送办理情况."""

    referral_id: int
    text: str = Text
    document: str = Field("", max_length=200)


class AskIn(HowIn):
    """请投诉人补充材料: `held` names what the bank has already."""

    papers: list[Paper] = Field(min_length=1)
    held: list[Paper] = []
    reason: str = Reason


class MeetIn(HowIn):
    """登记多人面谈."""

    met_on: date
    persons: int = Field(ge=0, le=100_000, description="共同投诉人数")
    representatives: int = Field(ge=0, le=100_000, description="到场代表人数")
    text: str = Text


class MajorIn(HowIn):
    """认定重大投诉."""

    cause: MajorCause
    plan: str = Text
    face_to_face_persons: int = Field(0, ge=0, le=100_000)
    regulator_designated: bool = False


class BulkPayloadIn(Told):
    """The words of the single command; those it does not know are not looked at."""

    reason: str = Field("", max_length=MAX_REASON)
    unit_code: str = ""
    username: str = ""
    channel_code: str = ""
    business_code: str = ""
    reason_code: str = ""
    cause: str = Field("", max_length=200)
    redress_paid_on: date | None = None
    opinion: str = Field("", max_length=MAX_REASON)


class BulkIn(Told):
    """One command for many; what can go goes, the rest is listed."""

    command: str = Field(description="例如 accept、close、assign")
    ids: list[Annotated[int, Field(ge=1, le=MAX_ID)]] = Field(min_length=1, max_length=500)
    payload: BulkPayloadIn | None = None


class DuplicatesIn(Told):
    """What is being typed; looked up, never kept."""

    phone: str = ""
    id_number: str = ""
    text: str = Field("", max_length=MAX_FACTS)
    received_on: date | None = None
