"""The words of the outbox in the journal."""

from __future__ import annotations

MESSAGES: dict[str, str] = {}

TRAIL = {"events:delivery": "事件投递", "events:delivery:retry": "重新投递"}
TRAIL_FIELDS = {"handler": "接收方", "attempts": "已试次数"}
