"""The event contract: what a channel sends before a payment, a login, a device binding.

Identifiers arrive as tokens: the engine never needs a name or a number in clear. Money is
integer fen. `event_id` is the idempotency key. Labels are events like any other.
"""

from __future__ import annotations

import re
import zlib
from enum import StrEnum
from operator import attrgetter
from typing import Any

import msgspec

SCHEMA = 1
EARLIEST = 946_684_800_000  # 2000-01-01
LATEST = 4_070_908_800_000  # 2099-01-01
MAX_BYTES = 65_536
MAX_FEN = 10**15
MAX_WHOLE = 2**63 - 1
AHEAD = 600_000  # milliseconds that a sender's clock may run ahead of the arrival
TOO_FAR = "too_far_ahead"
# What the decoder raises: broken, bytes that are no UTF-8, nested too deep.
NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class EventType(StrEnum):
    """What is about to happen, or what became known."""

    PAYMENT = "payment"
    LOGIN = "login"
    DEVICE_BIND = "device_bind"
    ACCOUNT_OPEN = "account_open"
    LOAN_APPLY = "loan_apply"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a type, not a secret
    CARD_BIND = "card_bind"
    LABEL = "label"


class Label(StrEnum):
    """What a case found out about an earlier event."""

    FRAUD = "fraud"
    FALSE_ALARM = "false_alarm"


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One event. Times are milliseconds since 1970 in UTC; `occurred_at` is when it happened.

    `received_at` is when the bank's own gateway took it; 0 or absent where nobody wrote that down.
    """

    event_id: str
    type: EventType
    occurred_at: int
    received_at: int = 0
    schema: int = SCHEMA
    channel: str = ""
    customer: str = ""
    account: str = ""
    counterparty: str = ""
    device: str = ""
    ip: str = ""
    terminal: str = ""
    amount_fen: int | None = None
    currency: str = ""
    label: Label | None = None
    label_of: str = ""
    attributes: dict[str, str | int | float | bool] = {}


# Entities without which an event of the type means nothing.
NEEDED: dict[EventType, tuple[str, ...]] = {
    EventType.PAYMENT: ("customer", "amount_fen"),
    EventType.LOGIN: ("customer",),
    EventType.DEVICE_BIND: ("customer", "device"),
    EventType.ACCOUNT_OPEN: ("customer",),
    EventType.LOAN_APPLY: ("customer", "amount_fen"),
    EventType.PASSWORD_RESET: ("customer",),
    EventType.CARD_BIND: ("customer", "account"),
    EventType.LABEL: ("label", "label_of"),
}


class EventError(ValueError):
    """An event that cannot be judged: `code` for machines, the message for people."""

    def __init__(self, code: str, say: str, event_id: str = "") -> None:
        super().__init__(say)
        self.code = code
        self.say = say
        self.event_id = event_id


def refusal(wrong: EventError) -> dict[str, dict[str, str]]:
    """What the sender is told, over HTTP and in Flink's stream alike."""
    return {"error": {"code": wrong.code, "say": wrong.say, "event_id": wrong.event_id}}


_ABSENT = ("", None)
_decoder = msgspec.json.Decoder(Event)


def parse(line: bytes) -> Event:
    """The event in one JSON object, checked.

    Raises: EventError, naming the field and the remedy.
    """
    if len(line) > MAX_BYTES:
        raise EventError("event.too_large", f"事件超过 {MAX_BYTES} 字节，请只传入已登记的属性")
    try:
        event = _decoder.decode(line)
    except msgspec.ValidationError as wrong:
        raise EventError("event.malformed", f"事件不符合约定：{_in_words(wrong)}", _id_in(line)) from None
    except NOT_JSON as wrong:
        unlike = re.search(rb":\s*-?(NaN|Infinity)\b", line)
        why = "JSON 没有 NaN 和 Infinity，没有的数请不传这个字段" if unlike else str(wrong)
        raise EventError("event.not_json", f"不是一行完整的 JSON：{why}") from None
    check(event)
    return event


_WORDS = (
    (re.compile(r"Invalid enum value '(.*)' - at `\$\.(.+)`", re.S), "{1} 不能是“{0}”"),
    (re.compile(r"Object missing required field `(.+)`"), "缺少字段 {0}"),
    (re.compile(r"Object contains unknown field `(.+)`"), "不认识的字段 {0}，附加信息请放入 attributes"),
    (re.compile(r"Expected `(.+)`, got `(.+)` - at `\$\.(.+)`"), "{2} 应为 {0}，收到的是 {1}"),
    (re.compile(r"Expected `object`, got `(.+)`"), "应为一个 JSON 对象，收到的是 {0}"),
)


def _in_words(wrong: msgspec.ValidationError) -> str:
    """The decoder's complaint in the office's language; long values are cut."""
    for pattern, words in _WORDS:
        found = pattern.match(str(wrong))
        if found:
            return words.format(*(part if len(part) <= 60 else part[:60] + "…" for part in found.groups()))
    return str(wrong)


def check(event: Event) -> None:
    """Raises: EventError for a time, amount, entity or attribute that cannot be right."""
    fault = _fault(event)
    if fault:
        raise EventError(*fault, event.event_id)


def _fault(event: Event) -> tuple[str, str] | None:
    if not event.event_id or len(event.event_id) > 128:
        return "event.id", "event_id 必须为 1 至 128 个字符"
    if event.schema != SCHEMA:
        return "event.schema", f"不支持的约定版本 {event.schema}，本引擎只接受 {SCHEMA}"
    received = event.received_at or EARLIEST
    if not (EARLIEST <= event.occurred_at < LATEST and EARLIEST <= received < LATEST):
        return "event.time", "occurred_at、received_at 必须是 2000 至 2098 年间的毫秒时间戳"
    if event.amount_fen is not None and not 0 <= event.amount_fen <= MAX_FEN:
        return "event.amount", "amount_fen 必须是不为负的整数（分）"
    for name in NEEDED[event.type]:
        if getattr(event, name) in _ABSENT:
            missing = [one for one in NEEDED[event.type] if getattr(event, one) in _ABSENT]
            return "event.entity", f"{event.type} 事件缺少字段：{'、'.join(missing)}"
    return _strange(event.attributes) if event.attributes else None


def too_far_ahead(event: Event, ahead: int | None) -> str:
    """Why the event may not enter the windows: its time lies more than `ahead` after its arrival. Else empty.

    One such event would make all later ones of its key too late. The two fields of the event are
    compared, never a clock, so that a replay of old files says the same; an event without
    `received_at` cannot be told, nor anything where `ahead` is None.
    """
    if ahead is None or not event.received_at or event.occurred_at - event.received_at <= ahead:
        return ""
    over = (event.occurred_at - event.received_at) // 1000
    return (
        f"{TOO_FAR}: 发生时间比接收时间晚 {over} 秒（允许 {ahead // 1000} 秒），未计入窗口，请核对发送方时钟"
    )


def _strange(attributes: dict[str, str | int | float | bool]) -> tuple[str, str] | None:
    found = [
        name
        for name, value in attributes.items()
        if not isinstance(value, str) and not -MAX_WHOLE <= value <= MAX_WHOLE  # nor is NaN
    ]
    if not found:
        return None
    return "event.attribute", f"属性 {'、'.join(found)} 不是有限的数，或超出 64 位整数"


def _id_in(line: bytes) -> str:
    try:
        document = msgspec.json.decode(line)
    except NOT_JSON:
        return ""
    found = document.get("event_id", "") if isinstance(document, dict) else ""
    return found if isinstance(found, str) else ""


_pack = msgspec.msgpack.Encoder(order="deterministic").encode


def fingerprint(event: Event) -> int:
    """A checksum over what the event says; a repeated delivery may differ in `received_at` alone."""
    return zlib.crc32(_pack(_told(event)))


_told = attrgetter(*(name for name in Event.__struct_fields__ if name not in ("event_id", "received_at")))


def row_of(event: Event) -> dict[str, Any]:
    """The event as a flat row for windows and rules; empty identifiers become None.

    Attributes stand under their own name with `attr.` before it; `hour` (0 to 23), `weekday` (0 is
    Monday), `weekend` and `night` (hours 0 to 6) are China's; `is_fraud` is 1 for a label that
    confirms fraud.
    """
    hours = event.occurred_at // 3_600_000 + 8
    hour, weekday = hours % 24, (hours // 24 + 3) % 7
    row: dict[str, Any] = {
        "type": event.type.value,
        "occurred_at": event.occurred_at,
        "channel": event.channel or None,
        "customer": event.customer or None,
        "account": event.account or None,
        "counterparty": event.counterparty or None,
        "device": event.device or None,
        "ip": event.ip or None,
        "terminal": event.terminal or None,
        "amount_fen": event.amount_fen or 0,
        "hour": hour,
        "weekday": weekday,
        "weekend": 1 if weekday >= 5 else 0,
        "night": 1 if hour <= 6 else 0,
        "is_fraud": int(event.label is Label.FRAUD),
    }
    for name, value in event.attributes.items():
        row[f"attr.{name}"] = value
    return row


EVENT_FIELDS: dict[str, type] = {
    **dict.fromkeys(
        ("type", "channel", "customer", "account", "counterparty", "device", "ip", "terminal"), str
    ),
    **dict.fromkeys(("occurred_at", "amount_fen", "hour", "weekday", "weekend", "night", "is_fraud"), int),
}


def json_schema() -> dict[str, Any]:
    """The contract as JSON Schema, for publication, with the bounds that `check` holds to."""
    found = msgspec.json.schema(Event)
    fields = found["$defs"]["Event"]["properties"]
    fields["event_id"] |= {"minLength": 1, "maxLength": 128}
    fields["schema"] |= {"const": SCHEMA}
    fields["occurred_at"] |= {"minimum": EARLIEST, "exclusiveMaximum": LATEST}
    fields["received_at"] |= {"anyOf": [{"const": 0}, {"minimum": EARLIEST, "exclusiveMaximum": LATEST}]}
    fields["amount_fen"] |= {"minimum": 0, "maximum": MAX_FEN}
    return found


def encode(event: Event) -> bytes:
    """The event as one line of JSON, as `parse` reads it."""
    return msgspec.json.encode(event)
