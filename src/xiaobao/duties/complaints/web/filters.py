"""The list's filters: from the address to `ListFilters`, and back to chips and links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from urllib.parse import urlencode

from markupsafe import Markup

from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import Channel, Stage, Tab
from xiaobao.kernel.errors import InvalidInput

KEYS = (
    "tab",
    "q",
    "channel",
    "business",
    "reason",
    "stage",
    "org",
    "due",
    "due_on",
    "from",
    "until",
    "handler",
    "waiting",
    "sort",
)
DUE_SPANS: dict[str, tuple[str, int]] = {
    "0": ("今天到期", 0),
    "3": ("3 天内", 3),
    "7": ("7 天内", 7),
    "15": ("15 天内", 15),
}
SORT_LABELS: dict[str, str] = {"due": "办理时限", "received": "收到时间", "closed": "办结时间"}


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter and the address without it."""

    label: str
    href: str


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """The known, non-empty keys of an address, stripped; an order nobody offers is none."""
    found = {key: value for key in KEYS if (value := query.get(key, "").strip())}
    if found.get("sort", "due") not in SORT_LABELS:
        del found["sort"]
    return found


def filters_of(given: Mapping[str, str], today: date) -> ListFilters:
    """The filters an address names. Raises: InvalidInput `complaint.filter`."""
    span = DUE_SPANS.get(given.get("due", ""))
    due_on = _day(given, "due_on")
    return ListFilters(
        tab=Tab(_member(Tab, given, "tab") or Tab.OPEN),
        scope=given.get("org", ""),
        channel=_member(Channel, given, "channel") or "",
        stage=_member(Stage, given, "stage") or "",
        business=_code(given, "business"),
        reason=_code(given, "reason"),
        handler_id=_number(given, "handler"),
        due_from=due_on,
        due_until=due_on or (today + timedelta(days=span[1]) if span else None),
        received_from=_day(given, "from"),
        received_until=_day(given, "until"),
        text=given.get("q", ""),
        waiting=given.get("waiting") == "1",
        sort=given.get("sort", "due") if given.get("sort", "due") in SORT_LABELS else "due",
    )


def link(base: str, given: Mapping[str, str], **changes: str) -> str:
    """The list's address with some keys changed; an empty value drops the key, the cursor goes."""
    merged = {**given, **changes}
    words = urlencode([(key, merged[key]) for key in (*KEYS, "cursor") if merged.get(key)])
    return f"{base}?{words}" if words else base


def chips(
    base: str, given: Mapping[str, str], orgs: Mapping[str, str], handlers: Mapping[str, str]
) -> list[Chip]:
    """What is filtered by, in words; the tab and the order are no chips."""
    words: dict[str, Callable[[str], str]] = {
        "q": lambda value: f"含“{value}”",
        "channel": lambda value: f"来源：{Channel.label_of(value)}",
        "business": lambda value: f"业务：{codes.name_of(value)}",
        "reason": lambda value: f"原因：{codes.name_of(value)}",
        "stage": lambda value: f"状态：{Stage.label_of(value)}",
        "org": lambda value: f"机构：{orgs.get(value, '指定机构')}",
        "due": lambda value: f"时限：{DUE_SPANS[value][0]}" if value in DUE_SPANS else "",
        "due_on": lambda value: f"到期日：{value}",
        "from": lambda value: f"收到不早于 {value}",
        "until": lambda value: f"收到不晚于 {value}",
        "handler": lambda value: f"经办人：{handlers.get(value, '指定人员')}",
        "waiting": lambda value: "还在计时" if value == "1" else "",
    }
    return [
        Chip(label, link(base, given, **{key: ""}))
        for key, say in words.items()
        if given.get(key) and (label := say(given[key]))
    ]


def options(pairs: Iterable[tuple[str, str]], chosen: str) -> Markup:
    """The options of a select as HTML, the chosen one marked."""
    lines = [
        Markup('<option value="{}"{}>{}</option>').format(
            value, Markup(" selected") if value == chosen else "", label
        )
        for value, label in pairs
    ]
    return Markup("").join(lines)


@lru_cache(maxsize=512)
def fixed_options(name: str, chosen: str) -> Markup:
    """The options of a select whose lines never change: channel, stage, business, reason, due."""
    return options([("", f"{FIXED_LABELS[name]}：全部"), *_fixed(name)], chosen)


FIXED_LABELS = {
    "channel": "来源",
    "stage": "状态",
    "business": "业务类别",
    "reason": "投诉原因",
    "due": "时限",
}
KEY_LABELS = FIXED_LABELS | {
    "tab": "页签",
    "due_on": "到期日",
    "from": "收到不早于",
    "until": "收到不晚于",
    "handler": "经办人",
}


def _fixed(name: str) -> list[tuple[str, str]]:
    if name == "due":
        return [(key, label) for key, (label, _) in DUE_SPANS.items()]
    if name == "channel":
        return Channel.choices()
    if name == "stage":
        return Stage.choices()[1:]
    letter = "B" if name == "business" else "C"
    return [(code.code, code.name) for code in codes.facet(letter) if not code.parent]


def _member(terms: type[Tab] | type[Channel] | type[Stage], given: Mapping[str, str], key: str) -> str:
    value = given.get(key, "")
    if value and value not in terms._value2member_map_:
        raise InvalidInput("complaint.filter", field=key, label=KEY_LABELS[key])
    return value and terms(value)


def _code(given: Mapping[str, str], key: str) -> str:
    value = given.get(key, "")
    if value and not codes.name_of(value):
        raise InvalidInput("complaint.filter", field=key, label=KEY_LABELS[key])
    return value


def _number(given: Mapping[str, str], key: str) -> int | None:
    value = given.get(key, "")
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 12:
        raise InvalidInput("complaint.filter", field=key, label=KEY_LABELS[key])
    return int(value)


def _day(given: Mapping[str, str], key: str) -> date | None:
    value = given.get(key, "")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InvalidInput("complaint.filter", field=key, label=KEY_LABELS[key]) from None
