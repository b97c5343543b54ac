"""Days between two dates, the same on both databases."""

from __future__ import annotations

from typing import Any

from django.db.models import FloatField, Func


class DaysBetween(Func):
    """Whole days from the second date to the first."""

    output_field = FloatField()
    template = "(%(expressions)s)"
    arg_joiner = " - "

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite keeps dates as text: the difference of two day numbers."""
        parts = [compiler.compile(one) for one in self.get_source_expressions()]
        sql = " - ".join(f"julianday({part})" for part, _ in parts)
        return f"({sql})", [param for _, params in parts for param in params]


def days_between(late: str, early: str) -> DaysBetween:
    """Days from the column `early` to the column `late`."""
    return DaysBetween(late, early)
