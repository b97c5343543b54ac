"""The words of the annual figures in the journal."""

from __future__ import annotations

MESSAGES: dict[str, str] = {}

TRAIL = {"figures:figure": "年报数字", "figures:figure:freeze": "定稿"}
TRAIL_FIELDS = {"revision": "第几次定稿", "value": "数值", "members": "成员数", "digest": "摘要"}
