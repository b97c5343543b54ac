"""What may stand in an address of the rule book."""

from __future__ import annotations

from django.urls.converters import StringConverter


class RuleId(StringConverter):
    """CMP-003."""

    regex = r"[A-Z]{2,4}-[0-9]{3}"


class CalculatorName(StringConverter):
    """complaint-clock."""

    regex = r"[a-z][a-z0-9_-]*"
