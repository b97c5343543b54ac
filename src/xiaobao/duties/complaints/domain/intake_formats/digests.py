"""The fingerprint of what a source says about one complaint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime


def body_digest(words: Mapping[str, str], moments: Iterable[tuple[str, datetime | None]]) -> str:
    """64 hexadecimal digits over the words and moments; empty ones count for nothing.

    Moments enter as moments, so a file that was saved again with another way of writing
    dates keeps its fingerprint.

    >>> body_digest({"a": "1", "b": ""}, []) == body_digest({"a": "1"}, [])
    True
    """
    told = {name: text for name, text in words.items() if text}
    told |= {name: moment.isoformat() for name, moment in moments if moment is not None}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
