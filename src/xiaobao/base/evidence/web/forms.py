"""The plain upload form other rooms include; what the file is, the service finds out."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from xiaobao.base.evidence.messages import MESSAGES
from xiaobao.base.evidence.uploading import told_to_browser


class UploadForm(forms.Form):
    """One file and what kind of material it is; `kinds` are pairs (value, label) of the including room."""

    kind = forms.ChoiceField(label="材料类型")
    file = forms.FileField(
        label="文件",
        allow_empty_file=True,
        error_messages={"required": MESSAGES["evidence.no_file"], "missing": MESSAGES["evidence.no_file"]},
        widget=forms.FileInput(attrs=told_to_browser()),
    )

    def __init__(self, *args: object, kinds: Iterable[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
