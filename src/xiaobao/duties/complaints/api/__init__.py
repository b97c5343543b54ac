"""The room over JSON: the same commands and lists as the pages (`site/api.py` mounts the router)."""

from __future__ import annotations

from xiaobao.duties.complaints.api import commands, reads
from xiaobao.duties.complaints.api.gate import router

__all__ = ["commands", "reads", "router"]
