"""Forms of the pages on people: parse, never decide."""

from __future__ import annotations

from typing import Any

from django import forms

from xiaobao.base.people.messages import sentence
from xiaobao.base.people.values import OrgKind
from xiaobao.base.refusals.forms import speak
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.kernel.roles import Role

GRANTABLE = [(role.value, role.label) for role in Role if role is not Role.SYSTEM]


class Plain(forms.Form):
    """Controls in the product's look, sentences that name the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxSelectMultiple | forms.HiddenInput):
                field.widget.attrs.setdefault("class", "in")
        speak(self)

    def refuse(self, error: InvalidInput | NotFound) -> None:
        """Keep what was typed and show the refusal beside its field."""
        name = error.field if isinstance(error, InvalidInput) else ""
        if error.code == "people.org.missing":
            name = next((key for key in ("org_code", "parent_code") if key in self.fields), "")
        self.add_error(name if name in self.fields else None, sentence(error))


class UserForm(Plain):
    """A new account."""

    username = forms.CharField(label="用户名", max_length=64, help_text="英文字母、数字和 . _ -，不分大小写")
    display_name = forms.CharField(label="姓名", max_length=64)
    org_code = forms.CharField(label="机构编码", max_length=32, help_text="所在机构的编码，可在机构树中查到")


class RolesForm(Plain):
    """The roles of one account."""

    roles = forms.MultipleChoiceField(
        label="角色", choices=GRANTABLE, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="事由", max_length=200, min_length=2, help_text="例如：岗位调整通知的文号")


class ReasonForm(Plain):
    """A step that needs a reason."""

    reason = forms.CharField(label="事由", max_length=200, min_length=2)


class OrgForm(Plain):
    """A new unit."""

    code = forms.CharField(label="机构编码", max_length=32)
    name = forms.CharField(label="机构名称", max_length=120)
    kind = forms.ChoiceField(
        label="机构类型", choices=[pair for pair in OrgKind.choices() if pair[0] != OrgKind.HEAD_OFFICE]
    )
    parent_code = forms.CharField(label="上级机构编码", max_length=32)


class RenameForm(Plain):
    """A new name for a unit."""

    name = forms.CharField(label="机构名称", max_length=120)


class MoveForm(Plain):
    """A new place for a unit."""

    parent_code = forms.CharField(label="新的上级机构编码", max_length=32)


class FilterForm(forms.Form):
    """What the list of accounts is narrowed by; anything unreadable counts as not chosen."""

    q = forms.CharField(required=False, max_length=64)
    role = forms.ChoiceField(required=False, choices=[("", "全部角色"), *GRANTABLE])
    state = forms.ChoiceField(required=False, choices=[("", "在用"), ("off", "已停用"), ("all", "全部")])
    org = forms.CharField(required=False, max_length=64)
    after = forms.CharField(required=False, max_length=64)

    def wanted(self) -> dict[str, str]:
        """The readable choices."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") or "" for name in self.fields}
