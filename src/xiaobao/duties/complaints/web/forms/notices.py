"""The form of an emergency notice or an internal target."""

from __future__ import annotations

from typing import Any

from django import forms

from xiaobao.duties.complaints.domain.values import MAX_REASON, DayUnit, OverlayKind
from xiaobao.duties.complaints.web.forms.intake import code_choices
from xiaobao.duties.complaints.web.forms.plain import PlainForm, choice, day, long_text, short_text
from xiaobao.kernel.masks import half_width


class DaysField(forms.IntegerField):
    """A number of days; full-width digits are accepted, how many are allowed is the service's to say."""

    def to_python(self, value: Any) -> Any:
        """The number. Raises: ValidationError in the house's words."""
        return super().to_python(half_width(value).strip() if isinstance(value, str) else value)


class NoticeForm(PlainForm):
    """What is tightened, for which receipts, where, and why."""

    number = short_text("文号", limit=80, placeholder="消保应急〔2026〕1号", autocomplete="off")
    kind = choice("类型", OverlayKind.choices(), blank="")
    title = short_text("标题", limit=200)
    amount = DaysField(
        label="办理时限",
        help_text="1 至 60；只会比法定期限更早，不会更晚",
        error_messages={"invalid": "“办理时限”请填整数天数，例如 7"},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    unit = choice("按什么天数", DayUnit.choices(), blank="")
    received_from = day("收到日期起")
    received_until = day("收到日期止", required=False, help_text="留空：一直有效")
    org_path = choice("适用机构", [], required=False, blank="")
    business_prefix = choice("适用业务", code_choices("B"), required=False, blank="全部业务")
    reason = long_text("发布原因", rows=3, limit=MAX_REASON)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["org_path"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = units
