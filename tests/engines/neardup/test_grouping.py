"""Many texts at once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.neardup import caught, rates, texts, with_event
from xiaobao.engines.neardup import group, spread

LETTER = "本人在贵行购买稳盈九号理财，到期后一直没有兑付，多次联系客户经理无果，要求尽快兑付本息"


def test_variants_join_the_first_and_others_stay_alone() -> None:
    texts = [
        LETTER,
        "手机银行转账限额太低，柜台也不给调整",
        LETTER.replace("本人", "您好，我") + "，谢谢！",
        LETTER.replace("多次", "数次").replace("九号", "９号"),
    ]
    assert group(texts) == [0, 1, 0, 0]


def test_figures_widths_and_punctuation_do_not_part_texts() -> None:
    assert group(["被扣 1200 元手续费，请退还", "被扣３０元手续费。请退还！！"]) == [0, 0]


def test_no_chain_of_neighbours() -> None:
    """Each is near the next, the ends are strangers: they are not one group."""
    words = [f"{chr(0x4E00 + n * 7)}{chr(0x5E00 + n * 11)}" for n in range(60)]
    chain = ["".join(words[at : at + 10]) for at in range(0, 50, 3)]
    heads = group(chain)
    assert heads[0] != heads[-1]
    assert heads[0] == heads[1]


def test_what_everybody_writes_does_not_join() -> None:
    form = "尊敬的领导您好，我是贵行多年的老客户，今天反映如下问题，请尽快核实处理并书面答复："
    drawn = random.Random(3)
    texts = [form + "".join(chr(0x4E00 + drawn.randrange(3000)) for _ in range(14)) for _ in range(600)]
    assert len(set(group(texts))) > 590


def test_nothing_and_empty_texts() -> None:
    assert group([]) == []
    assert group(["", "", "。"]) == [0, 1, 2]


@given(st.lists(st.text(max_size=40), max_size=30))
def test_every_text_has_a_head_that_heads_itself(texts: list[str]) -> None:
    heads = group(texts)
    assert len(heads) == len(texts)
    assert all(head <= text and heads[head] == head for text, head in enumerate(heads))


@given(st.text(alphabet="贷款利率手续费理财兑付到期", min_size=4, max_size=40), st.integers(2, 5))
def test_the_same_text_is_one_group(text: str, times: int) -> None:
    assert group([text] * times) == [0] * times


@pytest.mark.parametrize("share", [0.1, 0.3])
@pytest.mark.parametrize("letter", [0, 3, 5, 7])
def test_a_mass_event_stays_one_group(letter: int, share: float) -> None:
    """Its words are in a tenth to a third of all texts, as a form letter's are."""
    made, labels = with_event(4000, share, letter)
    together, pure = caught(labels, group(made))
    assert together > 0.95
    assert pure > 0.95


def test_a_form_letter_of_many_matters_is_not_one_of_them() -> None:
    """The letter's words are as frequent as an event's; the matters behind it stay apart."""
    made, labels = texts(5000, seed=5)
    precision, recall = rates(labels, group(made))
    assert precision > 0.95
    assert recall > 0.9


def test_far_texts_find_their_group(monkeypatch: pytest.MonkeyPatch) -> None:
    """The head stands in an earlier part than the member."""
    monkeypatch.setattr(spread, "_CHUNK", 100)
    made, _ = texts(300)
    told = ["啊喔鹅衣乌迂坡摸佛得特呢勒", *made, "您好，啊喔鹅衣乌迂坡摸佛得特呢勒！"]
    assert group(told)[-1] == 0
