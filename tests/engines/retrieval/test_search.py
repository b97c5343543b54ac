"""Earlier opinions like a question: found by words, by meaning of the trade, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.retrieval import Document, Index, Wanted, Words

OPINIONS = [
    Document("fee", "账户管理费应在开户前逐项公示，减免条件同页列明。", material="合同", product="借记卡"),
    Document("face", "采集人脸图像须单独征得同意，并提供其他核验办法。", material="界面", product="手机银行"),
    Document("rate", "贷款广告写日利率时须同时写年化利率。", material="海报", product="贷款"),
    Document("quit", "商业短信须写明退订办法，退订不得收费。", material="短信"),
]


def keys(query: str, documents: list[Document] = OPINIONS, **filters: object) -> list[str]:
    return [hit.key for hit in Index(documents).search(query, **filters)]  # type: ignore[arg-type]


def test_found_by_its_own_words() -> None:
    assert keys("账户管理费怎么公示")[0] == "fee"


@pytest.mark.parametrize(
    ("query", "key"), [("刷脸开户", "face"), ("日息广告", "rate"), ("广告短信取消订阅", "quit")]
)
def test_found_by_the_word_customers_use(query: str, key: str) -> None:
    assert keys(query)[0] == key


@pytest.mark.parametrize("query", ["年会抽奖", "LPR", "停车位", "", "？！", "的"])
def test_nothing_similar_is_an_empty_answer(query: str) -> None:
    assert keys(query) == []


def test_two_hanzi_and_one_find_too() -> None:
    assert keys("退订") == ["quit"]
    assert keys("脸") == ["face"]


def test_a_superseded_text_stays_below_and_is_marked() -> None:
    old = Document("old", "（已废止）账户管理费应在开户前逐项公示，减免条件同页列明。")
    hits = Index([old, *OPINIONS]).search("账户管理费 公示")
    assert [(hit.key, hit.is_superseded) for hit in hits] == [("fee", False), ("old", True)]


def test_what_readers_accepted_comes_before_its_equal() -> None:
    twins = [
        Document("a", "利率调整须提前通知客户"),
        Document("b", "利率调整须提前通知客户", accepted=9),
        Document("c", "利率调整须提前通知客户", rejected=9),
    ]
    assert keys("利率调整 通知", twins) == ["b", "a", "c"]


def test_filters_narrow_by_material_product_and_day() -> None:
    ended = Document("ended", "贷款广告写日利率即可。", until=date(2020, 12, 31), material="海报")
    everything = [*OPINIONS, ended]
    assert "ended" in keys("贷款广告日利率", everything)
    assert keys("贷款广告日利率", everything, wanted=Wanted(on=date(2021, 1, 1))) == ["rate"]
    assert keys("贷款广告日利率", everything, wanted=Wanted(material="短信")) == []
    assert keys("贷款广告日利率", everything, wanted=Wanted(product="贷款")) == ["rate"]


def test_a_banks_own_words_join_the_houses() -> None:
    documents = [Document("x", "增利宝到期兑付安排说明")]
    words = Words().with_groups(("增利宝", "小红花"))
    assert keys("小红花", documents) == []
    assert [hit.key for hit in Index(documents, words=words).search("小红花")] == ["x"]


def test_full_width_and_case_do_not_matter() -> None:
    assert keys("ｌｐｒ转换", [Document("l", "LPR 转换须书面告知")]) == ["l"]


def test_an_empty_index_answers() -> None:
    assert keys("退订", []) == []


@given(st.text(max_size=60), st.lists(st.text(max_size=80), max_size=6))
def test_any_text_is_answered_in_falling_order(query: str, texts: list[str]) -> None:
    hits = Index([Document(str(n), text) for n, text in enumerate(texts)]).search(query)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.key for hit in hits}) == len(hits)


@given(st.lists(st.sampled_from("贷款利率提前还费用人脸信"), min_size=4, max_size=20).map("".join))
def test_a_text_finds_itself_first_or_its_equal(text: str) -> None:
    hits = Index([*OPINIONS, Document("self", text)]).search(text)
    assert hits
    assert "self" in {hit.key for hit in hits if hit.score >= hits[0].score * 0.45}
