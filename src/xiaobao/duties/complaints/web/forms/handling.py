"""Forms of the work: assign, investigate, code, propose, approve or return."""

from __future__ import annotations

from typing import Any

from django import forms

from xiaobao.duties.complaints.domain.values import MAX_REASON, Liability, RedressKind
from xiaobao.duties.complaints.web.forms.intake import code_choices
from xiaobao.duties.complaints.web.forms.plain import (
    FilesField,
    PlainForm,
    choice,
    day,
    long_text,
    short_text,
)


class AssignForm(PlainForm):
    """To whom; both empty lets the routing decide (recusal first, then the lowest load)."""

    handler = choice("经办人", [], required=False, blank="自动：回避后取负荷最低的经办人")
    unit_code = choice("主办机构", [], required=False, blank="按责任机构自动确定")
    assisting = short_text("协办机构代码", required=False, help_text="多个用逗号分开")
    reason = long_text("分派说明", required=False, rows=2, limit=MAX_REASON)

    def __init__(
        self, *args: Any, handlers: list[tuple[str, str]], units: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in (("handler", handlers), ("unit_code", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*list(field.choices)[:1], *pairs]  # type: ignore[arg-type]


class InvestigateForm(PlainForm):
    """One step of the investigation and the evidence it left."""

    text = long_text("调查情况", rows=5)
    attachments = FilesField(label="证据", required=False)
    none_because = short_text("没有证据的原因", required=False, help_text="不上传证据时必填")


class CodeForm(PlainForm):
    """The three facets of JR/T 0169."""

    channel_code = choice("业务办理渠道", code_choices("A"))
    business_code = choice("业务类别", code_choices("B"))
    reason_code = choice("投诉原因", code_choices("C"))


class ProposeForm(PlainForm):
    """A proposed decision."""

    findings = long_text("核实情况", rows=5)
    liability = choice("责任认定", Liability.choices())
    legal_basis = long_text("依据和理由", rows=3, help_text="法规、合同条款、本行制度")
    outcome = long_text("处理意见", rows=3)
    redress = choice("补偿方式", RedressKind.choices(), blank="")
    redress_yuan = short_text("补偿金额（元）", required=False, limit=30, inputmode="decimal")
    redress_due_on = day("计划支付日", required=False)


class OpinionForm(PlainForm):
    """An opinion: approve, return, grant, deny."""

    opinion = long_text("意见", rows=3, limit=MAX_REASON)
