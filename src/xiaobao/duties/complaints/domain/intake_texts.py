"""One typed text into one value: a day, a phone, an amount, a clean text; each refusal names field, rule, remedy."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from xiaobao.duties.complaints.domain.currencies import is_currency
from xiaobao.duties.complaints.domain.unseen import first_unseen
from xiaobao.duties.complaints.domain.values import MAX_FACTS, MAX_REQUEST
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.masks import half_width
from xiaobao.kernel.money import MAX_FEN
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
    "referral_number": "转办编号",
    "number": "文号",
    "authority": "授权或继承证明",
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


def _label(name: str) -> str:
    return LABELS.get(name, name)
