"""From what was typed or sent to an `Intake`: every refusal names field, rule and remedy.

`parse` serves web forms, the API and imports alike; `check` is asked again by the command, so
that a caller who builds an `Intake` by hand passes the same gate.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.intake_texts import (
    AMOUNT_CODES,
    LABELS,
    LIMITS,
    SHANGHAI,
    check_amount,
    check_received,
    clean,
    day,
    labels_of,
    moment,
    phone,
)
from xiaobao.duties.complaints.domain.values import (
    Body,
    Channel,
    Intake,
    PartyRole,
    Person,
    ReferralLetter,
)
from xiaobao.engines.pii.checks import is_resident_id, is_uscc
from xiaobao.kernel.errors import Faults, InvalidInput
from xiaobao.kernel.masks import half_width
from xiaobao.kernel.money import fen_from_yuan


def parse(raw: Mapping[str, Any], *, now: datetime) -> Intake:
    """An `Intake` from named texts, checked: see `read` for the keys.

    Raises: InvalidInput with `field` and a code of `domain.messages`; everything else that is wrong
    with the form rides on it in `also`.
    """
    faults = Faults()
    intake = read(raw, faults, now=now)
    faults.settle()
    return intake


def read(raw: Mapping[str, Any], faults: Faults, *, now: datetime) -> Intake:
    """An `Intake` from named texts. What cannot be goes to `faults`, and something empty stands in for it.

    Keys: channel, received_at, org_code, title, facts, request, product, name, phone, id_number,
    anonymous_reason, amount (yuan as text) or amount_fen (int), currency, channel_code,
    business_code, reason_code, counterpart, source_system, source_no, referral_body,
    referral_number, given_due_on, duplicates_seen; `persons` as a list of dicts with name, phone,
    id_number, role, authority in place of the three single keys: then a fault names `persons[0].phone`.
    """
    intake = Intake(
        channel=faults.take(Channel.OTHER, _channel, _text(raw, "channel")),
        received_at=faults.take(now, _received, _text(raw, "received_at")),
        org_code=half_width(_text(raw, "org_code")),
        title=_text(raw, "title"),
        facts=_text(raw, "facts"),
        request=_text(raw, "request"),
        product=_text(raw, "product"),
        persons=_persons(raw, faults),
        anonymous_reason=_text(raw, "anonymous_reason"),
        amount_fen=faults.take(None, _amount, raw),
        currency=_text(raw, "currency").upper(),
        channel_code=_text(raw, "channel_code"),
        business_code=_text(raw, "business_code"),
        reason_code=_text(raw, "reason_code"),
        counterpart=_text(raw, "counterpart").lower(),
        source_system=_text(raw, "source_system"),
        source_no=_text(raw, "source_no"),
        referral=_letter(raw, faults),
        duplicates_seen=bool(raw.get("duplicates_seen")),
    )
    return examine(intake, faults, now=now, are_listed=raw.get("persons") is not None)


def check(intake: Intake, *, now: datetime) -> Intake:
    """The same intake, trimmed and normalised.

    Raises: InvalidInput when something in it cannot be (see `domain.messages`), the rest in `also`.
    """
    faults = Faults()
    intake = examine(intake, faults, now=now)
    faults.settle()
    return intake


def examine(intake: Intake, faults: Faults, *, now: datetime, are_listed: bool = False) -> Intake:
    """The same intake, trimmed and normalised; what cannot be goes to `faults` and is left empty.

    `are_listed`: the asker gave the persons as a list, so their faults are named by place.
    """
    trimmed: dict[str, Any] = {name: faults.take("", clean, getattr(intake, name), name) for name in LIMITS}
    persons = tuple(
        _person(person, faults, f"persons[{place}]." if are_listed else "")
        for place, person in enumerate(intake.persons)
    )
    intake = replace(intake, **trimmed, persons=persons)
    if not intake.title:
        intake = replace(intake, title=intake.facts.split("\n", 1)[0][:40])
    for name in ("org_code", "facts"):
        if not getattr(intake, name) and not faults.names(name):
            faults.found.append(_missing(name))
    if not intake.persons and not intake.anonymous_reason and not faults.names("anonymous_reason"):
        where = "persons" if are_listed else "name"
        faults.found.append(
            InvalidInput("complaint.party.nobody", field=where, label=LABELS["name"], rule="CMP-001")
        )
    faults.take(None, check_received, intake.received_at, now)
    faults.take(None, check_amount, intake.amount_fen, intake.currency)
    for letter, (field, label) in codes.FACETS.items():
        faults.take(None, codes.check_one, letter, getattr(intake, field), field=field, label=label)
    if intake.source_no and not intake.source_system and not faults.names("source_system"):
        faults.found.append(InvalidInput("complaint.source.system", field="source_system", label="来源系统"))
    return intake


def digest(intake: Intake) -> str:
    """Fingerprint of what the source said; two sends of the same body agree."""
    body = [
        intake.channel,
        intake.received_at.astimezone(SHANGHAI).isoformat(),
        intake.org_code,
        intake.title,
        intake.facts,
        intake.request,
        intake.product,
        intake.amount_fen,
        intake.currency,
        [[p.role, p.name, p.phone, p.id_number] for p in intake.persons],
    ]
    return hashlib.sha256(json.dumps(body, ensure_ascii=False).encode()).hexdigest()


def _received(text: str) -> datetime:
    if not text.strip():
        raise _missing("received_at")
    return moment(text, field="received_at")


def _channel(text: str) -> Channel:
    if not text:
        raise _missing("channel")
    by_label = {member.label: member for member in Channel}
    if text in by_label:
        return by_label[text]
    try:
        return Channel(text)
    except ValueError:
        raise InvalidInput(
            "complaint.channel.unknown", field="channel", text=text[:40], known=labels_of(Channel)
        ) from None


def _amount(raw: Mapping[str, Any]) -> int | None:
    if raw.get("amount_fen") not in (None, ""):
        value = raw["amount_fen"]
        if isinstance(value, bool) or not isinstance(value, int):
            raise InvalidInput("complaint.amount.fen", field="amount_fen", label="涉及金额（分）")
        return value
    text = _text(raw, "amount")
    if not text:
        return None
    try:
        return fen_from_yuan(text)
    except InvalidInput as error:
        code = AMOUNT_CODES[error.code]
        raise InvalidInput(code, field="amount", label=LABELS["amount"], text=text[:40]) from None


def _missing(name: str) -> InvalidInput:
    return InvalidInput("complaint.field.missing", field=name, label=LABELS[name])


def _persons(raw: Mapping[str, Any], faults: Faults) -> tuple[Person, ...]:
    given = raw.get("persons")
    if given is None:
        given = [raw] if any(_text(raw, key) for key in ("name", "phone", "id_number")) else []
    where = "" if raw.get("persons") is None else "persons[{}]."
    return tuple(
        Person(
            name=_text(one, "name"),
            phone=_text(one, "phone"),
            id_number=_text(one, "id_number"),
            role=faults.take(PartyRole.COMPLAINANT, _role, _text(one, "role"), where.format(place)),
            authority=_text(one, "authority"),
        )
        for place, one in enumerate(given)
    )


def _role(text: str, where: str) -> PartyRole:
    if not text:
        return PartyRole.COMPLAINANT
    try:
        return PartyRole(text)
    except ValueError:
        raise InvalidInput("complaint.party.role", field=f"{where}role", text=text[:40]) from None


def _letter(raw: Mapping[str, Any], faults: Faults) -> ReferralLetter | None:
    body = _text(raw, "referral_body")
    if not body:
        return None
    given = _text(raw, "given_due_on")
    return ReferralLetter(
        body=faults.take(Body.OTHER, _body, body),
        number=faults.take("", clean, _text(raw, "referral_number"), "referral_number"),
        given_due_on=faults.take(None, day, given, field="given_due_on") if given else None,
    )


def _body(text: str) -> Body:
    try:
        return Body(text)
    except ValueError:
        raise InvalidInput(
            "complaint.referral.body", field="referral_body", text=text[:40], known=labels_of(Body)
        ) from None


def _person(person: Person, faults: Faults, where: str) -> Person:
    """The person, cleaned; the person's own faults are named from `where`."""
    own = Faults()
    number = half_width(own.take("", clean, person.id_number, "id_number")).upper()
    cleaned = replace(
        person,
        name=own.take("", clean, person.name, "name"),
        phone=own.take("", _clean_phone, person.phone),
        id_number=number,
        authority=own.take("", clean, person.authority, "authority"),
    )
    if not own and not cleaned.name and not cleaned.phone and not cleaned.id_number:
        own.found.append(
            InvalidInput("complaint.party.empty", field="name", label=LABELS["name"], rule="CMP-001")
        )
    if cleaned.role in {PartyRole.AGENT, PartyRole.HEIR} and not person.authority.strip():
        own.found.append(
            InvalidInput(
                "complaint.party.authority", field="authority", role=cleaned.role.label, rule="CMP-017"
            )
        )
    own.take(None, _check_id_number, number)
    for error in own.found:
        error.put_under(where)
    faults.found += own.found
    return cleaned


def _clean_phone(text: str) -> str:
    return phone(clean(text, "phone"))


def _check_id_number(number: str) -> None:
    """Nothing when the number can be. Raises: InvalidInput for eighteen characters that are no identity."""
    if re.fullmatch(r"[0-9]{17}[0-9X]", number) and not is_resident_id(number) and not is_uscc(number):
        raise InvalidInput("complaint.party.id_number", field="id_number", label=LABELS["id_number"])


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return "" if value is None else str(value)
