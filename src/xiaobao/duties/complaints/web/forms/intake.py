"""Forms of the door: register, accept, decline, transfer, withdraw, merge, correct, refer."""

from __future__ import annotations

from typing import Any

from django import forms

from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.values import (
    MAX_FACTS,
    MAX_REASON,
    MAX_REQUEST,
    Body,
    Channel,
    PartyRole,
)
from xiaobao.duties.complaints.web.forms.plain import PlainForm, choice, day, long_text, short_text


def code_choices(letter: str) -> list[tuple[str, str]]:
    """One facet of JR/T 0169 for a select: code and path; those not checked say 未核原文."""
    return [
        (code.code, f"{codes.path_of(code.code)}{'' if code.verified else '（未核原文）'}")
        for code in codes.facet(letter)
    ]


class ReceiveForm(PlainForm):
    """Registration. Only gathers text: `domain.intake.parse` reads it, for every door alike."""

    # As they stand on the page, so that the summary of what must be mended reads downward.
    field_order = ("title", "facts", "request", "product", "amount", "currency")

    channel = choice("来源渠道", Channel.choices()[:-2])
    received_at = short_text(
        "收到时间",
        help_text="投诉人提出的时间，时限从这一天起算",
        placeholder="2026-11-23 09:05",
        autocomplete="off",
    )
    org_code = choice("责任机构", [], help_text="被投诉的机构")
    product = short_text("产品或服务", required=False, limit=80, placeholder="如：信用卡、个人住房贷款")
    title = short_text("投诉事项", help_text="一句话说明投诉什么", limit=200)
    facts = long_text(
        "投诉事实", rows=7, limit=MAX_FACTS, help_text="时间、地点、经过；请不要填写密码、验证码"
    )
    request = long_text("投诉请求", required=False, rows=2, limit=MAX_REQUEST)
    amount = short_text(
        "涉及金额（元）", required=False, limit=30, inputmode="decimal", placeholder="没有就留空"
    )
    currency = short_text("币种", required=False, limit=3)
    name = short_text("姓名", required=False, limit=60, autocomplete="off")
    phone = short_text("联系电话", required=False, limit=40, inputmode="tel", autocomplete="off")
    id_number = short_text("证件号码", required=False, limit=30, autocomplete="off")
    role = choice("以什么身份投诉", PartyRole.choices(), required=False, blank="")
    authority = short_text("授权或继承证明", required=False, help_text="受托人、继承人必填：文书名称与日期")
    anonymous_reason = short_text("未提供身份的原因", required=False, help_text="匿名投诉写明原因")
    counterpart = short_text("被投诉人员用户名", required=False, limit=64, help_text="知道就填，系统据此回避")
    business_code = choice("业务类别", code_choices("B"), required=False, blank="暂不编码")
    reason_code = choice("投诉原因", code_choices("C"), required=False, blank="暂不编码")
    referral_body = choice("转办机关", Body.choices(), required=False, blank="不是转办件")
    referral_number = short_text("转办编号", required=False, limit=80)
    given_due_on = day("来函要求期限", required=False)
    duplicates_seen = forms.BooleanField(
        label="我已核对上面列出的疑似重复投诉，确认不是同一件", required=False
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["org_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *units]
        self.fields["facts"].widget.attrs["data-count"] = "facts-count"


class AcceptForm(PlainForm):
    """Accept: nothing to fill, the conditions say it all."""

    duplicates_seen = forms.BooleanField(label="已看过可能重复的投诉，确认不是重复", required=False)


class DeclineForm(PlainForm):
    """Not to be handled: the ground and what the complainant is told."""

    reason = long_text("不予办理的理由", limit=MAX_REASON, help_text="写明属于第二十二条的哪一种情形")
    notice = long_text("给投诉人的告知", limit=MAX_REASON, help_text="将作为告知内容留存")


class TransferForm(PlainForm):
    """To another institution: to whom, why, and the notice."""

    target = short_text("转给哪家机构")
    reason = long_text("转出理由", limit=MAX_REASON)
    notice = long_text("给投诉人的告知", limit=MAX_REASON)


class WithdrawForm(PlainForm):
    """Taken back by the complainant."""

    requested_on = day("投诉人提出撤回的日期")
    reason = long_text("撤回原因", required=False, rows=3, limit=MAX_REASON)
    document = short_text("撤回申请的文书", help_text="如：书面撤回申请、通话录音编号")


class MergeForm(PlainForm):
    """Into another complaint; both keep number and clock."""

    into_no = short_text(
        "并入哪一件", limit=24, placeholder="TS20261108-0047", help_text="两件都保留各自的编号和时限"
    )
    reason = long_text("合并理由", rows=3, limit=MAX_REASON)


class CorrectForm(PlainForm):
    """A correction with its reason; only what differs is sent."""

    title = short_text("投诉事项", limit=200)
    facts = long_text("投诉事实", rows=6, limit=MAX_FACTS)
    request = long_text("投诉请求", required=False, rows=2, limit=MAX_REQUEST)
    product = short_text("产品或服务", required=False, limit=80)
    received_at = short_text("收到时间", help_text="更正后时限会重新推算，原时间保留在经过里")
    amount = short_text("涉及金额（元）", required=False, limit=30, inputmode="decimal")
    currency = short_text("币种", required=False, limit=3)
    reason = long_text("更正理由", rows=2, limit=MAX_REASON)


class ReferForm(PlainForm):
    """A regulator's letter."""

    body = choice("转办机关", Body.choices())
    number = short_text("转办编号", limit=80)
    received_on = day("收到来函的日期")
    given_due_on = day("来函要求期限", required=False, help_text="比法定期限早的，按来函；晚的，仍按法定期限")
    document = short_text("来函名称", required=False)
    wants_report = forms.BooleanField(label="办结前须向转办机关报送办理情况", required=False, initial=True)


class ReportForm(PlainForm):
    """The report back to the body that referred it."""

    referral_id = choice("哪一份转办", [], blank="")
    text = long_text("办理情况", rows=5)
    document = short_text("报送文书", required=False)

    def __init__(self, *args: Any, referrals: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["referral_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = referrals
