"""What each refusal of this room says: what happened, why, what to do next."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "rulebook.dates_reversed": "{first} 晚于 {last}：起止日期颠倒了，请把较早的一天填在前面。",
    "rulebook.day": "“{text}”不是日期，应写作 2026-01-10。",
}
