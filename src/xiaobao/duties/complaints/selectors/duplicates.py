"""Likely duplicates with their reasons, while somebody types (scenario 8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from xiaobao.base.people.vault import blind_index
from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain.likeness import likeness
from xiaobao.duties.complaints.domain.masking import shown
from xiaobao.duties.complaints.domain.rows import Duplicate
from xiaobao.duties.complaints.domain.values import Channel, Stage
from xiaobao.duties.complaints.models import Party
from xiaobao.duties.complaints.selectors.scope import visible
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.masks import half_width

DAYS = 180
MOST = 8
NEAR_ROWS = 300
NEAR_TEXT = 0.45


def complaint_duplicates(
    *,
    actor: Actor,
    phone: str = "",
    id_number: str = "",
    text: str = "",
    received_on: date | None = None,
    but: int | None = None,
) -> tuple[Duplicate, ...]:
    """Up to eight likely duplicates of the last 180 days in the asker's subtree, likeliest first.

    Half-typed values are no error: what cannot be read yet is left out. `but` leaves one
    complaint out (its own page). Two statements.
    """
    on = received_on or ports.today()
    same_person = _same_person(phone, id_number)
    rows = visible(actor).filter(received_on__gte=on - timedelta(DAYS), received_on__lte=on + timedelta(DAYS))
    if but is not None:
        rows = rows.exclude(pk=but)
    rows = rows.exclude(stage=Stage.MERGED)
    wanted = Q(pk__in=same_person)
    found = list(_values(rows.filter(wanted))) if same_person else []
    if len(text.strip()) >= 12:
        found += _values(rows.exclude(wanted).order_by("-received_on", "-id")[:NEAR_ROWS])
    ranked = [_ranked(row, same_person, text, on) for row in found]
    likely = [one for one in ranked if one.reasons]
    return tuple(sorted(likely, key=lambda one: (-one.score, -one.id))[:MOST])


def _same_person(phone: str, id_number: str) -> dict[int, tuple[str, ...]]:
    """Complaint ids by what agrees: 电话, 证件."""
    wanted = Q()
    number = _readable(phone)
    if number:
        wanted |= Q(phone_index=blind_index(number))
    person = half_width(id_number).upper()
    if len(person) >= 6:
        wanted |= Q(id_index=blind_index(person))
    if not wanted:
        return {}
    found: dict[int, tuple[str, ...]] = {}
    rows = Party.objects.filter(wanted).order_by("-id").values_list("complaint_id", "phone_index", "id_index")
    for pk, phone_index, id_index in rows[:50]:
        reasons = []
        if number and phone_index == blind_index(number):
            reasons.append("联系电话相同")
        if person and id_index == blind_index(person):
            reasons.append("证件号码相同")
        found[pk] = tuple(reasons)
    return found


def _readable(phone: str) -> str:
    try:
        return gate.phone(phone)
    except InvalidInput:
        return ""


_COLUMNS = (
    "id",
    "no",
    "title",
    "complainant",
    "channel",
    "stage",
    "received_on",
    "org__name",
    "facts",
)


def _values(rows: Any) -> Iterable[dict[str, Any]]:
    found: Iterable[dict[str, Any]] = rows.values(*_COLUMNS)
    return found


def _ranked(row: dict[str, Any], same_person: dict[int, tuple[str, ...]], text: str, on: date) -> Duplicate:
    reasons = list(same_person.get(row["id"], ()))
    score = 60 if reasons else 0
    near = likeness(text, f"{row['title']}\n{row['facts']}") if len(text.strip()) >= 12 else 0.0
    if near >= NEAR_TEXT:
        reasons.append(f"投诉内容相近（{round(near * 100)}%）")
        score += round(near * 40)
    gap = abs((on - row["received_on"]).days)
    if reasons and gap <= 15:
        reasons.append("当日提出" if gap == 0 else f"相隔 {gap} 天")
        score += 15 - gap // 2
    return Duplicate(
        id=row["id"],
        no=row["no"],
        title=shown(row["title"]),
        complainant=row["complainant"],
        channel=Channel(row["channel"]),
        stage=Stage(row["stage"]),
        received_on=row["received_on"],
        org_name=row["org__name"],
        score=min(score, 100),
        reasons=tuple(reasons),
    )
