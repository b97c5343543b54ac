"""Lists: tabs, filters, keyset pages, counts, and what they cost."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.kernel.errors import InvalidInput, NotAllowed
from xiaobao.kernel.ports import Ports


def _nos(crew: make.Cast, who: str = "linjie", **filters: Any) -> list[str]:
    page = selectors.complaint_list(actor=crew.actor(who), filters=ListFilters(**filters))
    return [row.no for row in page.rows]


def test_pages_follow_each_other_without_gap_or_repeat(crew: make.Cast) -> None:
    made = [make.received(crew, received_at=make.START - make.days(n % 4)) for n in range(11)]
    wanted = [done.no for done in sorted(made, key=lambda one: (one.due_on, one.complaint_id))]
    seen: list[str] = []
    cursor = ""
    while True:
        page = selectors.complaint_list(actor=crew.actor("linjie"), cursor=cursor, limit=3)
        seen += [row.no for row in page.rows]
        cursor = page.next
        if not cursor:
            break
    assert seen == wanted


@pytest.mark.parametrize("sort", ["received", "closed"])
def test_other_orders_page_too(crew: make.Cast, sort: str) -> None:
    made = [make.closed(crew, received_at=make.START - make.days(n)).no for n in range(3)]
    filters = ListFilters(tab=Tab.DONE, sort=sort)
    first = selectors.complaint_list(actor=crew.actor("linjie"), filters=filters, limit=2)
    second = selectors.complaint_list(actor=crew.actor("linjie"), filters=filters, limit=2, cursor=first.next)
    shown = [row.no for row in (*first.rows, *second.rows)]
    assert shown == (made if sort == "received" else made[::-1])


def test_tabs_and_their_numbers_agree(crew: make.Cast, clock: Ports) -> None:
    make.received(crew)
    make.handling(crew)
    make.received(crew, received_at=make.START - make.days(30))
    make.received(crew, received_at=make.START - make.days(14), referral=make.letter())
    make.closed(crew)
    actor = crew.actor("xiaochen")
    cache.clear()
    counts = selectors.complaint_counts(actor=actor).by_tab
    for tab, number in counts.items():
        assert len(selectors.complaint_list(actor=actor, filters=ListFilters(tab=tab)).rows) == number, tab
    assert (counts[Tab.OPEN], counts[Tab.MINE], counts[Tab.OVERDUE], counts[Tab.DUE_SOON]) == (4, 1, 1, 1)


def test_filters_narrow(crew: make.Cast) -> None:
    one = make.received(crew, business_code="B2.2", channel_code="A1.1", reason_code="C3")
    make.received(crew, org_code="33002", business_code="B3")
    assert _nos(crew, business="B2") == [one.no]
    assert _nos(crew, scope=crew.outlet.path) == [one.no]
    assert _nos(crew, due_until=date(2026, 3, 1)) == []
    assert _nos(crew, channel="phone", stage="registered", reason="C3") == [one.no]


@pytest.mark.parametrize("cursor", ["%%%", "W10=", "WyJ4IiwxXQ=="])
def test_a_spoilt_cursor_is_a_clear_error(crew: make.Cast, cursor: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        selectors.complaint_list(actor=crew.actor("linjie"), cursor=cursor)
    assert caught.value.code == "complaint.cursor"


def _cursor(mark: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(mark).encode()).decode()


@pytest.mark.parametrize(
    "mark",
    [["x", 1], [None, None], [{}], ["2026-03-02", "x"], ["2026-03-02", 10**30], [10**30], [[1]], {"a": 1}, 7],
)
@pytest.mark.parametrize("words", [{}, {"text": "违约金", "stage": "received"}, {"sort": "closed"}])
def test_no_forged_cursor_breaks_the_list(crew: make.Cast, mark: object, words: dict[str, Any]) -> None:
    filters = ListFilters(tab=Tab.EVERY, **words)
    with pytest.raises(InvalidInput) as caught:
        selectors.complaint_list(actor=crew.actor("linjie"), filters=filters, cursor=_cursor(mark))
    assert caught.value.code == "complaint.cursor"


def test_admins_read_no_complaints(crew: make.Cast) -> None:
    with pytest.raises(NotAllowed):
        selectors.complaint_list(actor=crew.actor("admin"))


def test_what_the_pages_cost(crew: make.Cast, django_assert_num_queries: Any) -> None:
    done = make.closed(crew)
    actor = crew.actor("linjie")
    with django_assert_num_queries(1):
        selectors.complaint_list(actor=actor)
    with django_assert_num_queries(1):
        selectors.complaint_counts(actor=actor)
    with django_assert_num_queries(0):
        selectors.complaint_counts(actor=actor)
    with django_assert_num_queries(2):
        selectors.complaint_page(actor=actor, complaint_id=done.complaint_id)


def test_the_page_has_everything(crew: make.Cast) -> None:
    done = make.handling(crew)
    view = selectors.complaint_page(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id)
    assert (view.next, view.clock.agrees, len(view.timeline)) == ("propose", True, 3)
    offered = {report.command for report in view.guards}
    assert {"investigate", "extend", "propose"} <= offered
    assert not {"approve", "assign", "archive"} & offered
    assert view.complaint.parties[0]["name_masked"] == "王*敏"
    assert "name_sealed" not in view.complaint.parties[0]


def test_told_in_time_is_never_overdue_while_the_file_waits_to_be_closed(
    crew: make.Cast, clock: Ports
) -> None:
    make.delivered(crew)
    make.replied(crew)
    make.later(clock, days=20)
    cache.clear()
    actor = crew.actor("linjie")
    rows = selectors.complaint_list(actor=actor).rows
    assert [row.is_overdue for row in rows] == [False, True]
    assert selectors.complaint_counts(actor=actor).by_tab[Tab.OVERDUE] == 1
    assert selectors.workbench(actor=actor).overdue == 1


def test_what_was_told_owes_nothing_on_list_desk_and_page_alike(crew: make.Cast, clock: Ports) -> None:
    told, untold = make.delivered(crew), make.replied(crew)
    make.later(clock, days=15)
    cache.clear()
    actor = crew.actor("linjie")
    rows = {row.id: row for row in selectors.complaint_list(actor=actor).rows}
    cases = {pk: selectors.complaint_get(actor=actor, complaint_id=pk) for pk in rows}
    for pk, owes_nothing in ((told.complaint_id, True), (untold.complaint_id, False)):
        assert rows[pk].nothing_due is cases[pk].nothing_due is owes_nothing
    assert [row.id for row in selectors.workbench(actor=actor).todo] == [untold.complaint_id]


def test_a_recheck_is_due_although_the_first_answer_was_told(crew: make.Cast) -> None:
    done = make.closed(crew)
    assert make.seen(crew, done).nothing_due
    services.complaint_recheck(
        actor=crew.actor("xiaochen"),
        complaint_id=done.complaint_id,
        applied_on=make.START.date(),
        request="不服",
    )
    assert not make.seen(crew, done).nothing_due
