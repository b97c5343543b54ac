"""Masks keep the form and hide the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.kernel import masks

TEXTS = st.text(min_size=0, max_size=30)
DIGITS = st.text("0123456789", min_size=12, max_size=19)


@given(TEXTS)
def test_masks_keep_the_length(text: str) -> None:
    for mask in (masks.mask_name, masks.mask_phone, masks.mask_id_number, masks.mask_card):
        assert len(mask(text)) == len(text)


@given(DIGITS)
def test_a_card_shows_six_and_four(number: str) -> None:
    shown = masks.mask_card(number)
    assert (shown[:6], shown[-4:]) == (number[:6], number[-4:])
    assert set(shown[6:-4]) == {"*"}


@given(st.text("0123456789", min_size=9, max_size=9))
def test_a_mobile_in_a_text_is_hidden(rest: str) -> None:
    number = "13" + rest
    assert number not in masks.mask_text(f"请回电{number}，谢谢")


@given(TEXTS)
def test_masking_a_text_twice_changes_nothing_more(text: str) -> None:
    once = masks.mask_text(text)
    assert masks.mask_text(once) == once


def test_texts_hide_ids_cards_and_mobiles_but_not_amounts() -> None:
    shown = masks.mask_text("身份证11010119900101001X卡6222021234567890123电话13800001234金额1234.50元")
    assert shown == "身份证1****************X卡622202*********0123电话138****1234金额1234.50元"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("138 0000 1234", "138 **** 1234"),
        ("(138)0000-1234", "(138)****-1234"),
        ("138\n0000\n1234", "138\n****\n1234"),
        ("110101-19900101-001X", "1*****-********-***X"),
        ("a11010119900101001Xb", "a1****************Xb"),
        ("6222 0212 3456 7890", "6222 02** **** 7890"),
        ("6222.0212.3456.7890.123", "6222.02**.****.***0.123"),
        ("622202123456789012313800001234", "622202********************1234"),
        ("１３８００００１２３４", "１３８****１２３４"),
    ],
)
def test_a_number_is_hidden_in_groups_and_glued_to_another(text: str, masked: str) -> None:
    assert masks.mask_text(f"备注：{text}。") == f"备注：{masked}。"


@given(st.text("0123456789 .-/·X卡", max_size=40))
def test_masking_keeps_the_length_and_every_sign_that_is_no_digit(text: str) -> None:
    masked = masks.mask_text(text)
    assert len(masked) == len(text)
    assert all(now == was or (now == "*" and was.isalnum()) for was, now in zip(text, masked, strict=True))


def test_short_things_are_hidden_whole() -> None:
    assert (masks.mask_name("王"), masks.mask_id_number("12"), masks.mask_card("1234")) == ("*", "**", "****")


def test_full_width_digits_become_plain() -> None:
    assert masks.half_width(" １３８0000１２３４ ") == "13800001234"
