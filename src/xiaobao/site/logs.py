"""A log filter that masks personal data and keeps every record on one line."""

from __future__ import annotations

import logging

from xiaobao.kernel.masks import mask_text


class MaskedFilter(logging.Filter):
    """Masks numbers of persons in the finished message and removes line breaks (log forging)."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record in place; always lets it through."""
        text = mask_text(record.getMessage())
        record.msg = text.replace("\r", "\\r").replace("\n", "\\n")
        record.args = None
        return True
