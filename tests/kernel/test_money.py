"""Fen from what a person typed, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.money import MAX_FEN, fen_from_yuan, yuan


@given(st.integers(0, MAX_FEN))
def test_what_is_shown_is_read_again(fen: int) -> None:
    assert fen_from_yuan(yuan(fen)) == fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1,234.50", 123450), ("１２３４．５元", 123450), ("¥0.01", 1), (" 100 ", 10000), ("￥1，000", 100000)],
)
def test_reads_what_people_type(typed: str, fen: int) -> None:
    assert fen_from_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-1", "money.negative"),
        ("－1", "money.negative"),
        ("0.001", "money.too_fine"),
        ("一百", "money.unreadable"),
        ("", "money.unreadable"),
        ("NaN", "money.unreadable"),
        ("Infinity", "money.unreadable"),
        ("1" * 20, "money.too_large"),
    ],
)
def test_refuses_with_a_sentence(typed: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        fen_from_yuan(typed)
    assert caught.value.code == code
    assert "金额" in caught.value.say


def test_a_negative_amount_is_shown_with_its_sign() -> None:
    assert yuan(-5) == "-0.05"
