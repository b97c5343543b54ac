"""What the asker may see: every other selector starts here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from xiaobao.base.people.values import STEP, path_range
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
    if not actor.has(*READERS):
        raise NotAllowed("complaint.read.not_allowed")
    return Complaint.objects.filter(within_scope(actor.scope))


def within_scope(scope: str) -> Q:
    """The predicate of a subtree; the whole bank needs none, so that its indexes serve as they are."""
    if len(scope) <= STEP and scope != "z":
        return Q()
    low, high = path_range(scope)
    return Q(org_path__gte=low, org_path__lt=high) | Q(handling_path__gte=low, handling_path__lt=high)


def complaint_row(actor: Actor, complaint_id: int, *, lock: bool = False) -> Complaint:
    """The table row with unit and handler, if the asker may see it; locked on wish.

    Raises: NotFound `complaint.missing`, whether it is absent or not theirs.
    """
    if not actor.has(*READERS):
        raise NotFound("complaint.missing")
    rows = Complaint.objects.filter(within_scope(actor.scope), pk=complaint_id)
    rows = rows.select_related("org", "handler", "handling_org")
    if lock:
        rows = rows.select_for_update(of=("self",))
    # Every command begins here: one row needs no order and no limit, which cost a third of the call.
    found = next(iter(rows.order_by()), None)
    if found is None:
        raise NotFound("complaint.missing")
    return found


def number_seen(actor: Actor, no: str) -> bool:
    """Whether the asker may see the complaint of this number, and so its files."""
    return actor.has(*READERS) and Complaint.objects.filter(within_scope(actor.scope), no=no).exists()
