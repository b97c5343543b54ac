"""Reading the library: the version of a day, places, threads, the citation index."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.law import library
from xiaobao.base.law import leaning, links, selectors, threads
from xiaobao.base.law.leaning import Leaning
from xiaobao.base.law.values import Standing
from xiaobao.engines.lawtext import Place, parse
from xiaobao.kernel.errors import InvalidInput, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stocked(db: None, tmp_path: Path) -> None:
    library.take(library.write(tmp_path))


def shown(cite: str) -> list[str]:
    return [one.text for one in selectors.place_show(parse(cite))]


@pytest.mark.parametrize(
    ("day", "version", "standing"),
    [
        (date(2014, 12, 31), "2015-01-01", Standing.FUTURE),
        (date(2015, 1, 1), "2015-01-01", Standing.CURRENT),
        (date(2020, 2, 29), "2015-01-01", Standing.CURRENT),
        (date(2020, 3, 1), "2020-03-01", Standing.CURRENT),
    ],
)
def test_the_version_of_a_day(day: date, version: str, standing: Standing) -> None:
    held = selectors.shelf_get("N00", day).shown
    assert held is not None
    assert (held.name, held.standing) == (version, standing)


def test_places_down_to_the_item() -> None:
    assert shown("N00:2.1.2") == ["办理期限；"[:-1] + "。"]
    assert shown("N00:2.2") == ["机构不得收取费用。"]
    assert shown("N00@2015-01-01:2") == ["机构应当自收到投诉之日起十日内答复。"]
    assert [text[:4] for text in shown("N00:3..5")] == ["机构应当", "情况复杂", "本办法自"]
    assert shown("R02:a1")[0].startswith("附录 名词解释")


def test_a_stored_text_is_the_text_that_was_split(tmp_path: Path) -> None:
    from xiaobao.engines.lawtext import split

    law = selectors.reading_get("N00", "2020-03-01").law
    whole = split(library.NEW)
    assert (law.articles, law.heads, law.preamble) == (whole.articles, whole.heads, whole.preamble)


@pytest.mark.parametrize(
    ("cite", "code"),
    [
        ("N00:99", "law.no_place"),
        ("N00:2.9", "law.no_place"),
        ("N00@2001-01-01:2", "law.missing_version"),
        ("X01:1", "law.missing"),
        ("Q77:1", "law.unknown"),
    ],
)
def test_places_that_are_not_there(cite: str, code: str) -> None:
    with pytest.raises(NotFound) as refused:
        shown(cite)
    assert refused.value.code == code


def test_a_missing_text_names_what_leans_on_it() -> None:
    with pytest.raises(NotFound) as refused:
        shown("X01:1")
    assert "MKT-" in refused.value.facts["leaning"]


def test_comparing_counts_every_article_once() -> None:
    diff = selectors.diff_get("N00", "2015-01-01", "2020-03-01")
    counts = {name: diff.counts[name] for name in ("same", "moved", "amended", "new", "gone")}
    assert counts == {"same": 1, "moved": 1, "amended": 1, "new": 2, "gone": 1}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2020-03-01", "2015-01-01", "law.dates_reversed"),
        ("2020-03-01", "2020-03-01", "law.same_version"),
        ("2015-13-01", "2020-03-01", "law.day"),
        ("2016-01-01", "2020-03-01", "law.missing_version"),
    ],
)
def test_comparisons_that_cannot_be_made(old: str, new: str, code: str) -> None:
    with pytest.raises((InvalidInput, NotFound)) as refused:
        selectors.diff_get("N00", old, new)
    assert refused.value.code == code


def test_a_thread_is_the_same_from_either_end() -> None:
    _, forth = threads.article_history("N00", Place(2), "2015-01-01")
    _, back = threads.article_history("N00", Place(3), "2020-03-01")
    numbers = [[stage.article.loc for stage in stages if stage.article] for stages in (forth, back)]
    assert numbers == [["2", "3"], ["2", "3"]]
    assert [stage.pair is None for stage in back] == [True, False]


def test_search_counts_newest_law_first_and_in_reading_order() -> None:
    found = threads.law_search("机构应当")
    assert found.count == 4
    assert [(hit.held.name, hit.loc) for hit in found.hits] == [
        ("2020-03-01", "2"),
        ("2020-03-01", "3"),
        ("2015-01-01", "2"),
        ("2015-01-01", "4"),
    ]


def test_the_index_knows_every_citation_of_the_book() -> None:
    from xiaobao.rules.book import book

    cites = {(r.id, c.full) for r in book() for v in r.versions for c in v.cites}
    indexed = {(one.id, one.citation.full) for ones in leaning.index().values() for one in ones}
    assert cites <= indexed
    assert len(cites) > 140


def test_a_part_and_its_whole_touch_each_other() -> None:
    touched = {one.id for one in leaning.touching("N00", "2020-03-01", Place(18))}
    assert {"CMP-003", "CMP-004", "CMP-005"} <= touched
    assert "CMP-003" in {one.id for one in leaning.touching("N00", "2020-03-01", Place(18, paragraph=1))}
    assert "CMP-003" not in {one.id for one in leaning.touching("N00", "2020-03-01", Place(18, paragraph=2))}


def test_other_rooms_may_lean_on_the_law() -> None:
    def guards() -> list[Leaning]:
        return [Leaning("guard", "g1", "收费前告知", "1", parse("N00@2020-03-01:2..3"))]

    leaning.register(guards)
    try:
        assert [one.id for one in leaning.touching("N00", "2020-03-01", Place(3)) if one.kind == "guard"] == [
            "g1"
        ]
        assert "guard" not in {one.kind for one in leaning.touching("N00", "2020-03-01", Place(4))}
    finally:
        leaning.unregister(guards)


@pytest.mark.parametrize(
    ("cite", "url"),
    [
        ("N00@2020-03-01:18.1", "/law/N00/2020-03-01/#a18.1"),
        ("N00:18", "/law/N00/#a18"),
        ("X01@2026-09-30:5", "/law/X01/2026-09-30/#a5"),
        ("L02@2021-11-01:44..50", "/law/L02/2021-11-01/#a44"),
        ("随便", ""),
    ],
)
def test_every_citation_has_an_address(cite: str, url: str) -> None:
    assert links.cite_url(cite) == url


def test_a_sentence_keeps_its_other_words() -> None:
    parts = list(links.cite_parts("依N00@2020-03-01:18.1,43.2与CMP-003，9:30前"))
    assert parts[1] == ("《投诉办法》第十八条第一款、第四十三条第二款", "/law/N00/2020-03-01/#a18.1")
    assert "".join(words for words, _ in parts[2:]) == "与CMP-003，9:30前"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("令2020年第3号第十八条第三款", "/law/N00/#a18.3"),
        ("银保监会令2020年第3号第十八条", "/law/N00/#a18"),
        ("中国人民银行令〔2020〕第5号第四十三条第一款", "/law/P01/#a43.1"),
        ("令2099年第9号第一条", ""),
        ("令2020年第3号第条", ""),
        ("本行节点机控", ""),
        ("", ""),
    ],
)
def test_an_article_named_by_its_documents_number_opens(text: str, address: str) -> None:
    assert links.article_url(text) == address


def test_every_article_a_guard_names_opens() -> None:
    from xiaobao.duties.complaints.domain import guards

    named = {
        one.article for one in vars(guards).values() if isinstance(one, guards.Guard) and "令" in one.article
    }
    assert len(named) > 5
    assert not [article for article in named if not links.article_url(article)]
