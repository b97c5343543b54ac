"""The form every form of the room grows from: the house's classes, dates and long texts."""

from __future__ import annotations

from typing import Any

from django import forms

from xiaobao.base.evidence.formats import ALLOWED
from xiaobao.base.evidence.limits import LIMITS, megabytes
from xiaobao.base.evidence.uploading import refused, told_to_browser
from xiaobao.base.refusals.forms import speak
from xiaobao.kernel.masks import half_width


class PlainForm(forms.Form):
    """A form whose controls carry the house's class and whose refusals are the house's sentences."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widget = field.widget
            if not isinstance(
                widget,
                forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.RadioSelect | forms.FileInput,
            ):
                widget.attrs.setdefault("class", "in")
        speak(self)


def short_text(
    label: str, *, required: bool = True, help_text: str = "", limit: int = 200, **attrs: Any
) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, max_length=limit, widget=forms.TextInput(attrs)
    )


def long_text(
    label: str, *, required: bool = True, help_text: str = "", rows: int = 4, limit: int | None = None
) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=limit,
        widget=forms.Textarea({"rows": rows}),
    )


class DayField(forms.DateField):
    """A day typed in any of the usual ways; full-width digits are accepted."""

    input_formats = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")

    def to_python(self, value: Any) -> Any:
        """The day. Raises: ValidationError that shows how to write it."""
        return super().to_python(half_width(value) if isinstance(value, str) else value)


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, typed as 2026-11-23; text, so that every browser shows it the same and in Chinese."""
    return DayField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(
            {"placeholder": "2026-11-23", "inputmode": "numeric", "autocomplete": "off"}, format="%Y-%m-%d"
        ),
    )


def choice(
    label: str,
    choices: list[tuple[str, str]],
    *,
    required: bool = True,
    help_text: str = "",
    blank: str = "请选择",
) -> forms.ChoiceField:
    """One of a list."""
    first = [("", blank)] if blank else []
    return forms.ChoiceField(
        label=label,
        required=required,
        help_text=help_text,
        choices=[*first, *choices],
    )


class ManyFiles(forms.ClearableFileInput):
    """A file control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files as a list; what they are is checked by the evidence room, not here."""

    widget = ManyFiles

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", f"{ALLOWED}；单个不超过 {megabytes(LIMITS.file_bytes)} MB")
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The control tells the browser what will be taken."""
        return {**super().widget_attrs(widget), **told_to_browser()}

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files as a list, possibly empty. Raises: ValidationError for those thrown away as too large."""
        found = data if isinstance(data, list | tuple) else [data] if data else []
        if said := [words for file in found if (words := refused(file))]:
            raise forms.ValidationError(said)
        return [super(FilesField, self).clean(item, initial) for item in found]
