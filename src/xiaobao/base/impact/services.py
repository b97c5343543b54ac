"""Writes: a changed law gives a task for each thing that leans on it; it closes by a re-reading or a new version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from xiaobao.base.audit.services import record
from xiaobao.base.impact.access import demand
from xiaobao.base.impact.models import Owner, Review, ReviewState
from xiaobao.base.impact.owners import MAY_OWN, owner_of, room_of, scope_of_words
from xiaobao.base.impact.selectors import is_renewed, touched_by
from xiaobao.base.impact.values import READ_AGAIN, Touched
from xiaobao.base.inbox.services import task_close, task_open, task_reassign
from xiaobao.base.law import selectors as law
from xiaobao.base.law.values import Diff
from xiaobao.base.people.selectors import user_active
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.kernel.roles import Role

KIND = "impact"
LEAST_NOTE = 6
# A law is read again within this many days, and before it binds where it is still to come.
READING_DAYS = 30


@transaction.atomic
def impact_open(*, actor: Actor, code: str, old: str, new: str) -> list[Review]:
    """The reviews of a change, made where they are not yet there; each has a task, a journal entry, an owner.

    A thing whose places are all the same is not read again; one whose rule cites the new text is closed at once.
    Raises: NotAllowed `impact.open`; InvalidInput, NotFound as `law.selectors.diff_get`.
    """
    demand(actor, "open")
    diff = law.diff_get(code, old, new)
    wanted = [one for one in touched_by(diff) if one.kind in READ_AGAIN and one.is_changed]
    known = {
        (one.kind, one.key)
        for one in Review.objects.filter(instrument=code, new_on=diff.new.version.effective_on)
    }
    made = []
    for one in wanted:
        if (one.kind.value, one.key) not in known:
            known.add((one.kind.value, one.key))
            made.append(_make(actor, diff, one))
    return made


def _make(actor: Actor, diff: Diff, one: Touched) -> Review:
    now, owner = ports.now(), owner_of(one.kind.value, one.rule)
    review = Review.objects.create(
        instrument=diff.shelf.code,
        old_on=diff.old.version.effective_on,
        new_on=diff.new.version.effective_on,
        kind=one.kind.value,
        key=one.key[:160],
        title=one.title[:200],
        rule=one.rule,
        places=one.words[:400],
        owner_role=owner.role.value,
        owner=owner.user,
        opened_at=now,
    )
    _record(actor, review, "open")
    if one.renewed:
        _close(actor, review, ReviewState.RENEWED, f"{one.rule} 已有引用新条文的版本")
    else:
        _task(actor, review, diff, now)
    return review


def _task(actor: Actor, review: Review, diff: Diff, now: datetime) -> None:
    owner = owner_of(review.kind, review.rule)
    begins = datetime.combine(review.new_on, datetime.min.time(), ports.now().tzinfo)
    due = (
        min(now + timedelta(days=READING_DAYS), begins)
        if begins > now
        else now + timedelta(days=READING_DAYS)
    )
    task_open(
        actor=actor,
        key=review.task,
        title=f"复核：{review.title}（《{diff.shelf.short}》{review.places}）",
        org_path=owner.org_path,
        due_at=due,
        assignee_id=owner.user.pk if owner.user else None,
        role=owner.role.value,
        link=f"/impact/{review.instrument}/{review.old_on}..{review.new_on}/#review-{review.pk}",
        kind=KIND,
    )


@transaction.atomic
def review_close(*, actor: Actor, review_id: int, note: str) -> Review:
    """The review, closed as read again and the same, by the office or by its named owner; its task closes with it.

    Raises: NotAllowed `impact.close`; NotFound `impact.review.missing`; IllegalStep `impact.review.closed`;
    InvalidInput `impact.review.note` for a note that says too little.
    """
    review = Review.objects.select_for_update().filter(pk=review_id).first()
    if review is None or review.owner_id != actor.user_id or actor.user_id is None:
        demand(actor, "close")
    if review is None:
        raise NotFound("impact.review.missing")
    if review.state != ReviewState.OPEN:
        raise IllegalStep("impact.review.closed", how=ReviewState(review.state).label)
    said = note.strip()
    if len(said) < LEAST_NOTE:
        raise InvalidInput("impact.review.note", field="note", least=LEAST_NOTE)
    _close(actor, review, ReviewState.SAME, said[:500])
    return review


@transaction.atomic
def owner_name(*, actor: Actor, scope: str, username: str) -> Owner | None:
    """The person named for a room or a rule; an empty user name gives it back to the post.

    Open re-readings go over to the new owner with their tasks. Raises: NotAllowed `impact.own`; InvalidInput
    `impact.owner.scope`, `impact.owner.user`, `impact.owner.role`.
    """
    demand(actor, "own")
    asked, name, scope = scope, username.strip(), scope_of_words(scope)
    if not scope:
        raise InvalidInput("impact.owner.scope", field="scope", scope=asked)
    before = Owner.objects.select_for_update().filter(scope=scope).select_related("user").first()
    former = before.user.username if before else ""
    user = user_active(name) if name else None
    if name and user is None:
        raise InvalidInput("impact.owner.user", field="username", username=name)
    if user is not None and not MAY_OWN & {Role(one) for one in user.roles}:
        raise InvalidInput("impact.owner.role", field="username", name=user.display_name)
    Owner.objects.filter(scope=scope).delete()
    made = None
    if user is not None:
        made = Owner.objects.create(scope=scope, user=user, set_at=ports.now(), set_by=actor.name)
    record(
        actor=actor, tag="impact:owner:name", object_id=scope, org_path="",
        before={"username": former}, after={"username": name},
    )  # fmt: skip
    _hand_over(actor, scope)
    return made


def _hand_over(actor: Actor, scope: str) -> None:
    """Open re-readings of the scope go to whoever owns them now."""
    for review in Review.objects.filter(state=ReviewState.OPEN).order_by("pk"):
        if scope not in (review.rule, room_of(review.rule)):
            continue
        owner = owner_of(review.kind, review.rule)
        review.owner_role, review.owner = owner.role.value, owner.user
        review.save(update_fields=["owner_role", "owner"])
        task_reassign(
            actor=actor,
            key=review.task,
            assignee_id=owner.user.pk if owner.user else None,
            role=owner.role.value,
            org_path=owner.org_path,
        )


def _close(actor: Actor, review: Review, state: ReviewState, note: str) -> None:
    before = {"state": str(review.state)}
    review.state, review.note = state, note
    review.closed_at, review.closed_by = ports.now(), actor.name
    review.save()
    task_close(actor=actor, key=review.task)
    _record(actor, review, "close", before)


def _record(actor: Actor, review: Review, verb: str, before: Mapping[str, Any] | None = None) -> None:
    after = {"state": str(review.state), "kind": review.kind, "key": review.key, "places": review.places}
    change = f"{review.instrument}@{review.old_on}..{review.new_on}"
    record(
        actor=actor,
        tag=f"impact:review:{verb}",
        object_id=review.pk,
        org_path="",
        before=before,
        after={**after, "change": change},
        rules=(review.rule,),
        reason=review.note,
    )


def reviews_renew(now: datetime) -> dict[str, int]:
    """How many open reviews were closed because their rule has a version citing the new text. Idempotent."""
    closed = 0
    actor = system_actor("规则册")
    for review in Review.objects.filter(state=ReviewState.OPEN).order_by("pk"):
        if is_renewed(review.rule, review.instrument, review.new_on.isoformat()):
            with transaction.atomic():
                _close(actor, review, ReviewState.RENEWED, f"{review.rule} 已有引用新条文的版本")
            closed += 1
    return {"renewed": closed}


def law_replaced(payload: Mapping[str, Any], key: str) -> None:
    """An imported text that follows one held before: its reviews are opened."""
    impact_open(
        actor=system_actor("法规更新"),
        code=str(payload["instrument"]),
        old=date.fromisoformat(payload["old"]).isoformat(),
        new=date.fromisoformat(payload["new"]).isoformat(),
    )
