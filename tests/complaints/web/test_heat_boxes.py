"""The heat map's cells: rates where there are outlets, bare numbers for departments, no colour for chance."""

from __future__ import annotations

from xiaobao.duties.complaints.domain.rows import HeatCell, HeatMap
from xiaobao.duties.complaints.selectors.heat import cells_of
from xiaobao.duties.complaints.web.desk import _nothing
from xiaobao.duties.complaints.web.heat import grid

BRANCH, DEPARTMENT, FACET = "0001.0001.", "0001.0002.", "B01"


def test_a_department_has_a_number_and_no_rate() -> None:
    counts = {(BRANCH, FACET): 6, (DEPARTMENT, FACET): 9, ("0001.", FACET): 2, (BRANCH, ""): 4}
    cells = cells_of(counts, {BRANCH, DEPARTMENT}, {BRANCH: 12}, {FACET})
    assert cells == (HeatCell(BRANCH, FACET, 6, 50.0), HeatCell(DEPARTMENT, FACET, 9, None))


def test_only_what_can_be_compared_is_shaded() -> None:
    cells = (
        HeatCell(BRANCH, FACET, 6, 50.0),
        HeatCell(DEPARTMENT, FACET, 9, None),
        HeatCell("0001.0003.", FACET, 1, 100.0),
    )
    units = ((BRANCH, "甲分行"), (DEPARTMENT, "网络金融部"), ("0001.0003.", "乙支行"))
    lines = grid(HeatMap(units, ((FACET, "贷款"),), cells, "率"), {"business": ""}, "business")
    (branch,), (department,), (chance,) = (boxes for _, _, boxes in lines)
    assert (branch.text, branch.shade) == ("50", 5)
    assert (department.text, department.shade) == ("9 件", 0)
    assert "没有网点可比" in department.words
    assert (chance.text, chance.shade) == ("100", 0)
    assert "不足 3 件" in chance.words
    assert all(box.href for box in (branch, department, chance))


def test_nothing_of_ones_own_still_tells_what_is_late_in_the_unit() -> None:
    title, words, href, label = _nothing(1, 2, "/complaints/")
    assert (title, words) == ("您名下没有要先办的投诉", "本机构另有 1 件已逾期，2 件今日到期。")
    assert "tab=overdue" in href
    assert "已逾期" in label


def test_nothing_at_all_points_to_the_open_ones() -> None:
    assert _nothing(0, 0, "/complaints/")[2] == "/complaints/"
