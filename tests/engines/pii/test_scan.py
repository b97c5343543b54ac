"""What the engine finds, and what it must leave alone."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.pii import Confidence, Options, scan
from xiaobao.engines.pii.fold import fold

FOUND = [
    ("客户周文静身份证11010519491231002X已核", [("NAME", "周文静"), ("ID", "11010519491231002X")]),
    ("证件号：１１０１０５１９４９１２３１００２Ｘ", [("ID", "１１０１０５１９４９１２３１００２Ｘ")]),
    ("联系电话 138 0000 1234，谢谢", [("MOBILE", "138 0000 1234")]),
    ("手机+8613800001234", [("MOBILE", "8613800001234")]),
    ("卡号4111111111111111，请查", [("CARD", "4111111111111111")]),
    ("家里座机0571-81234567", [("PHONE", "0571-81234567")]),
    ("写信到li.na@example.com吧", [("EMAIL", "li.na@example.com")]),
    ("验证码283746，五分钟内有效", [("OTP", "283746")]),
    ("登录密码：Abc#12345", [("PASSWORD", "Abc#12345")]),
    ("车牌浙A12345停在门口", [("PLATE", "浙A12345")]),
    ("家住杭州市西湖区古墩路88号3幢201室", [("ADDRESS", "杭州市西湖区古墩路88号3幢201室")]),
    ('{"custName":"赵敏","ip":"10.0.0.8"}', [("NAME", "赵敏"), ("IP", "10.0.0.8")]),
    ("孙女士称已还清", [("NAME", "孙女士")]),
    ("幺三九零零零零幺二三四是我号码", [("MOBILE", "幺三九零零零零幺二三四")]),
]
LEFT_ALONE = [
    "身份证110105194912310021校验不对",
    "订单号4111111111111111",
    "请拨打客服热线0571-81234567",
    "金额13800001234.00元",
    "交易流水号6222021234567890128",
    "高新支行和王府井支行",
    "张经理已回电",
    "地址：杭州市西湖区古墩路88号示例银行古墩支行",
    "系统版本10.0.0.8",
    "2026-11-23 10:15:30",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_finds(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(span.kind.value, span.text) for span in scan(text)] == expected


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_leaves_alone(text: str) -> None:
    assert scan(text) == []


def test_bad_checksum_is_reported_only_when_asked() -> None:
    (span,) = scan("身份证110105194912310021", at_least=Confidence.LOW)
    assert (span.kind.value, span.confidence) == ("ID", Confidence.LOW)


def test_staff_titles_are_a_choice() -> None:
    assert [span.text for span in scan("张经理已回电", options=Options(staff_titles=True))] == ["张经理"]


@given(st.text(alphabet="0123456789Xx- \n１３８一三八王小明号路杭州市a@.", max_size=80))
def test_spans_are_of_the_original_and_never_overlap(text: str) -> None:
    spans = scan(text, at_least=Confidence.LOW)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


@given(st.text(max_size=200))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)
