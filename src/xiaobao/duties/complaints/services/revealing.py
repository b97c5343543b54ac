"""Seeing a party, or the numbers in a text, in clear: with a reason, on record, within the hourly limit."""

from __future__ import annotations

from functools import partial

from xiaobao.base.people.services.reveal import reveal_record
from xiaobao.base.people.vault import open_sealed
from xiaobao.duties.complaints.domain.access import REVEALERS
from xiaobao.duties.complaints.domain.masking import has_numbers
from xiaobao.duties.complaints.models import Party
from xiaobao.duties.complaints.selectors.dossiers import clear_texts
from xiaobao.duties.complaints.selectors.scope import complaint_row
from xiaobao.kernel.errors import NotAllowed, NotFound
from xiaobao.kernel.identity import Actor


def party_reveal(*, actor: Actor, complaint_id: int, party_id: int, reason: str) -> dict[str, str]:
    """Clear `name`, `phone`, `id_number` of one party; the look is in the audit trail, the values are not.

    Raises: NotAllowed (post, or the hourly limit), NotFound, InvalidInput for too short a reason.
    """
    row = complaint_row(actor, complaint_id)
    if not actor.has(*REVEALERS):
        raise NotAllowed("complaint.reveal.not_allowed")
    party = Party.objects.filter(complaint=row, pk=party_id).first()
    if party is None:
        raise NotFound("complaint.missing")
    sealed = {"name": party.name_sealed, "phone": party.phone_sealed, "id_number": party.id_sealed}
    return reveal_record(
        actor=actor,
        object_tag="complaints:party",
        object_id=party.pk,
        org_path=row.org_path,
        fields={name: partial(open_sealed, text) for name, text in sealed.items() if text},
        reason=reason,
    )


def text_reveal(*, actor: Actor, complaint_id: int, reason: str) -> dict[str, str]:
    """Those free texts of a complaint and its papers that hold masked numbers, in clear, by what they are.

    `{}` when none does: then nothing is recorded. Raises: as `party_reveal`.
    """
    row = complaint_row(actor, complaint_id)
    if not actor.has(*REVEALERS):
        raise NotAllowed("complaint.reveal.not_allowed")
    texts = {label: text for label, text in clear_texts(row).items() if has_numbers(text)}
    if not texts:
        return {}
    return reveal_record(
        actor=actor,
        object_tag="complaints:complaint",
        object_id=row.pk,
        org_path=row.org_path,
        fields={label: partial(str, text) for label, text in texts.items()},
        reason=reason,
    )
