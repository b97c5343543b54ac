"""Stored complaints under another book: whose are asked, what differs, what keeps the old law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories import complaints as make
from xiaobao.base.impact import selectors
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role
from xiaobao.rules.book import book
from xiaobao.rules.impact import proposed

pytestmark = pytest.mark.django_db


def shorter(since: date) -> object:
    return proposed(book(), [{"rule": "CMP-003", "since": since, "set": {"length": 10}}])


def test_a_stored_complaint_is_decided_under_both_books() -> None:
    with make.at():
        crew = make.cast()
        done = make.received(crew)
        today = ports.today()
        books = (book(), shorter(date(2020, 6, 1)))
        compared, is_cut = selectors.compare_books(
            crew.actor("xiaomin"), ["CMP-003"], books, (today + timedelta(1), 100)
        )  # type: ignore[arg-type]
        (found,) = (one for one in compared.differences if one.case.source == "complaint")
    assert found.case.link == f"/complaints/{done.complaint_id}/"
    assert (found.old.value - found.new.value).days == 5
    assert (found.case.keeps_old, found.case.is_open, is_cut) == (True, True, False)


def test_nobody_sees_another_units_complaints() -> None:
    with make.at():
        crew = make.cast()
        make.received(crew)
        books = (book(), shorter(date(2020, 6, 1)))
        seen = crew.actor("xiaomin")
        stranger = replace(seen, scope="0001.9999.", org_path="0001.9999.")
        compared, _ = selectors.compare_books(stranger, ["CMP-003"], books, (ports.today(), 100))  # type: ignore[arg-type]
        examiner = replace(seen, roles=frozenset({Role.SECURITY_ADMIN}))
        unread, _ = selectors.compare_books(examiner, ["CMP-003"], books, (ports.today(), 100))  # type: ignore[arg-type]
    assert {one.case.source for one in compared.differences} == {"example"}
    assert {one.case.source for one in unread.differences} == {"example"}


def test_more_than_the_limit_is_cut_and_told() -> None:
    with make.at():
        crew = make.cast()
        make.received(crew)
        make.received(crew)
        books = (book(), shorter(date(2020, 6, 1)))
        compared, is_cut = selectors.compare_books(
            crew.actor("xiaomin"), ["CMP-003"], books, (ports.today(), 1)
        )  # type: ignore[arg-type]
    assert is_cut
    assert sum(one.case.source == "complaint" for one in compared.differences) == 1


def test_a_rule_outside_the_clock_asks_no_complaint() -> None:
    with make.at():
        crew = make.cast()
        make.received(crew)
        compared, _ = selectors.compare_books(
            crew.actor("xiaomin"), ["PI-016"], (book(), book()), (ports.today(), 10)
        )
    assert all(one.case.source == "example" for one in compared.differences)
