"""Citations: the compact form, the Chinese form, and the table of instruments."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.calculators.asking import ask
from xiaobao.rules.book import book
from xiaobao.rules.complaint_clock import ClockFacts, due
from xiaobao.rules.instruments import INSTRUMENTS, cite_zh, parse_cite, place_zh, sureness
from xiaobao.rules.values import Confidence

CITED = [
    (f"{rule.id}@{version.name}", cite)
    for rule in book()
    for version in rule.versions
    for cite in version.cites
]


@pytest.mark.parametrize(("where", "cite"), CITED, ids=[f"{where}-{cite}" for where, cite in CITED])
def test_every_cite_names_a_known_version_and_place(where: str, cite: object) -> None:
    again = parse_cite(str(cite))
    assert again.version in INSTRUMENTS[again.instrument].since, where
    assert place_zh(again.loc)


@pytest.mark.parametrize("text", ["N00 18", "N00:", "N00:十八", "n00:18", "Q77:1"])
def test_what_is_no_citation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a citation"):
        parse_cite(text)


@pytest.mark.parametrize(
    ("loc", "said"),
    [
        ("18.1", "第十八条第一款"),
        ("a1", "附录"),
        ("0", "序言"),
        ("110", "第一百一十条"),
        ("29.2.2", "第二十九条第二款第（二）项"),
    ],
)
def test_places_in_chinese(loc: str, said: str) -> None:
    assert place_zh(loc) == said


def test_a_cite_of_the_whole_prints_the_name_alone() -> None:
    assert cite_zh(parse_cite("X10:0")) == "JR/T 0169-2018"


@pytest.mark.parametrize(
    ("place", "sure"),
    [
        ("N00:18.1", Confidence.VERIFIED),
        ("L06@2015-09-01:43.1", Confidence.LIKELY),
        ("X14:201.1", Confidence.LIKELY),
        ("X16:154.2", Confidence.MEMORY),
        ("X17:0", Confidence.MEMORY),
    ],
)
def test_how_sure_we_are_of_a_place(place: str, sure: Confidence) -> None:
    assert sureness(parse_cite(place)) is sure


def test_an_answer_is_no_surer_than_the_places_it_stands_on() -> None:
    assert ask("mediation-confirmation", "agreed_on=2026-03-01").confidence is Confidence.VERIFIED
    assert ask("mediation-confirmation", "agreed_on=2019-03-01").confidence is Confidence.LIKELY
    assert ask("mediation-confirmation", "agreed_on=2016-03-01").confidence is Confidence.MEMORY
    ratios = ask("complaint-ratios", "complaints=10;period_end_on=2024-12-31;outlets=4")
    assert ratios.confidence is Confidence.MEMORY


def test_a_complaint_counted_by_the_old_code_says_so() -> None:
    old, new = (due(ClockFacts(day), book()) for day in (date(2020, 12, 31), date(2021, 1, 1)))
    assert (old.confidence, new.confidence) == (Confidence.MEMORY, Confidence.VERIFIED)


def test_the_ratios_cite_both_their_sources() -> None:
    assert [cite.instrument for cite in book().get("CMP-032", date(2024, 1, 1)).cites] == ["X15", "X17"]
