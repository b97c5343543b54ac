"""When the bank moves a unit in its tree, the complaints' paths follow."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from xiaobao.base.audit import services as audit
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.services.indexing import complaints_reindex
from xiaobao.kernel.identity import Actor


@transaction.atomic
def complaints_follow_move(*, actor: Actor, old: str, new: str) -> int:
    """How many complaints followed a unit from path `old` to `new`, findable there; a second call finds none."""
    moved = 0
    for column in ("org_path", "handling_path"):
        rows = Complaint.objects.filter(**{f"{column}__startswith": old})
        moved += rows.update(**{column: Concat(Value(new), Substr(F(column), len(old) + 1))})
    if moved:
        complaints_reindex(path=new)
        audit.record(
            actor=actor,
            tag="complaints:complaint:move",
            object_id=new,
            org_path=new,
            before={"path": old},
            after={"path": new, "complaints": moved},
        )
    return moved
