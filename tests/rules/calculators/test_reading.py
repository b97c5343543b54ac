"""Texts of a form read by declaration; each wrong one is refused with its field and a sample."""

from __future__ import annotations

from datetime import date

import pytest

from xiaobao.kernel.days import parse_moment
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.rules.calculators import Calculator, Input, InputType, calculator, read
from xiaobao.rules.calculators.asking import undecided

COLOURS = (("red", "红"), ("green", "绿"))
FORM = Calculator(
    "form",
    "试用",
    "试问",
    (),
    tuple(Input(kind.value, kind.label, kind, choices=COLOURS) for kind in InputType),
    lambda facts, desk: undecided("CMP-003"),
)

READ = [
    ("day", "2026年3月1日", date(2026, 3, 1)),
    ("moment", "2026-03-01T09:00", parse_moment("2026-03-01T09:00")),
    ("days", "2026-03-01, 2026-03-02\n2026-03-03", (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3))),
    ("periods", "2026-03-01..2026-03-02\n2026-03-05 至 2026-03-06", None),
    ("periods", "2026-03-05..", ((date(2026, 3, 5), None),)),
    ("year", "2026年", 2026),
    ("number", "50,000", 50_000),
    ("number", "1.5", 1.5),
    ("number", "５０，０００", 50_000),
    ("year", "２０２６", 2026),
    ("flag", "是", True),
    ("flag", "no", False),
    ("choice", "绿", "green"),
    ("choices", "green, 红", ("green", "red")),
    ("text", "  跨行 ", "跨行"),
]


@pytest.mark.parametrize(("name", "text", "fact"), READ)
def test_reads(name: str, text: str, fact: object) -> None:
    found = read(FORM, {name: text})[name]
    if fact is None:
        assert found == (
            (date(2026, 3, 1), date(2026, 3, 2)),
            (date(2026, 3, 5), date(2026, 3, 6)),
        )
    else:
        assert found == fact


REFUSED = [
    ("day", "2026-02-30"),
    ("day", "昨天"),
    ("moment", "2026-03-01"),
    ("days", "2026-03-01, x"),
    ("periods", "2026-03-01"),
    ("periods", "2026-03-01..2026-03-02..2026-03-03"),
    ("year", "26"),
    ("number", "-1"),
    ("number", "－１"),
    ("number", "五万"),
    ("number", "1e9"),
    ("flag", "也许"),
    ("choice", "blue"),
    ("choices", "red,blue"),
]


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_refuses_and_names_the_field(name: str, text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(FORM, {name: text})
    assert caught.value.field == name
    assert caught.value.say


def test_an_empty_text_is_a_fact_nobody_knows() -> None:
    assert read(FORM, {"day": " ", "flag": ""}) == {}


def test_an_undeclared_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="没有事实“colour”") as caught:
        read(FORM, {"colour": "red"})
    assert "moment" in caught.value.say


def test_an_unknown_calculator_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match="recheck"):
        calculator("horoscope")
