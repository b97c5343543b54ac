"""The shortcuts of the scan leave out work, never a finding."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.pii import Confidence, Kind, scan
from xiaobao.engines.pii.checks import has_id_check, has_id_shape, is_card_length, passes_luhn
from xiaobao.engines.pii.detectors import addresses, codes, numbers
from xiaobao.engines.pii.engine import NUMBERS_AND_MAIL
from xiaobao.engines.pii.fold import _SPOKEN, _TABLE, _figures, fold, fold_numbers
from xiaobao.engines.pii.tables import CARD_PREFIXES, PROVINCES, PUBLIC_PHONE_CUES

LETTERS = st.text(alphabet="，：（）；！？　０９ａＺ＠\u200b\ufeff—‑\r\n 一三八零〇0a中。", max_size=40)


@given(LETTERS)
def test_folding_is_the_whole_table_on_every_letter(text: str) -> None:
    assert fold(text) == _SPOKEN.sub(_figures, text.translate(_TABLE).replace("\r", " "))


@given(LETTERS)
def test_folding_for_numbers_leaves_only_everyday_punctuation_wide(text: str) -> None:
    assert fold(fold_numbers(text)) == fold(text)
    wide = {a for a, b in zip(fold_numbers(text), fold(text), strict=True) if a != b}
    assert wide <= set("，：（）；！？")


@given(st.integers(0, 10**17 - 1))
def test_the_identity_check_to_base_13_is_the_weighted_sum(number: int) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    digits = f"{number:017}"
    right = "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    assert [check for check in "0123456789X" if has_id_check(digits + check)] == [right]


DAYS = st.one_of(
    st.dates(date(1870, 1, 1), date(2110, 1, 1)).map("{:%Y%m%d}".format),
    st.tuples(st.sampled_from((1879, 1880, 1896, 1900, 2000, 2023, 2024, 2100, 2101)), st.integers(0, 13), st.integers(0, 32))
    .map(lambda day: "{:04}{:02}{:02}".format(*day)),
)  # fmt: skip


@given(st.integers(10, 99), DAYS)
def test_the_shape_of_an_identity_number_is_a_province_and_a_day_that_there_is(
    province: int, day: str
) -> None:
    try:
        is_day = 1880 <= date.fromisoformat(day).year <= 2100
    except ValueError:
        is_day = False
    assert has_id_shape(f"{province}0102{day}123x") == (str(province) in PROVINCES and is_day)


@pytest.mark.parametrize(
    "cues", [numbers.ID_CUES, numbers.CARD_CUES, numbers.MOBILE_CUES, numbers.LANDLINE_CUES]
)
def test_no_word_against_a_number_hides_behind_a_cue(cues: tuple[str, ...]) -> None:
    against = (*numbers.AGAINST, *(PUBLIC_PHONE_CUES if cues is numbers.LANDLINE_CUES else ()))
    for cue in cues:
        assert not [word for word in against if word in cue]
        assert not [word for word in against for size in range(1, len(cue)) if word.startswith(cue[-size:])]


NUMBERS = st.lists(
    st.sampled_from(
        ("13800001234", "138-0000-1234", "330106198507123410", "33010619850712341X", "6225880137654324", "手机",
         "订单", "0571-12345678", "客服", "元", " ", "\n", "；", "，", "一三八零零零零一二三四", "３", "a@b.cn", "@", "x", "1.5")
    ),
    max_size=9,
).map("".join)  # fmt: skip


@given(NUMBERS)
def test_what_is_left_out_below_the_floor_is_only_what_is_less_sure(text: str) -> None:
    every = scan(text, detectors=NUMBERS_AND_MAIL, at_least=Confidence.LOW)
    surer = scan(text, detectors=NUMBERS_AND_MAIL)
    assert all(span.confidence >= Confidence.MEDIUM for span in surer)
    assert {span for span in every if span.confidence >= Confidence.MEDIUM} <= set(surer)


@given(st.text(alphabet="0123456789 -\n.xX元中A", max_size=60))
def test_a_plain_number_is_the_token_of_the_whole_pattern(text: str) -> None:
    tokens = {token.start(): token.span() for token in numbers._TOKEN.finditer(text)}
    for start in tokens:
        plain = numbers._PLAIN.match(text, start)
        assert plain is None or plain.span() == tokens[start]
        assert text[start:].encode("ascii", "replace").translate(numbers._PARTS).startswith(numbers._RUN)


@given(st.text(alphabet="@ab1-. 中", max_size=20).map("@a".__add__))
def test_a_domain_without_backtracking_is_that_of_the_plain_pattern(text: str) -> None:
    plain = r"@[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
    found, wanted = codes._DOMAIN.match(text), re.match(plain, text)
    assert (found and found.span()) == (wanted and wanted.span())


@pytest.mark.parametrize(("prefix", "lengths"), CARD_PREFIXES.items())
def test_the_first_look_at_a_card_refuses_no_prefix(prefix: str, lengths: frozenset[int]) -> None:
    assert all(is_card_length(prefix.ljust(size, last)) for size in lengths for last in "09")


@given(st.text(alphabet="12345-一甲A号弄单元组室房街道社区小新村文路 ", max_size=40))
def test_houses_found_from_their_last_word_are_those_of_the_whole_pattern(text: str) -> None:
    found = [house.span() for house in addresses._houses(text)]
    assert found == [house.span() for house in addresses._HOUSE.finditer(text)]


@given(st.integers(0, 10**19))
def test_luhn_by_tables_is_luhn_digit_by_digit(number: int) -> None:
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(str(number)))]
    assert passes_luhn(str(number)) == (sum(d - 9 * (d > 9) for d in doubled) % 10 == 0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("动态口令：502913", Kind.PASSWORD),
        ("登录密码888888", Kind.PASSWORD),
        ("cvv2: 123", Kind.CVN),
        ("卡背面末三位123", Kind.CVN),
        ("有效期至08/27", Kind.EXPIRY),
        ("护照E12345678", Kind.PASSPORT),
        ("港澳居民来往内地通行证H12345678", Kind.PERMIT),
        ("台湾居民来往大陆通行证12345678", Kind.PERMIT),
        ("v信wangxiao88", Kind.WECHAT),
        ("扣扣12345678", Kind.QQ),
        ("对公账户 3301 0400 1234", Kind.ACCOUNT),
        ("SWIFT Code: ICBKCNBJ", Kind.SWIFT),
        ("androidId=9774d56d682e549c", Kind.DEVICE),
        ("出生于1985年7月12日", Kind.BIRTH_DATE),
        ("声纹特征值：QUJDREVGR0hJSktMTU5P", Kind.BIOMETRIC),
    ],
)
def test_every_cue_is_tried_where_one_of_its_words_stands(text: str, kind: Kind) -> None:
    assert [span.kind for span in scan(text)] == [kind]


@pytest.mark.parametrize("doctor", ["李明", "欧阳建国", "王小红"])
def test_a_name_before_a_profession_is_found_from_the_profession(doctor: str) -> None:
    names = [span.text for span in scan(f"转院后由{doctor}医生和由赵大宝律师接手") if span.kind is Kind.NAME]
    assert names == [doctor, "赵大宝"]


def test_findings_that_do_not_touch_stay_in_the_order_of_the_text() -> None:
    spans = scan("邮箱a@b.cn，手机13800001111，身份证330106198507123410")
    assert [span.kind for span in spans] == [Kind.EMAIL, Kind.MOBILE, Kind.ID]
