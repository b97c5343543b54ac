"""Refusals of a web form in the house's words: field, rule and remedy, never the framework's own."""

from __future__ import annotations

from django import forms

WORDS: dict[str, str] = {
    "required": "请填写“{label}”（必填项）。",
    "invalid_choice": "“{label}”只能填列表中的值。请从列表里选择。",
    "invalid_list": "“{label}”只能填列表中的值。请从列表里选择。",
    "max_length": "“{label}”最多 %(limit_value)d 字，现有 %(show_value)d 字（规则：字数上限）。请删减后再提交。",
    "min_length": "“{label}”至少 %(limit_value)d 字，现有 %(show_value)d 字（规则：字数下限）。请写得更具体些。",
    "max_value": "“{label}”不能大于 %(limit_value)s。请改填。",
    "min_value": "“{label}”不能小于 %(limit_value)s。请改填。",
    "null_characters_not_allowed": "“{label}”含有空字节（规则：文字须可见）。请删除后重填，或改用纯文本粘贴。",
}
NUMBER = "“{label}”必须是整数。请只填数字，例如 3。"
DAY = "“{label}”不是日历上的日期。请按 2026-11-23 的样子填写。"


def speak(form: forms.Form) -> None:
    """Every field of the form refuses in the house's sentences; what a field words itself stays."""
    for field in form.fields.values():
        own = _own_words(field)
        for code, sentence in (WORDS | _by_kind(field)).items():
            if code not in own:
                field.error_messages[code] = sentence.format(label=field.label)


def _by_kind(field: forms.Field) -> dict[str, str]:
    if isinstance(field, forms.IntegerField):
        return {"invalid": NUMBER}
    return {"invalid": DAY} if isinstance(field, forms.DateField) else {}


def _own_words(field: forms.Field) -> set[str]:
    """Codes this field was given a sentence for, beyond those of the framework's classes."""
    usual: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            usual |= getattr(kind, "default_error_messages", {})
    return {code for code, words in field.error_messages.items() if words != usual.get(code)}
