"""What people and programs hand over: frozen values, one a form, and what a command answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xiaobao.duties.complaints.domain.terms import (
    Body,
    Channel,
    DayUnit,
    Liability,
    MajorCause,
    NoticeMode,
    OverlayKind,
    PartyRole,
    PauseKind,
    RedressKind,
    RemedyKind,
    Stage,
)


@dataclass(frozen=True, slots=True)
class Person:
    """A party as typed; clear values live only in this object and in the sealed columns."""

    name: str
    phone: str = ""
    id_number: str = ""
    role: PartyRole = PartyRole.COMPLAINANT
    authority: str = ""


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """A regulator's letter as typed: number, the date it gives, whether it wants a report."""

    body: Body
    number: str
    given_due_on: date | None = None
    wants_report: bool = True
    received_on: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """One complaint as it comes in, by whichever door; `domain.intake.parse` makes it from text.

    `org_code` names the responsible unit; `amount_fen` None means no money is involved;
    `counterpart` is the username of the person complained of. `source_no` with `source_system`
    makes receiving idempotent.
    """

    channel: Channel
    received_at: datetime
    org_code: str
    title: str
    facts: str
    request: str = ""
    product: str = ""
    persons: tuple[Person, ...] = ()
    anonymous_reason: str = ""
    amount_fen: int | None = None
    currency: str = ""
    channel_code: str = ""
    business_code: str = ""
    reason_code: str = ""
    counterpart: str = ""
    source_system: str = ""
    source_no: str = ""
    referral: ReferralLetter | None = None
    duplicates_seen: bool = False


@dataclass(frozen=True, slots=True)
class Codes:
    """The three facets of JR/T 0169 and the version of the list they were taken from."""

    channel_code: str
    business_code: str
    reason_code: str
    code_set: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A proposed decision (处理决定): what was found, on what ground, and what follows."""

    findings: str
    legal_basis: str
    liability: Liability
    outcome: str
    redress: RedressKind = RedressKind.NONE
    redress_fen: int = 0
    redress_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply with everything 第十九条 wants in it (CMP-012)."""

    facts_found: str
    grounds: str
    remedies: frozenset[RemedyKind]
    mode: NoticeMode
    text: str = ""


@dataclass(frozen=True, slots=True)
class How:
    """Circumstances of a command: the version the form was drawn with, and when it happened.

    `paper` names what proves a moment of an earlier day; without one no such moment is believed.
    """

    version: int | None = None
    at: datetime | None = None
    paper: str = ""


HOW = How()


@dataclass(frozen=True, slots=True)
class AssignOrder:
    """To whom: a unit by code and a person by username; both empty lets the routing decide.

    `assisting` holds codes of 协办 units.
    """

    unit_code: str = ""
    username: str = ""
    assisting: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PauseOrder:
    """Why, from when and on what paper a clock stands still. `from_on` is the first day not counted."""

    kind: PauseKind
    from_on: date
    document: str
    reason: str
    body: str = ""
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A joint complaint met face to face: `persons` stand behind it, `representatives` came."""

    met_on: date
    persons: int
    representatives: int
    text: str


@dataclass(frozen=True, slots=True)
class MajorFinding:
    """Why a complaint is a major one, and what is done now (`plan`)."""

    cause: MajorCause
    plan: str
    face_to_face_persons: int = 0
    regulator_designated: bool = False

    @property
    def grounds(self) -> str:
        """The cases of the article that are given, in words."""
        persons = self.face_to_face_persons
        parts = [self.cause.label] if self.cause is not MajorCause.OTHER else []
        parts += [f"{persons} 人面谈共同投诉"] if persons else []
        return "、".join([*parts, *(["监管机构认定"] if self.regulator_designated else [])])


@dataclass(frozen=True, slots=True)
class NoticeOrder:
    """An emergency notice or an internal target: `amount` days from receipt, for a span of receipts."""

    number: str
    title: str
    kind: OverlayKind
    amount: int
    received_from: date
    reason: str
    received_until: date | None = None
    unit: DayUnit = DayUnit.NATURAL
    org_path: str = ""
    business_prefix: str = ""
    issued_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a command answers: where the complaint stands now, `state` in words.

    `created` False: it was there already.
    """

    complaint_id: int
    no: str
    stage: Stage
    version: int
    due_on: date
    created: bool = True
    state: str = ""
