"""Numbers in what people typed: hidden, not searchable, and put back where they were left alone."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain.masking import (
    has_numbers,
    plain_shown,
    restored,
    shown,
    without_numbers,
)

HIDDEN = [
    ("身份证330106198507123410", "身份证3****************0"),
    ("身份证号 110101199001011234（校验位有误）", "身份证号 1****************4（校验位有误）"),
    ("手机13800001234", "手机138****1234"),
    ("手机 138-0000-1234", "手机 138-****-1234"),
    ("１３８００００１２３４", "１３８****１２３４"),
    ("一三八零零零零一二三四", "一三八****一二三四"),
    ("卡6222021234567890123", "卡622202*********0123"),
    ("卡号6222 0212 3456 7890 128", "卡号6222 02** **** ***0 128"),
    ("邮箱 li.na@example.com", "邮箱 l****@example.com"),
]
HOMES = [
    (
        "本人住杭州市西湖区文三路100号3幢401室，请书面答复",
        "本人住杭州市西湖区*************，请书面答复",
        "文三路",
    ),
    ("家住文三路12号", "家住******", "文三路"),
    ("加我微信lina_1988联系", "加我微信l***_***8联系", "lina"),
    ("对方账户wxid_abc，已拉黑", "对方账户w***_**c，已拉黑", "wxid"),
    ("加QQ 123456789", "加QQ ******789", "123456"),
]
PLAIN = [
    "编号2026012号工单，请到浙江分行杭州支行文三路12号营业部办理",
    "通过微信、QQ群多次联系客服，小区内网点排队",
    "第三组客户经理在3号窗口答复",
    "投诉编号 TS20261108-0047",
    "自2026-03-02至2026-04-01，金额 54,000.00 元",
    "短信回执 20260302001",
    "监转〔2026〕12号，第十八条",
    "客服 95588 或 12378",
]


@pytest.mark.parametrize(("text", "masked"), HIDDEN)
def test_numbers_are_starred_and_unsearchable(text: str, masked: str) -> None:
    assert shown(text) == masked
    assert has_numbers(text)
    digits = "".join(char for char in without_numbers(text) if char.isdigit())
    assert digits == ""


@pytest.mark.parametrize(("text", "masked", "hidden"), HOMES)
def test_homes_and_chat_ids_are_starred_and_unsearchable(text: str, masked: str, hidden: str) -> None:
    assert shown(text) == masked
    assert hidden not in without_numbers(text)
    assert restored(masked, text) == text
    assert shown(masked) == masked


@pytest.mark.parametrize("text", PLAIN)
def test_other_figures_stay(text: str) -> None:
    assert shown(text) == without_numbers(text) == text
    assert not has_numbers(text)


def test_a_long_text_is_masked_like_a_short_one() -> None:
    assert shown("事实" * 200 + "13800001234") == "事实" * 200 + "138****1234"


@pytest.mark.parametrize("length", [199, 201, 19_999, 20_001])
def test_what_is_kept_for_the_next_reading_is_the_masked_text(length: int) -> None:
    text = "来电13800001234。".ljust(length, "话")
    for _ in range(2):
        assert shown(text) == text.replace("13800001234", "138****1234")


def test_values_inside_details_are_masked_too() -> None:
    detail = {"reason": "手机13800001234", "evidence": [{"name": "13800001234.jpg"}], "number": 7}
    assert plain_shown(detail) == {
        "reason": "手机138****1234",
        "evidence": [{"name": "138****1234.jpg"}],
        "number": 7,
    }


def test_what_was_left_masked_is_put_back() -> None:
    original = "甲 13800001234，乙 13900005678"
    typed = shown(original).replace("甲", "王先生")
    assert restored(typed, original) == "王先生 13800001234，乙 13900005678"


@given(st.text(alphabet="0123456789Xx-@ .a一零卡号", max_size=60))
def test_untouched_text_comes_back_whole_and_masking_is_done_once(text: str) -> None:
    assert restored(shown(text), text) == text


GAPS = ["", " ", "-", "－", "—", "–", "　", ".", "·", "/", "_", "  ", "\n", ") "]
EDGES = ["", "卡", "A", "：", "元", "，", "号", "x", "TS20260302-0001，"]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _resident(area: str, born: date, serial: int) -> str:
    """An identity number whose check digit is right."""
    front = f"{area}{born:%Y%m%d}{serial:03}"
    return front + "10X98765432"[sum(int(d) * w for d, w in zip(front, WEIGHTS, strict=True)) % 11]


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
CARDS = st.from_regex(r"[3-6][0-9]{15,18}", fullmatch=True)
RESIDENTS = st.builds(
    _resident,
    st.sampled_from(["110101", "330106", "440305"]),
    st.dates(date(1940, 1, 1), date(2015, 12, 31)),
    st.integers(0, 999),
)


def _grouped(number: str, gap: str) -> str:
    sizes = {11: (3, 4, 4), 18: (6, 8, 4)}.get(len(number), (4, 4, 4, 4, 4))
    ends = list(itertools.accumulate(sizes, initial=0))
    return gap.join(filter(None, (number[a:b] for a, b in itertools.pairwise(ends))))


def _digits(text: str) -> str:
    """What is left to read: digits and stars, whatever stands between them."""
    return "".join(char for char in text.upper() if char.isdigit() or char in "X*")


@given(MOBILES | CARDS | RESIDENTS, *map(st.sampled_from, (GAPS, EDGES, EDGES)))
def test_no_number_survives_however_it_is_grouped_and_whatever_stands_around(
    number: str, gap: str, before: str, after: str
) -> None:
    text = f"{before}{_grouped(number, gap)}{after}"
    assert number not in _digits(shown(text))
    assert number not in _digits(without_numbers(text))
    assert restored(shown(text), text) == text


@given(st.lists(MOBILES | CARDS | RESIDENTS, min_size=2, max_size=3))
def test_numbers_written_into_one_another_hide_each_other(numbers: list[str]) -> None:
    masked = _digits(shown("".join(numbers)))
    assert [number for number in numbers if number in masked] == []


@pytest.mark.parametrize(
    "text",
    [
        "2019 2020 2021 三年均未收取",
        "2019-2020-2021 年度",
        "2026/03/02 1500 元",
        "合同 HT-2025-0012",
        "利率由 3.85 调至 4.20",
        "1,380,000,012.34 元",
        "TS20260302-0001，TS20260302-0002",
        "139.50 元、1380.00 元",
    ],
)
def test_years_amounts_and_our_own_numbers_are_no_cards(text: str) -> None:
    assert shown(text) == text
