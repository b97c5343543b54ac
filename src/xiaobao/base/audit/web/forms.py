"""What may be typed on the journal's pages."""

from __future__ import annotations

from django import forms

from xiaobao.base.audit.selectors import Filters

_TEXT = {"class": "in"}
_DAY = {"class": "in", "placeholder": "2026-11-23", "inputmode": "numeric"}


class FilterForm(forms.Form):
    """Narrowing the list; a field that cannot be read is shown as wrong and does not narrow."""

    tag = forms.CharField(label="事项标签", required=False, max_length=80, widget=forms.TextInput(_TEXT))
    actor = forms.CharField(label="操作人", required=False, max_length=80, widget=forms.TextInput(_TEXT))
    object = forms.CharField(label="对象编号", required=False, max_length=80, widget=forms.TextInput(_TEXT))
    since = forms.DateField(label="不早于", required=False, widget=forms.DateInput(_DAY))
    until = forms.DateField(label="不晚于", required=False, widget=forms.DateInput(_DAY))

    def filters(self) -> Filters:
        """The readable fields as filters."""
        self.is_valid()
        typed = self.cleaned_data
        return Filters(
            tag=typed.get("tag", ""),
            actor_name=typed.get("actor", ""),
            object_id=typed.get("object", ""),
            since=typed.get("since"),
            until=typed.get("until"),
        )
