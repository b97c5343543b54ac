"""Forms of the end: reply, deliver, close, reopen, recheck, conclude; and of the clock."""

from __future__ import annotations

from django import forms

from xiaobao.duties.complaints.domain.values import (
    MAX_REASON,
    Complexity,
    NoticeMode,
    PauseKind,
    RecheckOutcome,
    RemedyKind,
)
from xiaobao.duties.complaints.web.forms.plain import (
    FilesField,
    PlainForm,
    choice,
    day,
    long_text,
    short_text,
)


class ReplyForm(PlainForm):
    """A reply with everything 第十九条 wants in it."""

    facts_found = long_text("核实情况", rows=4)
    grounds = long_text("处理决定、依据和理由", rows=4)
    remedies = forms.MultipleChoiceField(
        label="已告知的救济途径",
        choices=RemedyKind.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="四种都要告知（CMP-012，令2020年第3号第十九条）",
    )
    mode = choice("告知方式", NoticeMode.choices())
    text = long_text("答复全文", required=False, rows=4, help_text="留空则由以上内容生成")


class DeliverForm(PlainForm):
    """The proof that the reply arrived."""

    told_on = day("送达日期")
    proof = short_text("送达凭证", help_text="如：签收回执、快递单号、通话录音编号")
    attachments = FilesField(label="凭证附件", required=False)


class CloseForm(PlainForm):
    """The cause, and when the redress was paid."""

    cause = short_text(
        "根源", required=False, help_text="产品、流程、合同、系统、培训哪里要改；没有的写“无根源，因……”"
    )
    redress_paid_on = day("补偿支付日", required=False)


class NewFactsForm(PlainForm):
    """New facts: they reopen or restart."""

    new_facts = long_text("新的事实、理由和证据", rows=4, limit=MAX_REASON)
    received_on = day("收到补充材料的日期")
    document = short_text("材料名称", required=False)


class RecheckForm(PlainForm):
    """The complainant asks the superior to look again."""

    applied_on = day("申请核查的日期")
    request = long_text("核查请求", rows=4)


class ConcludeForm(PlainForm):
    """The superior's answer."""

    outcome = choice("核查决定", RecheckOutcome.choices())
    findings = long_text("核查情况", rows=4)
    told_on = day("告知投诉人的日期")
    paper = short_text("告知凭证", required=False, help_text="告知日期早于今天的必填，如：短信回执、邮寄单号")


class ExtendForm(PlainForm):
    """Asking for more time."""

    to = choice("延至", Complexity.choices()[1:], blank="")
    reason = long_text("情况复杂的具体原因", rows=3, limit=MAX_REASON)


class NotifyForm(PlainForm):
    """The complainant is told of the extension."""

    mode = choice("告知方式", NoticeMode.choices())
    proof = short_text("告知凭证")


class SuspendForm(PlainForm):
    """Why, from when and on what paper the clock stands still."""

    kind = choice("暂停事由", PauseKind.choices(), blank="")
    from_on = day("从哪一天起不计")
    told_on = day("告知投诉人的日期", required=False, help_text="鉴定、检测、评估必须先告知")
    body = short_text("鉴定或调解机构", required=False)
    document = short_text("文书名称", help_text="鉴定委托书，或双方的调解申请")
    reason = long_text("说明", rows=2, limit=MAX_REASON)


class ResumeForm(PlainForm):
    """The clock runs again."""

    on = day("不计入期限的最后一天", help_text="这一天仍不计入，次日起恢复计算")
    reason = long_text("恢复理由", rows=2, limit=MAX_REASON)
    document = short_text("文书名称", required=False)


class RevealForm(PlainForm):
    """Why a party's data must be seen in clear."""

    reason = short_text("查看理由", limit=200, help_text="至少 5 个字；每次查看都会记入审计，不能删除")
