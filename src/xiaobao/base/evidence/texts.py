"""Plain text: readable in one of the office's two encodings, and nothing a browser would run."""

from __future__ import annotations

from xiaobao.kernel.errors import InvalidInput

ENCODINGS = ("utf-8-sig", "gb18030")
_ALLOWED = {"\t", "\n", "\r", "\f"}


def check(data: bytes) -> None:
    """Raises: InvalidInput `evidence.text_encoding` or `evidence.text_control`."""
    text = _decoded(data)
    if any(sign < " " and sign not in _ALLOWED for sign in text):
        raise InvalidInput("evidence.text_control", field="file")


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput("evidence.text_encoding", field="file")
