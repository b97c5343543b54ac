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
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.currencies import is_currency
from xiaobao.duties.complaints.domain.unseen import first_unseen
from xiaobao.duties.complaints.domain.values import (
    MAX_FACTS,
    MAX_REQUEST,
    Body,
    Channel,
    Intake,
    PartyRole,
    Person,
    ReferralLetter,
)
from xiaobao.engines.pii.checks import is_resident_id, is_uscc
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.masks import half_width
from xiaobao.kernel.money import MAX_FEN, fen_from_yuan
from xiaobao.kernel.terms import Term

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST = date(1990, 1, 1)
LIMITS = {
    "title": 200,
    "facts": MAX_FACTS,
    "request": MAX_REQUEST,
    "product": 80,
    "anonymous_reason": 200,
    "org_code": 32,
    "counterpart": 64,
    "source_system": 40,
    "source_no": 80,
}
PERSON_LIMITS = {"name": 60, "id_number": 30}
LABELS = {
    "title": "投诉事项",
    "facts": "投诉事实",
    "request": "投诉请求",
    "product": "产品或服务",
    "anonymous_reason": "未提供身份的原因",
    "org_code": "责任机构",
    "channel": "来源渠道",
    "received_at": "收到时间",
    "amount": "涉及金额",
    "currency": "币种",
    "name": "姓名",
    "phone": "联系电话",
    "id_number": "证件号码",
    "counterpart": "被投诉人员",
    "source_system": "来源系统",
    "source_no": "来源编号",
    "given_due_on": "监管要求期限",
    "number": "转办编号",
}
AMOUNT_CODES = {
    "money.unreadable": "complaint.amount.unreadable",
    "money.negative": "complaint.amount.negative",
    "money.too_fine": "complaint.amount.fine",
    "money.too_large": "complaint.amount.large",
}
"""What the kernel calls a bad amount, and this room's sentence for it."""
_PHONE = re.compile(r"\+?[0-9]{5,20}(?:[-转#][0-9]{1,8}){0,2}")
_DAY = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?"
)


def parse(raw: Mapping[str, Any], *, now: datetime) -> Intake:
    """An `Intake` from named texts, checked.

    Keys: channel, received_at, org_code, title, facts, request, product, name, phone, id_number,
    anonymous_reason, amount (yuan as text) or amount_fen (int), currency, channel_code,
    business_code, reason_code, counterpart, source_system, source_no, referral_body,
    referral_number, given_due_on, duplicates_seen; `persons` as a list of dicts with name, phone,
    id_number, role, authority in place of the three single keys.

    Raises: InvalidInput with `field` and a code of `domain.messages`.
    """
    intake = Intake(
        channel=_channel(_text(raw, "channel")),
        received_at=_received(_text(raw, "received_at")),
        org_code=half_width(_text(raw, "org_code")),
        title=_text(raw, "title"),
        facts=_text(raw, "facts"),
        request=_text(raw, "request"),
        product=_text(raw, "product"),
        persons=_persons(raw),
        anonymous_reason=_text(raw, "anonymous_reason"),
        amount_fen=_amount(raw),
        currency=_text(raw, "currency").upper(),
        channel_code=_text(raw, "channel_code"),
        business_code=_text(raw, "business_code"),
        reason_code=_text(raw, "reason_code"),
        counterpart=_text(raw, "counterpart").lower(),
        source_system=_text(raw, "source_system"),
        source_no=_text(raw, "source_no"),
        referral=_letter(raw),
        duplicates_seen=bool(raw.get("duplicates_seen")),
    )
    return check(intake, now=now)


def check(intake: Intake, *, now: datetime) -> Intake:
    """The same intake, trimmed and normalised.

    Raises: InvalidInput when something in it cannot be: see `domain.messages`.
    """
    trimmed: dict[str, Any] = {name: clean(getattr(intake, name), name) for name in LIMITS}
    intake = replace(intake, **trimmed, persons=tuple(_person(one) for one in intake.persons))
    if not intake.title:
        intake = replace(intake, title=intake.facts.split("\n", 1)[0][:40])
    for name in ("org_code", "facts"):
        if not getattr(intake, name):
            raise InvalidInput("complaint.field.missing", field=name, label=LABELS[name])
    if not intake.persons and not intake.anonymous_reason:
        raise InvalidInput("complaint.party.nobody", field="name", label=LABELS["name"], rule="CMP-001")
    check_received(intake.received_at, now)
    check_amount(intake.amount_fen, intake.currency)
    codes.check_one("A", intake.channel_code, field="channel_code", label="业务办理渠道")
    codes.check_one("B", intake.business_code, field="business_code", label="业务类别")
    codes.check_one("C", intake.reason_code, field="reason_code", label="投诉原因")
    if intake.source_no and not intake.source_system:
        raise InvalidInput("complaint.source.system", field="source_system", label="来源系统")
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


def moment(text: str, *, field: str) -> datetime:
    """An aware moment from `2026-01-10`, `2026/1/10 09:30`, `2026年1月10日` or ISO 8601.

    Without a zone it is Shanghai's clock; a day alone is its noon (never shifts the day).
    Raises: InvalidInput `complaint.day.unreadable` or `complaint.day.impossible`.
    """
    found = _DAY.fullmatch(half_width(text))
    if found is None:
        raise InvalidInput("complaint.day.unreadable", field=field, label=_label(field), text=text[:40])
    year, month, day_, hour, minute, second, zone = found.groups()
    try:
        clock = time(int(hour), int(minute), int(second or 0)) if hour else time(12, 0)
        plain = datetime.combine(date(int(year), int(month), int(day_)), clock)
    except ValueError:
        raise InvalidInput(
            "complaint.day.impossible", field=field, label=_label(field), text=text[:40]
        ) from None
    if zone:
        return datetime.fromisoformat(plain.isoformat() + zone.replace("Z", "+00:00"))
    return plain.replace(tzinfo=SHANGHAI)


def day(text: str, *, field: str) -> date:
    """A day from the forms `moment` reads. Raises the same."""
    return moment(text, field=field).astimezone(SHANGHAI).date()


def phone(text: str, *, field: str = "phone") -> str:
    """The number in plain digits; full-width digits, blanks and brackets are accepted.

    Raises: InvalidInput `complaint.phone.unreadable`.

    >>> phone("１３８ ００００ １２３４")
    '13800001234'
    """
    plain = (
        re.sub(r"[\s()（）]", "", half_width(text)).replace("－", "-").replace("—", "-").replace("＋", "+")
    )
    if not plain:
        return ""
    if not _PHONE.fullmatch(plain) and not re.fullmatch(r"0\d{2,3}-?\d{7,8}(?:[-转#]\d{1,8})?", plain):
        raise InvalidInput("complaint.phone.unreadable", field=field, label=LABELS["phone"])
    return plain


def _received(text: str) -> datetime:
    if not text.strip():
        raise InvalidInput("complaint.field.missing", field="received_at", label=LABELS["received_at"])
    return moment(text, field="received_at")


def _channel(text: str) -> Channel:
    if not text:
        raise InvalidInput("complaint.field.missing", field="channel", label=LABELS["channel"])
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


def _persons(raw: Mapping[str, Any]) -> tuple[Person, ...]:
    given = raw.get("persons")
    if given is None:
        given = [raw] if any(_text(raw, key) for key in ("name", "phone", "id_number")) else []
    return tuple(
        Person(
            name=_text(one, "name"),
            phone=_text(one, "phone"),
            id_number=_text(one, "id_number"),
            role=_role(_text(one, "role")),
            authority=_text(one, "authority"),
        )
        for one in given
    )


def _role(text: str) -> PartyRole:
    if not text:
        return PartyRole.COMPLAINANT
    try:
        return PartyRole(text)
    except ValueError:
        raise InvalidInput("complaint.party.role", field="role", text=text[:40]) from None


def _letter(raw: Mapping[str, Any]) -> ReferralLetter | None:
    body = _text(raw, "referral_body")
    if not body:
        return None
    try:
        known = Body(body)
    except ValueError:
        raise InvalidInput(
            "complaint.referral.body", field="referral_body", text=body[:40], known=labels_of(Body)
        ) from None
    given = _text(raw, "given_due_on")
    return ReferralLetter(
        body=known,
        number=clean(_text(raw, "referral_number"), "number"),
        given_due_on=day(given, field="given_due_on") if given else None,
    )


def _person(person: Person) -> Person:
    number = half_width(clean(person.id_number, "id_number")).upper()
    cleaned = replace(
        person,
        name=clean(person.name, "name"),
        phone=phone(clean(person.phone, "phone")),
        id_number=number,
        authority=clean(person.authority, "authority"),
    )
    if not cleaned.name and not cleaned.phone and not cleaned.id_number:
        raise InvalidInput("complaint.party.empty", field="name", label=LABELS["name"], rule="CMP-001")
    if cleaned.role in {PartyRole.AGENT, PartyRole.HEIR} and not cleaned.authority:
        raise InvalidInput(
            "complaint.party.authority", field="authority", role=cleaned.role.label, rule="CMP-017"
        )
    _check_id_number(number)
    return cleaned


def _check_id_number(number: str) -> None:
    """Nothing when the number can be. Raises: InvalidInput for eighteen characters that are no identity."""
    if re.fullmatch(r"[0-9]{17}[0-9X]", number) and not is_resident_id(number) and not is_uscc(number):
        raise InvalidInput("complaint.party.id_number", field="id_number", label=LABELS["id_number"])


def clean(text: str, name: str) -> str:
    """The text without blanks at its ends. Raises: InvalidInput for control characters or length."""
    found = first_unseen(text)
    if found:
        raise InvalidInput(
            "complaint.text.control",
            field=name,
            label=_label(name),
            point=found.point,
            place=found.place,
            kind=found.kind,
        )
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    limit = PERSON_LIMITS.get(name) or LIMITS.get(name, 200)
    if len(plain) > limit:
        raise InvalidInput(
            "complaint.field.long", field=name, label=_label(name), limit=limit, size=len(plain)
        )
    return plain


def check_received(received_at: datetime, now: datetime) -> None:
    """Nothing when the moment of receipt can be. Raises: InvalidInput for the future or before 1990."""
    if received_at.tzinfo is None:
        raise InvalidInput("complaint.day.unreadable", field="received_at", label="收到时间", text="")
    if received_at > now and not _same_noon(received_at, now):
        raise InvalidInput(
            "complaint.received.future",
            field="received_at",
            received=_shown(received_at),
            entered=_shown(now),
        )
    if received_at.astimezone(SHANGHAI).date() < EARLIEST:
        raise InvalidInput("complaint.received.ancient", field="received_at", received=_shown(received_at))


def _same_noon(received_at: datetime, now: datetime) -> bool:
    """A day typed without an hour stands at noon; before noon of that same day it is no future."""
    local = received_at.astimezone(SHANGHAI)
    return local.time() == time(12, 0) and local.date() == now.astimezone(SHANGHAI).date()


def check_amount(amount_fen: int | None, currency: str) -> None:
    """Nothing when the amount can be.

    Raises: InvalidInput for a negative one, one without currency, a currency ISO 4217 does not know.
    """
    if currency and not is_currency(currency):
        raise InvalidInput("complaint.amount.unknown", field="currency", label="币种", text=currency[:12])
    if amount_fen is None:
        return
    if amount_fen < 0:
        raise InvalidInput("complaint.amount.negative", field="amount", label="涉及金额")
    if amount_fen > MAX_FEN:
        raise InvalidInput("complaint.amount.large", field="amount", label="涉及金额")
    if not currency:
        raise InvalidInput("complaint.amount.currency", field="currency", label="币种")


def labels_of(term: type[Term]) -> str:
    """Every Chinese name of a term, for a sentence that says what may be chosen."""
    return "、".join(label for _, label in term.choices())


def _shown(moment_: datetime) -> str:
    return moment_.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def _text(raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    return "" if value is None else str(value)


def _label(name: str) -> str:
    return LABELS.get(name, name)
