"""What the asker may see: every other selector starts here."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from xiaobao.base.people.values import STEP, path_range
from xiaobao.base.statements import Given, Statement
from xiaobao.duties.complaints.domain.access import READERS
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.errors import NotAllowed, NotFound
from xiaobao.kernel.identity import Actor

WAITING = Q(is_paused=False) & ~Q(stage=Stage.REPLIED, told_on__isnull=False)
"""Open complaints whose clock still runs: neither paused nor answered with proof."""


def visible(actor: Actor) -> QuerySet[Complaint]:
    """Complaints of the asker's subtree: complained-of unit, or main handling unit, lies in it.

    Raises: NotAllowed for a post that reads no complaints.
    """
    may_read(actor)
    return Complaint.objects.filter(within_scope(actor.scope))


def may_read(actor: Actor) -> None:
    """Nothing for a post that reads complaints. Raises: NotAllowed."""
    if not actor.has(*READERS):
        raise NotAllowed("complaint.read.not_allowed")


def within_scope(scope: str) -> Q:
    """The predicate of a subtree; the whole bank needs none, so that its indexes serve as they are."""
    return Q() if is_whole_bank(scope) else between(*path_range(scope))


def is_whole_bank(scope: str) -> bool:
    """Whether the scope is the head office's path, or nobody's."""
    return len(scope) <= STEP and scope != "z"


def between(low: Any, high: Any) -> Q:
    """Complained-of unit, or main handling unit, between the bounds of a subtree."""
    return Q(org_path__gte=low, org_path__lt=high) | Q(handling_path__gte=low, handling_path__lt=high)


def inside(row: Complaint, scope: str) -> bool:
    """What `within_scope` says, of a row in hand."""
    low, high = path_range(scope)
    return is_whole_bank(scope) or low <= row.org_path < high or low <= row.handling_path < high


def complaint_row(actor: Actor, complaint_id: int, *, lock: bool = False) -> Complaint:
    """The table row with unit and handler, if the asker may see it; locked on wish.

    Raises: NotFound `complaint.missing`, whether it is absent or not theirs.
    """
    if not actor.has(*READERS):
        raise NotFound("complaint.missing")
    found = (_LOCKED if lock else _ROW).first(pk=complaint_id)
    if found is None or not inside(found, actor.scope):
        raise NotFound("complaint.missing")
    return found


def _row() -> QuerySet[Complaint]:
    """Every page and every command begins here: one row needs no order and no limit."""
    rows = Complaint.objects.filter(pk=Given("pk")).order_by()
    return rows.select_related("org", "handler", "handling_org")


_ROW = Statement(_row)
_LOCKED = Statement(lambda: _row().select_for_update(of=("self",)))
_NUMBERED = Statement(lambda: Complaint.objects.filter(no=Given("no")).only("org_path", "handling_path"))


def number_seen(actor: Actor, no: str) -> bool:
    """Whether the asker may see the complaint of this number, and so its files."""
    if not actor.has(*READERS):
        return False
    row = _NUMBERED.first(no=no)
    return row is not None and inside(row, actor.scope)
