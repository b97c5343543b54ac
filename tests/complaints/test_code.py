"""Coding by JR/T 0169: three facets, never overwritten."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import Codes, DayUnit, NoticeOrder, OverlayKind
from xiaobao.kernel.errors import IllegalStep, RuleBroken


def test_codes_need_all_three_facets(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_code(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, codes=Codes("A1.1", "B3", "")
        )
    assert caught.value.rule == "CMP-027"


def test_recoding_never_overwrites_the_trace(crew: make.Cast) -> None:
    done = make.coded(crew)
    services.complaint_code(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, codes=Codes("A1.1", "B3.1", "C5")
    )
    timeline = selectors.complaint_timeline(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id)
    assert timeline[0].detail["before"] == ["A1.1", "B3", "C3", "JRT0169-2018/1"]


def test_a_closed_case_is_not_recoded(crew: make.Cast) -> None:
    done = make.closed(crew)
    with pytest.raises(IllegalStep):
        services.complaint_code(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, codes=make.CODES
        )


def test_coding_brings_in_a_notice_of_that_business(crew: make.Cast) -> None:
    order = NoticeOrder(
        "应急1号", "贷款投诉收紧", OverlayKind.EMERGENCY, 5, make.on("2026-03-01"), "集中", None,
        DayUnit.NATURAL, "", "B3",
    )  # fmt: skip
    services.notice_issue(actor=crew.actor("linjie"), order=order)
    done = make.handling(crew)
    assert done.due_on == make.on("2026-03-17")
    coded = services.complaint_code(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, codes=make.CODES
    )
    assert coded.due_on == make.on("2026-03-07")
