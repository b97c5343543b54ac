"""Texts typed into a form or on the command line, read as the facts a calculator declares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from xiaobao.kernel.days import parse_day, parse_moment
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.calculators.values import Calculator, Input, InputType
from xiaobao.rules.near import meant_by

TRUTHS = {
    "true": True,
    "yes": True,
    "1": True,
    "是": True,
    "false": False,
    "no": False,
    "0": False,
    "否": False,
}
_PARTS = re.compile(r"[,，;；、\s]+")
_FROM_TO = re.compile(r"\s*(?:\.\.|至|到|~|—)\s*")


def read(calculator: Calculator, texts: Mapping[str, str]) -> dict[str, Any]:
    """The facts in these texts by the calculator's declarations; empty texts are facts nobody knows.

    Raises: InvalidInput `calc.unknown_input` for a name that is not declared, `calc.input` naming the field.
    """
    facts: dict[str, Any] = {}
    for name, text in texts.items():
        declared = calculator.by_name.get(name)
        if declared is None:
            known = "、".join(calculator.by_name)
            raise InvalidInput(
                "calc.unknown_input",
                field=name,
                say=f"“{calculator.title}”没有事实“{name}”{meant_by(name, calculator.by_name)}；可用：{known}",
            )
        if text.strip():
            facts[name] = _READERS[declared.type](declared, text.strip())
    return facts


def _wrong(declared: Input, text: str, sample: str) -> InvalidInput:
    return InvalidInput(
        "calc.input",
        field=declared.name,
        text=text,
        say=f"“{declared.label}”（{declared.name}）读不懂“{text}”，应为{declared.type.label}，例如 {sample}",
    )


def _day(declared: Input, text: str) -> date:
    return parse_day(text, field=declared.name)


def _moment(declared: Input, text: str) -> datetime:
    if "T" not in text and ":" not in text:
        raise _wrong(declared, text, "2026-03-01T09:00")
    return parse_moment(text, field=declared.name)


def _days(declared: Input, text: str) -> tuple[date, ...]:
    """The days; that there are none is said, an empty field is not an answer."""
    if text in ("无", "没有"):
        return ()
    return tuple(parse_day(part, field=declared.name) for part in _PARTS.split(text) if part)


def _periods(declared: Input, text: str) -> tuple[tuple[date, date | None], ...]:
    found = []
    for line in re.split(r"[\n;；,，]+", text):
        if not line.strip():
            continue
        parts = _FROM_TO.split(line.strip())
        if len(parts) != 2:
            raise _wrong(declared, line.strip(), "2026-03-05..2026-03-24，每段一行；未结束的写 2026-03-05..")
        until = parse_day(parts[1], field=declared.name) if parts[1] else None
        found.append((parse_day(parts[0], field=declared.name), until))
    return tuple(found)


def _number(declared: Input, text: str) -> int | float:
    plain = re.sub(r"[,_\s]", "", unicodedata.normalize("NFKC", text))
    if plain.startswith(("-", "−")):
        raise InvalidInput(
            "rules.negative",
            field=declared.name,
            say=f"“{declared.label}”（{declared.name}）不能是负数：{text}",
        )
    try:
        return int(plain) if re.fullmatch(r"-?\d{1,18}", plain, re.ASCII) else _float(plain)
    except ValueError:
        raise _wrong(declared, text, "50000") from None


def _float(plain: str) -> float:
    if not re.fullmatch(r"-?\d{1,15}\.\d{1,6}", plain, re.ASCII):
        raise ValueError(plain)
    return float(plain)


def _year(declared: Input, text: str) -> int:
    plain = unicodedata.normalize("NFKC", text)
    if not re.fullmatch(r"(19|20|21)\d\d年?", plain, re.ASCII):
        raise _wrong(declared, text, "2026")
    return int(plain[:4])


def _flag(declared: Input, text: str) -> bool:
    if text.lower() not in TRUTHS:
        raise _wrong(declared, text, "是 或 否")
    return TRUTHS[text.lower()]


def _choice(declared: Input, text: str) -> str:
    for value, label in declared.choices:
        if text in (value, label):
            return value
    raise _wrong(declared, text, "、".join(f"{value}（{label}）" for value, label in declared.choices))


def _choices(declared: Input, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_choice(declared, part) for part in _PARTS.split(text) if part))


def _text(declared: Input, text: str) -> str:
    return text[:1000]


_READERS: dict[InputType, Callable[[Input, str], Any]] = {
    InputType.DAY: _day,
    InputType.MOMENT: _moment,
    InputType.DAYS: _days,
    InputType.PERIODS: _periods,
    InputType.YEAR: _year,
    InputType.NUMBER: _number,
    InputType.FLAG: _flag,
    InputType.CHOICE: _choice,
    InputType.CHOICES: _choices,
    InputType.TEXT: _text,
}
