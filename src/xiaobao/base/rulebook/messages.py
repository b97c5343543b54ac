"""What each refusal of this room says: what happened, why, what to do next."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "rulebook.dates_reversed": "{first} 晚于 {last}：起止日期颠倒了，请把较早的一天填在前面。",
    "rulebook.unknown": "没有编号为“{asked}”的规则。请核对编号，或者在规则册里查找。",
    "rulebook.version": "{name}没有 {version} 起的版本；已有版本：{held}。",
    "rulebook.calculator": "没有名为“{asked}”的计算器。请在计算器页面挑选。",
    "rulebook.day": "“{text}”不是日期，应写作 2026-01-10。",
}
