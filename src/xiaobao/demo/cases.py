"""Draws the demo bank's complaints: when, where, by which door, about what, and how each will end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from xiaobao.demo.matters import CHANNEL_CODES, DOORS, LETTERS, MATTERS, Matter
from xiaobao.demo.people import Bank, person_name
from xiaobao.duties.complaints.domain.values import (
    Body,
    Channel,
    Intake,
    Person,
    ReferralLetter,
)
from xiaobao.kernel.ports import SHANGHAI

if TYPE_CHECKING:
    import random


class Ending(StrEnum):
    """How a complaint leaves the desk."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    TRANSFERRED = "transferred"
    MERGED = "merged"


WHOLE = 99
"""Steps of a story that is told to its end."""

ENDINGS: tuple[tuple[float, Ending], ...] = (
    (88.5, Ending.ANSWERED),
    (6.5, Ending.WITHDRAWN),
    (2.2, Ending.DECLINED),
    (1.6, Ending.TRANSFERRED),
    (1.2, Ending.MERGED),
)

# Share of the seed document's year that arrives in each month: quiet in February, a wave from June on.
MONTHS_2020 = (6.0, 4.2, 8.6, 8.2, 8.0, 9.2, 9.0, 8.8, 9.4, 8.6, 9.8, 10.2)


@dataclass(frozen=True, slots=True)
class Case:
    """One complaint's plan: `pace` is the share of the allowed days its handling takes (over 1: late)."""

    matter: Matter
    channel: Channel
    unit: str
    received_at: datetime
    entered_at: datetime
    serial: int
    pace: float = 0.6
    ending: Ending = Ending.ANSWERED
    extends: int = 0
    pauses: bool = False
    restarts: bool = False
    returned: bool = False
    rechecked: bool = False
    steps: int = WHOLE

    @property
    def is_regulator(self) -> bool:
        """Whether a letter of a regulator or a hotline comes with it."""
        return str(self.channel) in LETTERS


def arrivals_of_year(rng: random.Random, year: int, count: int) -> list[datetime]:
    """`count` moments of the year, more in the busy months, in order."""
    months = rng.choices(range(1, 13), weights=MONTHS_2020, k=count)
    return sorted(_moment(rng, date(year, month, rng.randint(1, 28))) for month in months)


def arrivals_until(rng: random.Random, present: datetime, share: float = 1.0) -> list[datetime]:
    """Moments of the twelve months before `present`: a steady year, a wave in the last weeks.

    A `share` below 1 thins them out.
    """
    today = present.astimezone(SHANGHAI).date()
    moments = []
    for back in range(365, -1, -1):
        rate = share * (0.7 if back > 55 else 1.6 if back > 19 else 9.8)
        day = today - timedelta(days=back)
        number = int(rate) + (rng.random() < rate % 1)
        moments += [_moment(rng, day) for _ in range(number if day.weekday() < 5 else number // 2)]
    return sorted(moment for moment in moments if moment < present - timedelta(minutes=20))


def draw(rng: random.Random, bank: Bank, received_at: datetime, serial: int) -> Case:
    """One complaint as chance has it."""
    matter = rng.choices(MATTERS, weights=[each.weight for each in MATTERS])[0]
    channel = Channel(rng.choices([door for _, door in DOORS], weights=[share for share, _ in DOORS])[0])
    unit = matter.unit if rng.random() < 0.3 else rng.choice(bank.outlets[rng.choice(sorted(bank.outlets))])
    ending = rng.choices([end for _, end in ENDINGS], weights=[share for share, _ in ENDINGS])[0]
    late = rng.random() < 0.032
    extends = rng.choices((0, 1, 2), weights=(84, 14, 2))[0]
    return Case(
        matter=matter,
        channel=channel,
        unit=unit,
        received_at=received_at,
        entered_at=received_at + timedelta(minutes=rng.randint(3, 240)),
        serial=serial,
        pace=rng.uniform(1.06, 1.5) if late else rng.triangular(0.15, 0.97, 0.55),
        ending=Ending.ANSWERED if extends else ending,
        extends=0 if late else extends,
        pauses=rng.random() < 0.03,
        restarts=rng.random() < 0.012,
        returned=rng.random() < 0.05,
        rechecked=rng.random() < 0.02,
    )


def drawn_open(rng: random.Random, bank: Bank, received_at: datetime, serial: int) -> Case:
    """One complaint of the present weeks: never late by chance, handled at an even pace."""
    case = draw(rng, bank, received_at, serial)
    return replace(case, pace=rng.uniform(0.55, 0.95), rechecked=False)


def intake_of(case: Case, rng: random.Random) -> Intake:
    """The complaint as it is typed in."""
    amount = rng.randint(*case.matter.yuan) * 100 if case.matter.yuan[1] else None
    return Intake(
        channel=case.channel,
        received_at=case.received_at,
        org_code=case.unit,
        title=case.matter.title,
        facts=_facts(case, amount),
        request=case.matter.request,
        product=case.matter.product,
        persons=(Person(name=person_name(rng), phone=f"199{rng.randrange(10**8):08d}"),),
        amount_fen=amount,
        currency="CNY" if amount is not None else "",
        channel_code=CHANNEL_CODES.get(str(case.channel), "A1.3.4"),
        business_code=case.matter.business,
        reason_code=case.matter.reason,
        referral=_letter(case, rng) if case.is_regulator else None,
        duplicates_seen=True,
    )


def _facts(case: Case, amount: int | None) -> str:
    day = case.received_at.astimezone(SHANGHAI)
    money = f"涉及金额 {amount / 100:,.2f} 元。" if amount else ""
    return f"{day:%Y年%m月%d日}来{case.channel.label}反映：{case.matter.facts}{money}诉求：{case.matter.request}。"


def _letter(case: Case, rng: random.Random) -> ReferralLetter:
    body, mark = LETTERS[str(case.channel)]
    day = case.received_at.astimezone(SHANGHAI).date()
    drawn = case.steps == WHOLE and rng.random() < 0.6
    given = day + timedelta(days=rng.randint(9, 14)) if drawn else None
    return ReferralLetter(
        body=Body(body),
        number=f"{mark}〔{day.year}〕{case.serial:05d}号",
        given_due_on=given,
        received_on=day,
        document="转办函（扫描件）",
    )


def _moment(rng: random.Random, day: date) -> datetime:
    minutes = int(rng.triangular(8 * 60, 20 * 60, 10 * 60 + 30))
    start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return (start + timedelta(minutes=minutes)).astimezone(UTC)
