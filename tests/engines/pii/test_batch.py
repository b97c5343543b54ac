"""The columns of large texts against the detector that reads one text: the same findings, span for span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.pii import Options, Span, scan
from xiaobao.engines.pii.batch import ORDER, number_columns, scan_numbers
from xiaobao.engines.pii.detectors.numbers import NumberDetector

ID, CARD, MOBILE = "330106198507123410", "6225880137654324", "13800001111"
DETECTORS = (NumberDetector(),)


def by_detector(text: str, options: Options | None = None) -> list[Span]:
    found = scan(text, options=options or Options(), detectors=DETECTORS)
    return [span for span in found if span.kind in ORDER]


@pytest.mark.parametrize(
    "text",
    [
        f"客户身份证{ID}，手机{MOBILE}。卡{CARD}",
        f"订单号{MOBILE}；合同编号{CARD}",
        f"金额{MOBILE}元，另{MOBILE} 万元，{MOBILE}\t元",
        "6225 8801 3765 4324 和 138-1234-5678 和 86 138 0000 1111",
        f"A{MOBILE} {MOBILE}.5 {MOBILE}a .{MOBILE} {MOBILE}.",
        "１３８００００１１１１，一三八一二三四五六七八，ｃａｒｄ６２２５８８０１３７６５４３２４",
        f"{MOBILE}\r\n13900002222\n{ID}",
        "身份证110101900307281，编号110101900307281，110101900307281",
        f"110101199003072819 卡110101199003072819 {ID[:17]}X 11010119900307281x",
        f"来电。{MOBILE}；卡；{CARD}！卡{CARD}",
        f"008613800001111 8613800001111 2024-01-05 {MOBILE}",
        "",
    ],
)
def test_the_same_findings(text: str) -> None:
    assert scan_numbers(text) == by_detector(text)


def test_a_mobile_never_ends_in_a_letter() -> None:
    assert by_detector("1631-492317x") == scan_numbers("1631-492317x") == []


def test_half_a_letter_before_a_number_is_no_word() -> None:
    text = f"手机\ud800{MOBILE}，\udc00卡{CARD}"
    assert scan_numbers(text) == by_detector(text)


def test_a_word_is_heard_in_its_own_sentence_and_reach_alone() -> None:
    apart = "某" * 17
    text = f"订单{apart}{MOBILE}，手机{apart}{MOBILE}。卡{MOBILE}\n{CARD}，卡某{apart}{CARD}，手{MOBILE}机{MOBILE}"
    assert scan_numbers(text) == by_detector(text)
    assert not number_columns(text).is_high.any()


def test_the_banks_own_numbers_stay() -> None:
    options = Options(public_phones=frozenset({MOBILE}))
    text = f"{MOBILE} 与 13900002222"
    assert scan_numbers(text, options=options) == by_detector(text, options)
    assert [span.text for span in scan_numbers(text, options=options)] == ["13900002222"]


def test_columns_say_place_kind_and_certainty() -> None:
    found = number_columns(f"手机{MOBILE}，{CARD}")
    assert found.starts.tolist() == [2, 14]
    assert [ORDER[kind].value for kind in found.kinds] == ["MOBILE", "CARD"]
    assert found.is_high.tolist() == [True, False]


_PIECES = st.one_of(
    st.text(alphabet="0123456789 -\nXx.，。；a１３\r　元号", min_size=1, max_size=14),
    st.sampled_from(
        [ID, CARD, MOBILE, "86", "0086", "110101900307281", "订单", "手机", "卡", "身份证", "金额", "万元"]
    ),
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_any_text_reads_the_same_both_ways(text: str) -> None:
    assert scan_numbers(text) == by_detector(text)


@given(st.text(max_size=200))
def test_any_unicode_reads_the_same_both_ways(text: str) -> None:
    assert scan_numbers(text) == by_detector(text)
