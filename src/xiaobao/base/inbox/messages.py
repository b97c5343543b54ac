"""What each refusal of this room says."""

from __future__ import annotations

from xiaobao.kernel.roles import Role

MESSAGES: dict[str, str] = {
    "inbox.task.missing": "没有找到该待办，或不在您的查看范围内。",
    "inbox.reminder.missing": "没有找到该消息，或不是发给您的。",
}

TRAIL = {
    "inbox:task": "待办",
    "inbox:task:open": "建立",
    "inbox:task:close": "关闭",
    "inbox:task:move": "移交",
    "inbox:task:reassign": "改派",
    "inbox:task:escalate": "提醒与升级",
    "inbox:reminder": "消息",
    "inbox:reminder:read": "已读",
}
TRAIL_FIELDS = {
    "title": "标题",
    "link": "链接",
    "assignee": "经办人编号",
    "role": "岗位",
    "opened_at": "开始",
    "due_at": "到期",
    "state": "状态",
    "step": "提醒档（百分比）",
    "told": "提醒了谁",
    "count": "件数",
}

TRAIL_TERMS = {"state": {"open": "待办", "closed": "已关闭"}, "role": dict(Role.choices())}
