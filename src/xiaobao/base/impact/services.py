"""Writes: a changed law gives a task for each thing that leans on it; it closes by a re-reading or a new version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from xiaobao.base.audit.services import record
from xiaobao.base.impact.access import demand
from xiaobao.base.impact.models import Review, ReviewState
from xiaobao.base.impact.selectors import is_renewed, touched_by
from xiaobao.base.impact.values import READ_AGAIN, Touched
from xiaobao.base.inbox.services import task_close, task_open
from xiaobao.base.law import selectors as law
from xiaobao.base.law.values import Diff
from xiaobao.base.people.selectors import head_path
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
    now = ports.now()
    review = Review.objects.create(
        instrument=diff.shelf.code,
        old_on=diff.old.version.effective_on,
        new_on=diff.new.version.effective_on,
        kind=one.kind.value,
        key=one.key[:160],
        title=one.title[:200],
        rule=one.rule,
        places=one.words[:400],
        opened_at=now,
    )
    _record(actor, review, "open")
    if one.renewed:
        _close(actor, review, ReviewState.RENEWED, f"{one.rule} 已有引用新条文的版本")
    else:
        _task(actor, review, diff, now)
    return review


def _task(actor: Actor, review: Review, diff: Diff, now: datetime) -> None:
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
        org_path=head_path(),
        due_at=due,
        role=Role.OFFICER,
        link=f"/impact/{review.instrument}/{review.old_on}..{review.new_on}/#review-{review.pk}",
        kind=KIND,
    )


@transaction.atomic
def review_close(*, actor: Actor, review_id: int, note: str) -> Review:
    """The review, closed as read again and the same; its task closes with it.

    Raises: NotAllowed `impact.close`; NotFound `impact.review.missing`; IllegalStep `impact.review.closed`;
    InvalidInput `impact.review.note` for a note that says too little.
    """
    demand(actor, "close")
    review = Review.objects.select_for_update().filter(pk=review_id).first()
    if review is None:
        raise NotFound("impact.review.missing")
    if review.state != ReviewState.OPEN:
        raise IllegalStep("impact.review.closed", how=ReviewState(review.state).label)
    said = note.strip()
    if len(said) < LEAST_NOTE:
        raise InvalidInput("impact.review.note", field="note", least=LEAST_NOTE)
    _close(actor, review, ReviewState.SAME, said[:500])
    return review


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
