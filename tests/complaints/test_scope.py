"""No read of the room tells a unit anything of its neighbour's complaint: not a row, not a number."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.factories import complaints as make
from xiaobao.base.impact.cases import Span
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import AssignOrder, Command, Done, NoticeOrder, OverlayKind, Tab
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.selectors import impact, scope, sources
from xiaobao.duties.complaints.selectors.figures import complaint_rows, complaints_received
from xiaobao.kernel.errors import NotAllowed, NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import ADMIN_ROLES, Role

Ask = Callable[[Actor], Any]
TEXT = "客户来电，称办理提前还款时被收取违约金，签约时无人告知。"
YEAR = {"since": date(2026, 1, 1), "until": date(2026, 12, 31)}
TIGHT = NoticeOrder("消保应急〔2026〕1号", "收紧办理时限", OverlayKind.EMERGENCY, 7, date(2026, 1, 1), "应急")


def _rows(actor: Actor, tab: Tab = Tab.EVERY, **filters: Any) -> Any:
    return selectors.complaint_list(actor=actor, filters=ListFilters(tab=tab, **filters))


def _every_id() -> tuple[int, ...]:
    return tuple(Complaint.objects.values_list("pk", flat=True))


LISTS: dict[str, Ask] = {
    **{f"list {tab.value}": lambda actor, tab=tab: _rows(actor, tab) for tab in Tab},  # type: ignore[misc]
    "list by words": lambda actor: _rows(actor, text="违约金"),
    "list by words and unit": lambda actor: _rows(actor, text="违约金", stage="handling"),
    "list of another unit": lambda actor: _rows(actor, scope="0001."),
    "list of every id": lambda actor: _rows(actor, ids=_every_id()),
    "export": lambda actor: selectors.complaint_export(actor=actor, filters=ListFilters(tab=Tab.EVERY)),
    "counts": lambda actor: selectors.complaint_counts(actor=actor),
    "open counted": lambda actor: list(selectors.open_counted(actor=actor)),
    "duplicates by text": lambda actor: selectors.complaint_duplicates(
        actor=actor, text=TEXT, received_on=date(2026, 3, 2)
    ),
    "duplicates by phone": lambda actor: selectors.complaint_duplicates(actor=actor, phone="13800001234"),
    "heat map": lambda actor: selectors.heat_map(actor=actor, **YEAR),
    "heat map of the bank": lambda actor: selectors.heat_map(actor=actor, scope="0001.", **YEAR),
    "loads": lambda actor: selectors.load_of_handlers(actor=actor),
    "workbench": lambda actor: selectors.workbench(actor=actor),
    "bulk outlook": lambda actor: (
        selectors.bulk_outlook(actor=actor, command=Command.CLOSE, ids=_every_id()).lines
    ),
    "figure": lambda actor: complaint_rows(complaints_received(2026, "").ids, actor),
    "lateness": lambda actor: sources.replies_lateness(actor=actor),
    "impact": lambda actor: [
        case.id for case in impact.impact_cases(actor, Span(**YEAR, new_on=date(2026, 6, 1), limit=50))
    ],
}
QUIET = {
    "list mine",
    "list due_soon",
    "list overdue",
    "list unassigned",
    "list paused",
    "list done",
}
"""Readings the hidden complaint is no part of even for those who may see it."""
ONE: dict[str, Callable[[Actor, Done], Any]] = {
    "get": lambda actor, done: selectors.complaint_get(actor=actor, complaint_id=done.complaint_id),
    "by number": lambda actor, done: selectors.complaint_by_no(actor=actor, no=done.no),
    "page": lambda actor, done: selectors.complaint_page(actor=actor, complaint_id=done.complaint_id),
    "timeline": lambda actor, done: selectors.complaint_timeline(actor=actor, complaint_id=done.complaint_id),
    "clock": lambda actor, done: selectors.complaint_clock(actor=actor, complaint_id=done.complaint_id),
    "row": lambda actor, done: scope.complaint_row(actor, done.complaint_id),
}
NOT_READINGS = {
    "complaint_commands": "reads the dossier it is given",
    "handlers_for": "reads who could work, from the dossier it is given",
    "draft_get": "a person's own",
    "drafts_count": "a person's own",
    "drafts_of": "a person's own",
    "views_of": "a person's own",
}
"""Reads that name no complaint."""


def test_every_read_of_the_room_is_tried_here() -> None:
    asked = {
        name
        for name in selectors.__all__
        if "actor" in inspect.signature(getattr(selectors, name)).parameters
    } - {"complaint_guards"}
    source = Path(__file__).read_text(encoding="utf-8")
    assert {name for name in asked if f"selectors.{name}(" not in source} == set(NOT_READINGS)


def _told(ask: Ask, actor: Actor) -> str:
    cache.clear()
    return repr(ask(actor))


@pytest.mark.parametrize("name", LISTS)
def test_a_neighbours_complaint_changes_nothing_that_is_read(crew: make.Cast, name: str) -> None:
    outsider, office = crew.actor("stranger"), crew.actor("linjie")
    before = _told(LISTS[name], outsider), _told(LISTS[name], office)
    make.handling(crew, referral=make.letter(), business_code="B3", channel_code="A1.1", reason_code="C3")
    assert _told(LISTS[name], outsider) == before[0]
    assert (_told(LISTS[name], office) == before[1]) is (name in QUIET)


@pytest.mark.parametrize("name", ONE)
def test_a_neighbours_complaint_is_as_absent_as_one_that_never_was(crew: make.Cast, name: str) -> None:
    done = make.handling(crew)
    ONE[name](crew.actor("laozhou"), done)
    nobody = replace(crew.actor("laozhou"), roles=frozenset())
    admins = [replace(crew.actor("linjie"), roles=frozenset({role})) for role in sorted(ADMIN_ROLES)]
    absent = replace(done, complaint_id=done.complaint_id + 99, no="TS20260302-0099")
    for actor in (crew.actor("stranger"), nobody, *admins):
        told = set()
        for one in (done, absent):
            with pytest.raises((NotFound, NotAllowed)) as caught:
                ONE[name](actor, one)
            told.add((type(caught.value), caught.value.code))
        assert len(told) == 1


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
def test_no_admin_post_reads_a_list_even_with_the_whole_bank_for_a_scope(crew: make.Cast, role: Role) -> None:
    make.handling(crew)
    actor = replace(crew.actor("linjie"), roles=frozenset({role}))
    for name in ("list every", "list by words", "export", "counts", "loads", "heat map", "workbench"):
        with pytest.raises(NotAllowed):
            _told(LISTS[name], actor)
    assert _told(LISTS["figure"], actor) == _told(LISTS["impact"], actor) == "[]"


def test_the_unit_that_handles_it_sees_it_too_and_nobody_else_does(crew: make.Cast) -> None:
    done = make.accepted(crew)
    order = AssignOrder(unit_code="33002", username="stranger")
    services.complaint_assign(actor=crew.actor("linjie"), complaint_id=done.complaint_id, order=order)
    third = replace(crew.actor("stranger"), scope="0001.0002.0003.", org_path="0001.0002.0003.")
    for who in ("stranger", "laozhou", "branch_head", "linjie"):
        assert [row.id for row in _rows(crew.actor(who)).rows] == [done.complaint_id], who
    assert _rows(third).rows == ()


def test_a_unit_below_does_not_see_what_is_above_it_and_a_number_is_seen_by_its_readers(
    crew: make.Cast,
) -> None:
    done = make.received(crew)
    lower = replace(crew.actor("laozhou"), scope=f"{crew.outlet.path}0001.")
    with pytest.raises(NotFound):
        selectors.complaint_get(actor=lower, complaint_id=done.complaint_id)
    assert scope.number_seen(crew.actor("laozhou"), done.no)
    assert not scope.number_seen(crew.actor("stranger"), done.no)
    assert not scope.number_seen(crew.actor("admin"), done.no)


def test_a_notice_counts_only_complaints_the_asker_may_see(crew: make.Cast) -> None:
    make.handling(crew)
    services.notice_issue(actor=crew.actor("linjie"), order=replace(TIGHT, org_path=crew.head.path))
    notices = selectors.notices_list(actor=crew.actor("linjie"))
    counted = {
        who: sum(selectors.notices_bound(actor=crew.actor(who), notices=notices).values())
        for who in ("linjie", "laozhou", "stranger")
    }
    assert counted == {"linjie": 1, "laozhou": 1, "stranger": 0}


@pytest.mark.parametrize("who", ["xiaochen", "laozhou", "xiaomin", "stranger", "admin"])
def test_who_issues_no_notice_learns_no_reach(crew: make.Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        selectors.notice_reach(actor=crew.actor(who), order=replace(TIGHT, org_path=crew.head.path))
