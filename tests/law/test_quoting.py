"""The words behind a rule's citations: which article, which of its parts, and what is marked in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.law import library
from xiaobao.base.law.quoting import LONGEST_RANGE, Quote, quotes_of

pytestmark = pytest.mark.django_db
N00 = "N00@2020-03-01"


@pytest.fixture(autouse=True)
def stocked(db: None, tmp_path: Path) -> None:
    library.take(library.write(tmp_path))


def cited(quote: Quote) -> list[tuple[int, str]]:
    """The parts that are meant: number of the 项 (0 for a 款) and how they begin."""
    return [(one.number, one.text[:4]) for one in quote.passages if one.cited]


@pytest.mark.parametrize(
    ("loc", "parts"),
    [
        ("2", [(0, "机构应当"), (1, "办理渠道"), (2, "办理期限"), (0, "机构不得")]),
        ("2.1", [(0, "机构应当"), (1, "办理渠道"), (2, "办理期限")]),
        ("2.2", [(0, "机构不得")]),
        ("2.1.2", [(0, "机构应当"), (2, "办理期限")]),
        ("2.0.2", [(0, "机构应当"), (2, "办理期限")]),
    ],
)
def test_only_what_is_cited_is_marked(loc: str, parts: list[tuple[int, str]]) -> None:
    (quote,) = quotes_of([(f"{N00}:{loc}", "")])
    assert cited(quote) == parts
    assert len(quote.passages) == 4


def test_several_citations_of_one_article_are_one_quote() -> None:
    (quote,) = quotes_of([(f"{N00}:2.1.1", "渠道"), (f"{N00}:2.2", "不得收取")])
    assert cited(quote) == [(0, "机构应当"), (1, "办理渠道"), (0, "机构不得")]
    assert quote.passages[0].words == ("渠道", "不得收取")
    assert quote.cite == f"{N00}:2"


def test_a_range_opens_each_of_its_articles() -> None:
    quotes = quotes_of([(f"{N00}:2..4", "")])
    assert [quote.place.article for quote in quotes] == [2, 3, 4]
    assert all(cited(quote) for quote in quotes)
    assert len(quotes_of([(f"{N00}:1..40", "")])) == LONGEST_RANGE


def test_each_version_is_quoted_by_itself() -> None:
    old, new = quotes_of([("N00@2015-01-01:2", ""), (f"{N00}:2", "")])
    assert (old.version, new.version) == ("2015-01-01", "2020-03-01")
    assert old.passages[0].text != new.passages[0].text


@pytest.mark.parametrize("cite", ["X01@2026-09-30:10", "N00@1999-01-01:2", "CC@2021-01-01:201.1"])
def test_a_text_nobody_has_is_quoted_without_words(cite: str) -> None:
    (quote,) = quotes_of([(cite, "")])
    assert (quote.held, quote.passages) == (False, ())


def test_an_article_that_is_not_in_the_text_has_no_words() -> None:
    (quote,) = quotes_of([(f"{N00}:77", "")])
    assert (quote.held, quote.passages) == (True, ())


def test_nothing_asked_is_nothing_quoted() -> None:
    assert quotes_of([]) == ()


def test_many_citations_take_two_statements() -> None:
    asked = [(f"{N00}:{at}", "") for at in range(1, 6)] + [("N00@2015-01-01:1", ""), ("R02@2013-03-15:1", "")]
    with CaptureQueriesContext(connection) as seen:
        assert len(quotes_of(asked)) == 7
    assert len(seen) == 2


def test_the_civil_code_is_quoted_from_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "index.csv").write_text(
        "file,title,effective_date\nL20_总则.md,民法典 总则编,2021-01-01\n", "utf-8"
    )
    (folder / "L20_总则.md").write_text("# 民法典\n\n第一条 期间按日计算。\n", "utf-8")
    library.take(folder)
    for code in ("CC", "L20"):
        (quote,) = quotes_of([(f"{code}@2021-01-01:1.1", "按日")])
        assert cited(quote) == [(0, "期间按日")]
