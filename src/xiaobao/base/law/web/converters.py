"""What may stand in an address of the library: a code, a day, two days, an article."""

from __future__ import annotations

from django.urls.converters import StringConverter


class Code(StringConverter):
    """N00, CC."""

    regex = r"[A-Z]{1,3}[0-9]{0,3}"


class Day(StringConverter):
    """2020-03-01."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Span(StringConverter):
    """2017-06-01..2026-01-01."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Article(StringConverter):
    """18, 253-1."""

    regex = r"[1-9][0-9]{0,3}(?:-[1-9][0-9]?)?"
