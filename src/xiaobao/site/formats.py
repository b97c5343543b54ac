"""How dates, moments and counts are written on every screen."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from xiaobao.kernel import ports

WEEKDAYS = "一二三四五六日"


def day(value: date | None) -> str:
    """2026-11-23, or a dash for nothing."""
    return value.isoformat() if value else "—"


def moment(value: datetime | None) -> str:
    """2026-11-23 09:05 on Shanghai's clock, or a dash."""
    return f"{ports.local(value):%Y-%m-%d %H:%M}" if value else "—"


def deadline(value: datetime | None) -> str:
    """A deadline's moment: midnight belongs to the day it ends, 2026-11-22 24:00; or a dash."""
    if value is None:
        return "—"
    local = ports.local(value)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{local - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{local:%Y-%m-%d %H:%M}"


def short_moment(value: datetime | None) -> str:
    """11-23 09:05 in the running year, the whole date in any other, or a dash."""
    if value is None:
        return "—"
    local = ports.local(value)
    return f"{local:%m-%d %H:%M}" if local.year == ports.today().year else f"{local:%Y-%m-%d %H:%M}"


def long_day(value: date) -> str:
    """2026 年 11 月 23 日 星期一."""
    return f"{value.year} 年 {value.month} 月 {value.day} 日 星期{WEEKDAYS[value.weekday()]}"


def count(value: int) -> str:
    """1,234."""
    return f"{value:,}"


def file_size(value: int) -> str:
    """Bytes as B, KB or MB with at most one decimal.

    >>> file_size(812), file_size(34_900), file_size(3_400_000)
    ('812 B', '34 KB', '3.2 MB')
    """
    if value < 1024:
        return f"{value} B"
    return f"{value // 1024} KB" if value < 1024**2 else f"{value / 1024**2:.1f} MB"
