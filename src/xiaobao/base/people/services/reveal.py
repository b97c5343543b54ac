"""Looking at masked personal data: with a reason, on the record, and not without end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from xiaobao.base.audit import services as audit
from xiaobao.base.people.access import require
from xiaobao.base.people.models import Reveal
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.identity import Actor

MIN_REASON = 5


@transaction.atomic
def reveal_record(
    *,
    actor: Actor,
    object_tag: str,
    object_id: str | int,
    org_path: str,
    fields: Mapping[str, Callable[[], str]],
    reason: str,
) -> dict[str, str]:
    """Clear values of `fields` (name -> how to read it), once the look stands in the journal.

    `object_tag` is `room:object`, such as `complaints:party`; the journal gets
    `<object_tag>:reveal` with the names of the fields, never their values.
    Raises: NotFound outside the actor's scope; InvalidInput for a reason shorter than five
    characters; NotAllowed past the hourly limit.
    """
    require(actor, "record:reveal")
    if not actor.sees(org_path):
        raise NotFound(f"{object_tag.partition(':')[0]}.missing")
    reason = reason.strip()
    if len(reason) < MIN_REASON:
        raise InvalidInput("people.reveal.no_reason", field="reason")
    _check_limit(actor)
    names = sorted(fields)
    Reveal.objects.create(
        user_id=actor.user_id,
        object_tag=object_tag,
        object_id=str(object_id),
        fields=names,
        reason=reason[:400],
    )
    audit.record(
        actor=actor,
        tag=f"{object_tag}:reveal",
        object_id=object_id,
        org_path=org_path,
        after={"fields": names},
        rules=("PI-014",),
        reason=reason,
    )
    return {name: read() for name, read in fields.items()}


def _check_limit(actor: Actor) -> None:
    since = ports.now() - timedelta(hours=1)
    looks = Reveal.objects.filter(user_id=actor.user_id or 0, at__gt=since).count()
    if looks >= settings.REVEALS_AN_HOUR:
        raise NotAllowed("people.reveal.too_many", limit=settings.REVEALS_AN_HOUR)
