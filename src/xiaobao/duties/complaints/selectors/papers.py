"""All papers of some complaints in one statement: a UNION of JSON rows, the same on both databases."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection, models

from xiaobao.duties.complaints.models import (
    Assignment,
    ClockEvent,
    Decision,
    Event,
    Extension,
    Note,
    Party,
    Recheck,
    Referral,
    Reply,
)

Paper = dict[str, Any]
Papers = dict[str, tuple[Paper, ...]]

TABLES: dict[str, type[models.Model]] = {
    "parties": Party,
    "referrals": Referral,
    "assignments": Assignment,
    "notes": Note,
    "decisions": Decision,
    "replies": Reply,
    "extensions": Extension,
    "rechecks": Recheck,
    "clock_events": ClockEvent,
}
TIMELINE: dict[str, type[models.Model]] = {"events": Event}
HIDDEN = frozenset({"name_sealed", "phone_sealed", "phone_index", "id_sealed", "id_index"})


def papers_of(complaint_ids: Sequence[int], *, timeline: bool = False) -> dict[int, Papers]:
    """The papers of each complaint by name, oldest first; sealed columns never leave the table."""
    if not complaint_ids:
        return {}
    sql = _sql(connection.vendor, timeline, len(complaint_ids))
    parts = len(TABLES) + (1 if timeline else 0)
    found: dict[int, dict[str, list[Paper]]] = {pk: defaultdict(list) for pk in complaint_ids}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*complaint_ids] * parts)
        for kind, complaint_id, _, body in cursor.fetchall():
            found[complaint_id][kind].append(_decode(kind, body))
    return {pk: {kind: _ordered(rows) for kind, rows in papers.items()} for pk, papers in found.items()}


def _ordered(rows: list[Paper]) -> tuple[Paper, ...]:
    return tuple(sorted(rows, key=lambda row: row["id"]))


@cache
def _sql(vendor: str, timeline: bool, count: int) -> str:
    tables = {**TABLES, **(TIMELINE if timeline else {})}
    return " UNION ALL ".join(_select(vendor, kind, model, count) for kind, model in tables.items())


def _select(vendor: str, kind: str, model: type[models.Model], count: int) -> str:
    build = "jsonb_build_object" if vendor == "postgresql" else "json_object"
    pairs = ", ".join(f"'{field.attname}', \"{field.column}\"" for field in _fields(model))
    text = f"{build}({pairs})::text" if vendor == "postgresql" else f"{build}({pairs})"
    marks = ", ".join(["%s"] * count)
    # Only names of our own tables and columns are put together here; every value is a parameter.
    return (
        f"SELECT '{kind}' AS kind, complaint_id, id, {text} AS body"  # noqa: S608
        f" FROM {model._meta.db_table} WHERE complaint_id IN ({marks})"
    )


@cache
def _fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    return tuple(field for field in model._meta.concrete_fields if field.attname not in HIDDEN)


@cache
def _readers(kind: str) -> tuple[tuple[str, Any], ...]:
    model = (TABLES | TIMELINE)[kind]
    readers = {
        models.DateTimeField: _moment,
        models.DateField: _day,
        models.JSONField: _json,
        models.BooleanField: bool,
    }
    return tuple((field.attname, readers[type(field)]) for field in _fields(model) if type(field) in readers)


def _decode(kind: str, body: str) -> Paper:
    row: Paper = json.loads(body)
    for name, read in _readers(kind):
        if row[name] is not None:
            row[name] = read(row[name])
    return row


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
