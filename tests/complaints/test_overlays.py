"""Emergency notices and targets: tighten, never loosen, by date and scope; F12 counts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import DueSource, NoticeOrder, OverlayKind
from xiaobao.duties.complaints.selectors.figures import notice_rows, notices_issued
from xiaobao.kernel.errors import InvalidInput, NotAllowed
from xiaobao.kernel.ports import Ports

ORDER = NoticeOrder(
    number="消保应急〔2026〕1号",
    title="关于收紧疫情期间投诉办理时限的通知",
    kind=OverlayKind.EMERGENCY,
    amount=7,
    received_from=date(2026, 2, 20),
    reason="投诉集中",
)


def _issue(crew: make.Cast, **facts: Any) -> int:
    return services.notice_issue(actor=crew.actor("linjie"), order=replace(ORDER, **facts))


def test_open_complaints_of_its_span_are_tightened_at_once(crew: make.Cast) -> None:
    inside, before = make.received(crew), make.received(crew, received_at=make.START - make.days(15))
    _issue(crew)
    case = make.seen(crew, inside)
    assert (case.due_on, case.due_source, case.legal_due_on) == (
        date(2026, 3, 9),
        DueSource.EMERGENCY,
        date(2026, 3, 17),
    )
    assert make.seen(crew, before).due_source is DueSource.LEGAL
    assert services.clock_rederive(actor=make.tick_actor()) == ()


def test_it_never_loosens(crew: make.Cast) -> None:
    _issue(crew, amount=40)
    case = make.seen(crew, make.received(crew))
    assert (case.due_on, case.due_source) == (date(2026, 3, 17), DueSource.LEGAL)


def test_it_keeps_to_its_scope_and_its_end(crew: make.Cast, clock: Ports) -> None:
    _issue(crew, org_path=crew.sibling.path, received_until=date(2026, 3, 2))
    assert make.received(crew).due_on == date(2026, 3, 17)
    assert make.received(crew, org_code="33002").due_on == date(2026, 3, 9)
    make.later(clock, days=1)
    assert make.received(crew, org_code="33002").due_on == date(2026, 3, 18)


def test_a_target_of_the_bank_is_named_as_such(crew: make.Cast) -> None:
    _issue(crew, kind=OverlayKind.TARGET, amount=10)
    assert make.seen(crew, make.received(crew)).due_source is DueSource.TARGET


@pytest.mark.parametrize(
    "facts",
    [{"amount": 0}, {"amount": 61}, {"received_until": date(2026, 1, 1)}, {"number": " "}, {"reason": ""}],
)
def test_a_notice_that_cannot_be_is_refused(crew: make.Cast, facts: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        _issue(crew, **facts)


def test_a_number_is_used_once_and_not_by_everybody(crew: make.Cast) -> None:
    _issue(crew)
    with pytest.raises(InvalidInput):
        _issue(crew)
    with pytest.raises(NotAllowed):
        services.notice_issue(actor=crew.actor("xiaomin"), order=ORDER)


def test_f12_counts_emergency_notices_of_the_year(crew: make.Cast) -> None:
    first = _issue(crew)
    _issue(crew, number="目标1号", kind=OverlayKind.TARGET)
    members = notices_issued(2026, "")
    assert (members.ids, members.value) == ((first,), 1)
    assert notices_issued(2025, "").value == 0
    assert "消保应急〔2026〕1号" in notice_rows(members.ids, crew.actor("linjie"))[0].title


def test_the_list_shows_those_that_touch_the_asker(crew: make.Cast) -> None:
    _issue(crew)
    _issue(crew, number="2号", org_path=crew.sibling.path)
    assert {row["number"] for row in selectors.notices_list(actor=crew.actor("laozhou"))} == {ORDER.number}
    assert len(selectors.notices_list(actor=crew.actor("branch_officer"))) == 2
