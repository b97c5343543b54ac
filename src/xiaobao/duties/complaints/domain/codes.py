"""JR/T 0169: the three facets, looked up and checked (CMP-027)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from xiaobao.duties.complaints.domain import jrt0169
from xiaobao.duties.complaints.domain.values import Codes
from xiaobao.kernel.errors import InvalidInput

FACETS: dict[str, tuple[str, str]] = {
    "A": ("channel_code", "业务办理渠道"),
    "B": ("business_code", "业务类别"),
    "C": ("reason_code", "投诉原因"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """One line of the standard's lists; `verified` False shows 未核原文."""

    code: str
    parent: str
    name: str
    verified: bool
    source: str


@cache
def code_table() -> Mapping[str, Code]:
    """Every code by its id."""
    return {
        code: Code(code, parent, name, confidence == "verified", jrt0169.SOURCES[source])
        for code, parent, name, confidence, source in jrt0169.ROWS
    }


def name_of(code: str) -> str:
    """The code's name, '' when it is unknown or empty."""
    found = code_table().get(code)
    return found.name if found else ""


def path_of(code: str) -> str:
    """The name with its parent's: 银行卡 · 信用卡."""
    found = code_table().get(code)
    if found is None:
        return ""
    return f"{name_of(found.parent)} · {found.name}" if found.parent else found.name


def facet(letter: str) -> tuple[Code, ...]:
    """The list of one facet, `A`, `B` or `C`, in the standard's order."""
    return tuple(code for code in code_table().values() if code.code.startswith(letter))


def top_of(code: str) -> str:
    """The first-level code above (or equal to) this one: B2.2.1 -> B2."""
    return code.split(".", 1)[0]


def check(codes: Codes) -> None:
    """Nothing when each given code stands in its facet's list.

    Raises: InvalidInput `complaint.code.unknown` naming field and value.
    """
    for letter, (field, label) in FACETS.items():
        check_one(letter, getattr(codes, field), field=field, label=label)


def check_one(letter: str, code: str, *, field: str, label: str) -> None:
    """Nothing when the code is empty or stands in the facet. Raises as `check`."""
    if code and (code not in code_table() or not code.startswith(letter)):
        raise InvalidInput("complaint.code.unknown", field=field, label=label, value=code, rule="CMP-027")


def recoded(codes: Codes, mapping: Mapping[str, str], version: str) -> Codes:
    """The codes carried over into a new version by its map; a code without a row stays."""
    return Codes(
        mapping.get(codes.channel_code, codes.channel_code),
        mapping.get(codes.business_code, codes.business_code),
        mapping.get(codes.reason_code, codes.reason_code),
        version,
    )


def is_money_matter(business_code: str, reason_code: str) -> bool:
    """Whether the coded matter is about money, so that an amount is expected (资金类)."""
    return reason_code in {"C7", "C8", "C10"} or top_of(business_code) in {"B4", "B9"}
