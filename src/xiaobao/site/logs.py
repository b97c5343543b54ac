"""A log filter that masks personal data and keeps every record on one line."""

from __future__ import annotations

import logging

from xiaobao.kernel.masks import mask_text

_TRACE = logging.Formatter()


class MaskedFilter(logging.Filter):
    """Masks numbers of persons and removes line breaks (log forging), in the message and in a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record in place; always lets it through."""
        text = mask_text(record.getMessage())
        record.msg = text.replace("\r", "\\r").replace("\n", "\\n")
        record.args = None
        if record.exc_info:
            # A traceback keeps its lines, each marked as belonging to the entry above.
            trace = mask_text(_TRACE.formatException(record.exc_info))
            record.exc_text = trace.replace("\r", "\\r").replace("\n", "\n | ")
        return True
