"""After the vault has a new key: what this room keeps sealed moves over to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from xiaobao.base.audit import services as audit
from xiaobao.base.people.vault import current_prefix, reseal
from xiaobao.duties.complaints.models import Draft, Party
from xiaobao.kernel.identity import Actor

BATCH = 200
SEALED: dict[type[models.Model], tuple[str, ...]] = {
    Party: ("name_sealed", "phone_sealed", "id_sealed"),
    Draft: ("sealed",),
}


def sealed_renew(*, actor: Actor) -> int:
    """How many rows moved to the newest key; 0 when all are there. A second call moves none.

    Rows are taken in batches of 200, each its own transaction, so that a stop in the middle
    loses nothing. Raises: NotConfigured `people.vault.unreadable` when an old key is lost.
    """
    moved = 0
    for model, columns in SEALED.items():
        for rows in _batches(model, columns):
            moved += _renew(model, columns, rows)
    if moved:
        with transaction.atomic():
            audit.record(
                actor=actor,
                tag="complaints:party:reseal",
                object_id=current_prefix(),
                org_path=actor.org_path,
                after={"rows": moved},
            )
    return moved


def _batches(model: type[Any], columns: tuple[str, ...]) -> Iterator[list[Any]]:
    """Rows with a column still sealed under an older key."""
    prefix, last = current_prefix(), 0
    stale = Q()
    for column in columns:
        stale |= ~Q(**{column: ""}) & ~Q(**{f"{column}__startswith": prefix})
    while rows := list(model.objects.filter(stale, pk__gt=last).order_by("pk")[:BATCH]):
        yield rows
        last = rows[-1].pk


@transaction.atomic
def _renew(model: type[Any], columns: tuple[str, ...], rows: list[Any]) -> int:
    """Write each row's columns under the newest key, unless somebody changed the row meanwhile."""
    done = 0
    for row in rows:
        before = {column: getattr(row, column) for column in columns}
        after = {column: reseal(text) for column, text in before.items()}
        done += model.objects.filter(pk=row.pk, **before).update(**after)
    return done
