"""The shortcuts of the scan leave out work, never a finding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.pii import Kind, scan
from xiaobao.engines.pii.checks import passes_luhn
from xiaobao.engines.pii.fold import _SPOKEN, _TABLE, _figures, fold

LETTERS = st.text(alphabet="，：（）；！？　０９ａＺ＠\u200b\ufeff—‑\r\n 一三八零〇0a中。", max_size=40)


@given(LETTERS)
def test_folding_is_the_whole_table_on_every_letter(text: str) -> None:
    assert fold(text) == _SPOKEN.sub(_figures, text.translate(_TABLE).replace("\r", " "))


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
