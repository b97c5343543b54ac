"""What each refusal of this room says."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "inbox.task.missing": "没有找到该待办，或不在您的查看范围内。",
    "inbox.reminder.missing": "没有找到该消息，或不是发给您的。",
}
