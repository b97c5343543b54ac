"""Receiving a complaint, by whichever door: form, API, import, demo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from xiaobao.base.people import selectors as people
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.vault import blind_index, seal
from xiaobao.base.statements import Given, Insert, Statement
from xiaobao.duties.complaints.domain import guards
from xiaobao.duties.complaints.domain.clock import derive
from xiaobao.duties.complaints.domain.intake import digest, examine, read
from xiaobao.duties.complaints.domain.jrt0169 import VERSION as CODE_SET
from xiaobao.duties.complaints.domain.lifecycle import step
from xiaobao.duties.complaints.domain.values import (
    REGULATOR_CHANNELS,
    Channel,
    ClockEventKind,
    Command,
    Done,
    Intake,
    PartyRole,
    Person,
    ReferralLetter,
    Stage,
)
from xiaobao.duties.complaints.models import ClockEvent, Complaint, Draft, Event, Party, Referral
from xiaobao.duties.complaints.selectors.notices import overlay_details
from xiaobao.duties.complaints.services.indexing import index
from xiaobao.duties.complaints.services.stepping import announce, clock_row, done, record, refusal, require
from xiaobao.kernel import ports
from xiaobao.kernel.errors import Faults, InvalidInput, NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.masks import mask_id_number, mask_name, mask_phone

NEXT_NUMBER = (
    "INSERT INTO complaints_numberseries (day, last) VALUES (%s, 1)"
    " ON CONFLICT (day) DO UPDATE SET last = complaints_numberseries.last + 1 RETURNING last"
)

_COMPLAINTS, _PARTIES = Insert(Complaint), Insert(Party)
_CLOCK_EVENTS, _EVENTS = Insert(ClockEvent), Insert(Event)
# At most one, and asked for without LIMIT or order: promised "the first", a planner that does not
# know the number (most have none) reads the table from its beginning instead of the index.
_BY_SOURCE = Statement(
    lambda: Complaint.objects.filter(source_system=Given("system"), source_no=Given("number")).only(
        "no", "stage", "version", "due_on", "org_path", "source_digest"
    )
)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a new complaint stands on: the checked intake, its unit, the person complained of."""

    intake: Intake
    org: OrgUnit | None
    counterpart: User | None
    known: Complaint | None = None


def complaint_receive(*, actor: Actor, intake: Intake | Mapping[str, Any], draft_key: str = "") -> Done:
    """The complaint, registered with its number, its clock started at the moment of receipt.

    `intake` may be the texts as they were sent (keys: `domain.intake.read`). The same `source_system`
    and `source_no` again: the complaint that is there (`created` False) when the body agrees,
    InvalidInput `complaint.source.conflict` when it does not. `draft_key` names the actor's draft to
    drop. Publishes `complaints.Received`.
    Raises: NotAllowed; InvalidInput for the first thing wrong, all others in its `also` (see
    `domain.messages`); RuleBroken for an unmet guard.
    """
    require(actor, Command.RECEIVE)
    now = ports.now()
    faults = Faults()
    ground = _ground(actor, intake, faults, now)
    faults.settle()
    assert ground.org is not None
    if ground.known is not None:
        return done(ground.known, created=False)
    try:
        with transaction.atomic():
            row = _register(actor, ground, ground.org, now)
            if draft_key:
                Draft.objects.filter(key=draft_key, owner_id=actor.user_id).delete()
    except IntegrityError:
        known = _known(actor, ground.intake)
        if known is None:
            raise
        return done(known, created=False)
    return done(row)


def intake_faults(*, actor: Actor, intake: Intake | Mapping[str, Any]) -> tuple[InvalidInput, ...]:
    """Everything `complaint_receive` would refuse in it, in one list; nothing is written."""
    require(actor, Command.RECEIVE)
    faults = Faults()
    _ground(actor, intake, faults, ports.now())
    return tuple(faults.found)


def _ground(actor: Actor, intake: Intake | Mapping[str, Any], faults: Faults, now: datetime) -> _Ground:
    """What the texts say and what only the tables know; all that cannot be goes to `faults`."""
    told = examine(intake, faults, now=now) if isinstance(intake, Intake) else read(intake, faults, now=now)
    if not faults.names("received_at"):
        told = _punctual(told, now)
    org = faults.take(None, _org, actor, told.org_code) if told.org_code else None
    if not faults:
        known = faults.take(None, _known, actor, told)
        if known is not None or faults:
            return _Ground(told, org, None, known)
    bank = (org.path if org else actor.org_path)[:5]
    counterpart = faults.take(None, _counterpart, told.counterpart, bank)
    if told.referral is not None:
        faults.take(None, _check_letter, actor, told.referral, told.referral.received_on)
    return _Ground(told, org, counterpart)


def _punctual(intake: Intake, now: datetime) -> Intake:
    """A day typed without an hour stands at noon; before noon of that day it is this moment.

    A letter registered with its complaint, without a day of its own, came on the complaint's day.
    """
    at = min(intake.received_at, now)
    letter = intake.referral
    if letter is not None and letter.received_on is None:
        letter = replace(letter, received_on=ports.local(at).date())
    return replace(intake, received_at=at, referral=letter)


def _org(actor: Actor, code: str) -> OrgUnit:
    try:
        org = people.org_by_code(code)
    except NotFound:
        org = None
    if org is None or not org.is_active:
        raise InvalidInput("complaint.org.unknown", field="org_code", org_code=code)
    if not actor.sees(org.path):
        raise InvalidInput("complaint.org.outside", field="org_code", org_code=code)
    return org


def _known(actor: Actor, intake: Intake) -> Complaint | None:
    """The complaint already registered under this source number. Raises: InvalidInput on another body."""
    if not intake.source_no:
        return None
    row = _BY_SOURCE.first(system=intake.source_system, number=intake.source_no)
    if row is None:
        return None
    if row.source_digest != digest(intake):
        raise InvalidInput(
            "complaint.source.conflict",
            field="source_no",
            source_no=intake.source_no,
            source_system=intake.source_system,
            no=row.no if actor.sees(row.org_path) else "另一件投诉",
        )
    return row


def _register(actor: Actor, ground: _Ground, org: OrgUnit, now: datetime) -> Complaint:
    intake = ground.intake
    rules = _examine(intake, now)
    row = _row(actor, ground, org, now)
    events = _clock_events(actor, row, intake, now)
    _set_clock(row, events, ports.local(now).date())
    row.no = next_number(row.received_on)
    _COMPLAINTS.put(row)
    _CLOCK_EVENTS.put(*events)
    _PARTIES.put(*(party(row, person) for person in intake.persons))
    if intake.referral is not None:
        referral_create(actor, row, intake.referral, ports.local(now).date())
    _trace(actor, row, now, rules)
    index(row)
    return row


def _examine(intake: Intake, now: datetime) -> tuple[str, ...]:
    step(Stage.DRAFT, Command.RECEIVE)
    facts = guards.CaseFacts(
        received_at=intake.received_at,
        entered_at=now,
        today=ports.local(now).date(),
        due_on=ports.local(now).date(),
        has_facts=bool(intake.facts and intake.org_code),
    )
    items = guards.examine(Command.RECEIVE, facts)
    missing = tuple(item for item in items if not item.ok)
    if missing:
        raise refusal(Command.RECEIVE, items, missing)
    return tuple(item.rule for item in items if item.rule)


def _row(actor: Actor, ground: _Ground, org: OrgUnit, now: datetime) -> Complaint:
    intake = ground.intake
    complainant = next((p for p in intake.persons if p.role is PartyRole.COMPLAINANT), None)
    shown = complainant or (intake.persons[0] if intake.persons else None)
    coded = intake.channel_code or intake.business_code or intake.reason_code
    return Complaint(
        channel=intake.channel,
        source_system=intake.source_system,
        source_no=intake.source_no,
        source_digest=digest(intake) if intake.source_no else "",
        received_at=intake.received_at,
        received_on=ports.local(intake.received_at).date(),
        entered_at=now,
        org=org,
        org_path=org.path,
        counterpart=ground.counterpart,
        title=intake.title,
        facts=intake.facts,
        request=intake.request,
        product=intake.product,
        amount_fen=intake.amount_fen,
        currency=intake.currency if intake.amount_fen is not None else "",
        complainant=_masked(shown),
        anonymous_reason=intake.anonymous_reason,
        duplicates_seen=intake.duplicates_seen,
        code_set=CODE_SET if coded else "",
        channel_code=intake.channel_code,
        business_code=intake.business_code,
        reason_code=intake.reason_code,
        stage=Stage.REGISTERED,
        is_open=True,
        is_regulator=intake.channel in REGULATOR_CHANNELS or intake.referral is not None,
        created_by_id=actor.user_id,
    )


def _masked(person: Person | None) -> str:
    if person is None:
        return ""
    return mask_name(person.name) or mask_phone(person.phone) or mask_id_number(person.id_number)


def _counterpart(username: str, bank: str) -> User | None:
    if not username:
        return None
    found = people.users_in(bank).filter(username=username).first()
    if found is None:
        raise InvalidInput("complaint.counterpart.unknown", field="counterpart", username=username)
    return found


def _clock_events(actor: Actor, row: Complaint, intake: Intake, now: datetime) -> list[ClockEvent]:
    def event(kind: ClockEventKind, on: date, **facts: Any) -> ClockEvent:
        return ClockEvent(complaint=row, kind=kind, on=on, entered_at=now, actor_name=actor.name, **facts)

    events = [event(ClockEventKind.START, row.received_on, rule="CMP-002")]
    events += [
        event(ClockEventKind.OVERLAY, row.received_on, detail=detail)
        for detail in overlay_details(row.received_on, row.org_path, row.business_code)
    ]
    letter = intake.referral
    if letter is not None and letter.given_due_on is not None:
        on = letter.received_on or ports.local(now).date()
        events.append(event(ClockEventKind.GIVEN, on, rule="CMP-022", detail=given_detail(letter)))
    return events


def given_detail(letter: ReferralLetter) -> dict[str, str]:
    """What a clock event keeps of a regulator's given date."""
    given = letter.given_due_on
    return {
        "due_on": given.isoformat() if given else "",
        "number": letter.number,
        "body": letter.body.label,
    }


def _set_clock(row: Complaint, events: list[ClockEvent], today: date) -> None:
    derived = derive(Channel(row.channel), [clock_row(event) for event in events], as_of=today)
    for name, value in derived.columns().items():
        setattr(row, name, value)


def next_number(day: date) -> str:
    """The next number of a day of receipt: TS20261108-0047. One statement, never given twice."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [connection.ops.adapt_datefield_value(day)])
        (last,) = cursor.fetchone()
    return f"TS{day:%Y%m%d}-{last:04d}"


def party(row: Complaint, person: Person) -> Party:
    """A party's row, sealed and masked, not yet saved."""
    return Party(
        complaint=row,
        role=person.role,
        name_sealed=seal(person.name),
        name_masked=mask_name(person.name),
        phone_sealed=seal(person.phone),
        phone_masked=mask_phone(person.phone) if person.phone else "",
        phone_index=blind_index(person.phone),
        id_sealed=seal(person.id_number),
        id_masked=mask_id_number(person.id_number) if person.id_number else "",
        id_index=blind_index(person.id_number),
        authority=person.authority,
    )


def referral_create(actor: Actor, row: Complaint, letter: ReferralLetter, today: date) -> Referral:
    """The letter, registered under its number once.

    Raises: InvalidInput for a missing number, a number in use, a given date before the letter.
    """
    _check_letter(actor, letter, letter.received_on or today)
    return Referral.objects.create(
        complaint=row,
        body=letter.body,
        number=letter.number,
        received_on=letter.received_on or today,
        given_due_on=letter.given_due_on,
        wants_report=letter.wants_report,
        document=letter.document,
    )


def _check_letter(actor: Actor, letter: ReferralLetter, received_on: date | None) -> None:
    """Nothing when the letter can be; without a day of receipt its dates are not compared.

    Raises: as `referral_create`, everything at once.
    """
    faults = Faults()
    given = letter.given_due_on
    if not letter.number:
        faults.found.append(
            InvalidInput("complaint.referral.number", field="referral_number", rule="CMP-022")
        )
    if given is not None and received_on is not None and given < received_on:
        faults.found.append(
            InvalidInput("complaint.referral.date", field="given_due_on", given=given, received=received_on)
        )
    if letter.number:
        faults.take(None, _check_unused, actor, letter)
    faults.settle()


def _check_unused(actor: Actor, letter: ReferralLetter) -> None:
    used = Referral.objects.filter(body=letter.body, number=letter.number).select_related("complaint").first()
    if used is not None:
        no = used.complaint.no if actor.sees(used.complaint.org_path) else "另一件投诉"
        raise InvalidInput("complaint.referral.used", field="referral_number", number=letter.number, no=no)


def _trace(actor: Actor, row: Complaint, now: datetime, rules: tuple[str, ...]) -> None:
    _EVENTS.put(
        Event(
            complaint=row,
            command=Command.RECEIVE,
            at=row.received_at,
            entered_at=now,
            stage_from=Stage.DRAFT,
            stage_to=row.stage,
            actor_id=actor.user_id,
            actor_name=actor.name,
            via=actor.via,
            say=f"登记投诉，到期日 {row.due_on.isoformat()}",
            detail={"channel": str(row.channel), "due_on": row.due_on.isoformat()},
            rules=list(rules),
        )
    )
    record(actor, row, Command.RECEIVE, None, rules=(*rules, row.due_rule))
    announce(row, Command.RECEIVE, channel=str(row.channel), **{"from": str(Stage.DRAFT)})
