"""Draws the demo bank's complaints: where, by which door, about what, and how each will end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from xiaobao.demo import wording
from xiaobao.demo.matter import Matter, Telling
from xiaobao.demo.matters import CHANNEL_CODES, DOORS, LETTERS, MATTERS
from xiaobao.demo.particulars import particulars_of
from xiaobao.demo.people import Bank, person_name
from xiaobao.duties.complaints.domain.values import (
    Body,
    Channel,
    Intake,
    PartyRole,
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
NO_END = datetime.max.replace(tzinfo=UTC)
"""Steps of a story that is told to its end."""

ENDINGS: tuple[tuple[float, Ending], ...] = (
    (88.5, Ending.ANSWERED),
    (6.5, Ending.WITHDRAWN),
    (2.2, Ending.DECLINED),
    (1.6, Ending.TRANSFERRED),
    (1.2, Ending.MERGED),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One complaint's plan: `pace` is the share of the allowed days its handling takes (over 1: late).

    `steps` is how many steps of its story are told, all of them by the moment `by` where one is set;
    `files` how many papers the investigation lays in.
    """

    matter: Matter
    telling: Telling
    person: Person
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
    files: int = 0
    steps: int = WHOLE
    by: datetime = NO_END

    @property
    def is_regulator(self) -> bool:
        """Whether a letter of a regulator or a hotline comes with it."""
        return str(self.channel) in LETTERS


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
        telling=rng.choice(matter.tellings),
        person=person(rng),
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
        files=int(rng.random() < 0.12),
    )


def drawn_open(rng: random.Random, bank: Bank, received_at: datetime, serial: int) -> Case:
    """One complaint of the present weeks: never late by chance, handled at an even pace, with papers."""
    case = draw(rng, bank, received_at, serial)
    files = rng.choices((0, 1, 2), weights=(40, 45, 15))[0]
    return replace(case, pace=rng.uniform(0.55, 0.95), rechecked=False, files=files)


def person(rng: random.Random) -> Person:
    """An invented complainant; the number's range is not given out to anybody."""
    return Person(name=person_name(rng), phone=f"199{rng.randrange(10**8):08d}")


def group_of(case: Case, rng: random.Random, count: int, hours: int) -> list[Case]:
    """The same fault told by `count` people within so many hours, the first of them for several."""
    doors = (Channel.PHONE, Channel.MOBILE, Channel.PHONE, Channel.WEB, Channel.HOTLINE_12378)
    told = []
    for number in range(count):
        received = case.received_at + timedelta(hours=hours * number / count)
        told.append(
            replace(
                case,
                person=replace(
                    person(rng), role=PartyRole.REPRESENTATIVE if number == 0 else case.person.role
                ),
                channel=doors[number % len(doors)],
                received_at=received,
                entered_at=received + timedelta(minutes=rng.randint(5, 90)),
                serial=case.serial + number,
                pace=rng.uniform(0.6, 0.95),
            )
        )
    return told


def intake_of(case: Case, rng: random.Random) -> Intake:
    """The complaint as it is typed in."""
    amount = rng.randint(*case.matter.yuan) * 100 if case.matter.yuan[1] else None
    opening = wording.opening_of(rng, case.channel)
    particulars = particulars_of(rng, case.telling.facts, case.channel, case.received_at, amount)
    return Intake(
        channel=case.channel,
        received_at=case.received_at,
        org_code=case.unit,
        title=case.telling.title,
        facts=f"{opening}{case.telling.facts}{particulars}",
        request=case.telling.request,
        product=case.matter.product,
        persons=(case.person,),
        amount_fen=amount,
        currency="CNY" if amount is not None else "",
        channel_code=CHANNEL_CODES[case.matter.product],
        business_code=case.matter.business,
        reason_code=case.matter.reason_of(case.telling),
        referral=_letter(case, rng) if case.is_regulator else None,
        duplicates_seen=True,
    )


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
