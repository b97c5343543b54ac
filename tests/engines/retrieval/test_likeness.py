"""Two questions compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.retrieval import Likeness

ASKED = ["怎么提前还款", "提前结清怎么办理", "额度是多少", "为什么没收到验证码", "验证码收不到怎么办"]
LIKENESS = Likeness(ASKED)


def test_the_same_matter_in_other_words_is_nearer_than_another_matter() -> None:
    assert LIKENESS.of("如何提前结清", "怎么提前还清贷款") > LIKENESS.of("如何提前结清", "如何查额度")
    assert LIKENESS.of("没收到验证码", "验证码收不到") > LIKENESS.of("没收到验证码", "没收到账单")


def test_same_is_one_and_nothing_in_common_is_zero() -> None:
    assert LIKENESS.of("额度多少", "额度多少") == 1
    assert LIKENESS.of("额度", "验证码") == 0
    assert LIKENESS.of("", "") == 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_both_ways_alike_and_between_zero_and_one(one: str, other: str) -> None:
    assert LIKENESS.of(one, other) == LIKENESS.of(other, one)
    assert 0 <= LIKENESS.of(one, other) <= 1.0000001
