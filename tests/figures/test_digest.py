"""The canonical text: whatever the order, the same bytes; whatever the change, another digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.audit.journal import START
from xiaobao.base.figures.digest import Frozen, digest_of, sorted_ids
from xiaobao.base.figures.values import PAGE, natural_order, page_of

IDS = st.lists(st.text("TS0123456789-投", min_size=1, max_size=8), max_size=30)


def frozen(ids: list[str]) -> Frozen:
    return Frozen("F03", 2020, 1, START, str(len(ids)), sorted_ids(ids))


@given(IDS, st.randoms())
def test_the_order_of_members_does_not_matter(ids: list[str], chance) -> None:
    mixed = list(ids)
    chance.shuffle(mixed)
    assert digest_of(frozen(ids)) == digest_of(frozen(mixed))


@given(IDS)
def test_every_part_counts(ids: list[str]) -> None:
    whole = frozen(ids)
    changed = [
        replace(whole, figure_id="F12"),
        replace(whole, year=2021),
        replace(whole, version=2),
        replace(whole, as_of=START + timedelta(microseconds=1)),
        replace(whole, value="x"),
        replace(whole, ids=(*whole.ids, "~")),
    ]
    assert len({digest_of(one) for one in [whole, *changed]}) == 7


def test_numbers_and_texts_sort_as_bytes_do() -> None:
    assert sorted_ids([10, 9, "投", "a", 9]) == ("10", "9", "a", "投")


@given(IDS)
def test_pages_cover_every_id_once(ids: list[str]) -> None:
    whole, seen = natural_order(sorted_ids(ids * 3 + [str(n) for n in range(PAGE + 3)])), list[str]()
    part, after = page_of(whole, "")
    while after and len(seen) < len(whole):
        seen += part
        part, after = page_of(whole, after)
    assert (*seen, *part) == whole
