"""Whether the index is in the format this code reads, and making it so again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction

from xiaobao.base.search import grams
from xiaobao.base.search.models import Document, IndexFormat

BATCH = 500
_SQLITE = "UPDATE search_document SET tokens = %s WHERE id = %s AND body = %s"
_POSTGRES = "UPDATE search_document SET tokens = array_to_tsvector(%s) WHERE id = %s AND body = %s"


def is_stale() -> bool:
    """Whether the tokens were made in another format than this code asks for. One statement."""
    numbers = set(IndexFormat.objects.values_list("number", flat=True))
    return bool(numbers - {grams.FORMAT})


def renew_if_stale(now: datetime) -> Mapping[str, int]:
    """`renewed`: texts whose tokens were made anew. A later format is left to the later version of the product."""
    if not IndexFormat.objects.filter(number__lt=grams.FORMAT).exists():
        return {"renewed": 0}
    done = last = 0
    while rows := list(Document.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        with transaction.atomic():
            for row in rows:
                _renew(row)
        last, done = rows[-1].pk, done + len(rows)
    IndexFormat.objects.update(number=grams.FORMAT)
    return {"renewed": done}


def _renew(row: Document) -> None:
    words = grams.tokens(row.body) + grams.places(row.kind, row.org_path)
    is_postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        # Somebody who put the text anew meanwhile wins.
        cursor.execute(
            _POSTGRES if is_postgres else _SQLITE,
            [words if is_postgres else " ".join(words), row.pk, row.body],
        )
