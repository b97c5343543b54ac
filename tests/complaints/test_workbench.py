"""The first screen's figures, sentences, and the statements they cost."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import HeatCell
from xiaobao.duties.complaints.domain.values import Body, Channel, PauseKind, PauseOrder, ReferralLetter
from xiaobao.duties.complaints.selectors.heat import _hottest
from xiaobao.duties.complaints.selectors.loads import is_over
from xiaobao.kernel.ports import Ports


def test_figures_of_the_moment(crew: make.Cast, clock: Ports) -> None:
    make.received(crew)
    late = make.received(crew, received_at=make.START - make.days(20))
    make.received(crew, channel=Channel.NFRA, received_at=make.START - make.days(15))
    seen = selectors.workbench(actor=crew.actor("linjie"))
    assert (seen.open, seen.overdue, seen.due_today) == (3, 1, 1)
    assert seen.todo[0].id == late.complaint_id
    assert (seen.radar.days[0].on, seen.radar.days[0].regulator) == (date(2026, 3, 2), 1)


def test_paused_cases_are_neither_late_nor_on_the_radar(crew: make.Cast) -> None:
    done = make.handling(crew)
    order = PauseOrder(PauseKind.MEDIATION, date(2026, 3, 2), "双方调解申请", "双方申请调解")
    services.complaint_suspend(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, order=order)
    seen = selectors.workbench(actor=crew.actor("linjie"))
    assert seen.open == 1
    assert sum(day.regulator + day.others for day in seen.radar.days) == 0


def test_months_causes_and_punctuality(crew: make.Cast, clock: Ports) -> None:
    make.closed(crew)
    make.closed(crew, reason_code="C7", received_at=make.START - make.days(20))
    seen = selectors.workbench(actor=crew.actor("linjie"))
    month = seen.months[-1]
    assert (month.month, month.others, month.closed, month.late) == ("2026-03", 1, 2, 1)
    assert seen.months[-2].others == 1
    assert (seen.on_time_month, seen.mean_days) == (None, 10.0)
    assert month.punctuality == "办结 2 件，1 件逾期；不足 20 件，不计比率"
    assert {cause.code for cause in seen.causes} == {"C3"}


def test_loads_are_weighted(crew: make.Cast) -> None:
    make.handling(crew)
    make.handling(crew, channel=Channel.NFRA, referral=ReferralLetter(Body.NFRA, "监转1"))
    (load,) = selectors.workbench(actor=crew.actor("linjie")).loads
    assert (load.name, load.cases, load.weight) == ("陈小", 2, 3.0)


def test_costs_three_statements_cold_and_one_warm(crew: make.Cast, django_assert_num_queries: Any) -> None:
    actor = crew.actor("linjie")
    with django_assert_num_queries(3):
        selectors.workbench(actor=actor)
    with django_assert_num_queries(1):
        selectors.workbench(actor=actor)


def test_an_outlet_sees_its_own_figures(crew: make.Cast) -> None:
    make.received(crew)
    make.received(crew, org_code="33002")
    assert selectors.workbench(actor=crew.actor("laozhou")).open == 1
    assert selectors.workbench(actor=crew.actor("branch_officer")).open == 2


def test_heat_is_a_rate_per_hundred_outlets(crew: make.Cast) -> None:
    for _ in range(3):
        make.received(crew, business_code="B2.2", reason_code="C3")
    seen = selectors.heat_map(
        actor=crew.actor("linjie"), since=date(2026, 1, 1), until=date(2026, 12, 31), facet="business"
    )
    assert seen.facets == (("B2", "银行卡"),)
    (cell,) = seen.cells
    assert (cell.unit_path, cell.count, cell.rate) == (crew.branch.path, 3, 150.0)
    assert "杭州分行" in seen.sentence


def test_a_department_stands_in_the_map_and_what_has_no_code_is_counted_beside_it(crew: make.Cast) -> None:
    make.received(crew, business_code="B2.2", reason_code="C3")
    make.received(crew, business_code="B2.2", reason_code="C3", org_code="001")
    make.received(crew)
    seen = selectors.heat_map(
        actor=crew.actor("linjie"), since=date(2026, 1, 1), until=date(2026, 12, 31), facet="business"
    )
    assert sorted((cell.count, cell.rate is None) for cell in seen.cells) == [(1, False), (1, True)]
    assert seen.left_out == 1


def test_heat_drills_down_to_the_outlet_and_the_cause(crew: make.Cast) -> None:
    make.received(crew, business_code="B2.2", reason_code="C3")
    make.received(crew, business_code="B3", reason_code="C7")
    seen = selectors.heat_map(
        actor=crew.actor("linjie"),
        since=date(2026, 1, 1),
        until=date(2026, 12, 31),
        facet="reason",
        scope=crew.branch.path,
        business="B2",
    )
    assert [(cell.unit_path, cell.facet, cell.rate) for cell in seen.cells] == [
        (crew.outlet.path, "C3", 100.0)
    ]


def test_over_is_a_quarter_and_two_cases_above_the_mean() -> None:
    assert [is_over(weight, 4.0) for weight in (4.0, 5.0, 5.9, 6.0)] == [False, False, False, True]
    assert [is_over(weight, 20.0) for weight in (22.0, 25.0, 25.5)] == [False, False, True]


def test_the_mean_is_that_of_everybody_who_carries_a_case(crew: make.Cast) -> None:
    for _ in range(3):
        make.handling(crew)
    desk = selectors.workbench(actor=crew.actor("linjie"))
    assert desk.load_mean == sum(load.weight for load in desk.loads) / len(desk.loads)


def test_a_hottest_cell_with_equals_says_so() -> None:
    units = {"1.": "甲", "2.": "乙"}
    cells = (HeatCell("1.", "B3", 3, 10.0), HeatCell("2.", "B3", 3, 10.0))
    assert "最高（另有 1 格相同）" in _hottest(cells, units)
    assert "相同" not in _hottest(cells[:1], units)
