"""Citations: the compact form, the Chinese form, and the table of instruments."""

from __future__ import annotations

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.instruments import INSTRUMENTS, cite_zh, parse_cite, place_zh

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
