"""Filters: from the address to values and back to chips and links."""

from __future__ import annotations

from datetime import date

import pytest

from xiaobao.duties.complaints.domain.values import Channel, Tab
from xiaobao.duties.complaints.web import filters
from xiaobao.kernel.errors import InvalidInput

TODAY = date(2026, 11, 23)


def test_an_empty_address_is_everything_open() -> None:
    found = filters.filters_of({}, TODAY)
    assert (found.tab, found.channel, found.text, found.sort) == (Tab.OPEN, "", "", "due")


def test_every_key_reaches_its_filter() -> None:
    given = filters.asked(
        {
            "tab": "regulator",
            "q": " 违约金 ",
            "channel": "nfra",
            "business": "B3",
            "due": "7",
            "from": "2026-11-01",
        }
    )
    found = filters.filters_of(given, TODAY)
    assert (found.tab, found.text, found.channel, found.business) == (
        Tab.REGULATOR,
        "违约金",
        Channel.NFRA,
        "B3",
    )
    assert (found.due_until, found.received_from) == (date(2026, 11, 30), date(2026, 11, 1))


def test_one_due_day_bounds_both_sides() -> None:
    found = filters.filters_of({"due_on": "2026-11-27"}, TODAY)
    assert found.due_from == found.due_until == date(2026, 11, 27)


@pytest.mark.parametrize(
    "given",
    [
        {"tab": "nonsense"},
        {"channel": "pigeon"},
        {"stage": "half"},
        {"business": "Z9"},
        {"from": "2026-02-30"},
        {"handler": "1; drop"},
        {"handler": "９"},
        {"due_on": "tomorrow"},
    ],
)
def test_an_unreadable_filter_is_named(given: dict[str, str]) -> None:
    with pytest.raises(InvalidInput) as caught:
        filters.filters_of(given, TODAY)
    assert caught.value.field in given


def test_unknown_keys_are_dropped() -> None:
    assert filters.asked({"q": "x", "evil": "y", "tab": ""}) == {"q": "x"}


@pytest.mark.parametrize(("sort", "kept"), [("closed", {"sort": "closed"}), ("zzz", {}), ("-due", {})])
def test_an_order_nobody_offers_is_none(sort: str, kept: dict[str, str]) -> None:
    assert filters.asked({"sort": sort}) == kept


def test_a_link_changes_one_key_and_drops_the_cursor() -> None:
    link = filters.link("/complaints/", {"q": "年费", "channel": "phone"}, channel="")
    assert link == "/complaints/?q=%E5%B9%B4%E8%B4%B9"


def test_chips_speak_and_lead_to_the_list_without_them() -> None:
    chips = filters.chips("/c/", {"channel": "phone", "due": "3"}, {}, {})
    assert [(chip.label, chip.href) for chip in chips] == [
        ("来源：客服电话", "/c/?due=3"),
        ("时限：3 天内", "/c/?channel=phone"),
    ]
