"""The findings are computed from the very figures that are drawn."""

from __future__ import annotations

from datetime import date, timedelta

from xiaobao.duties.complaints.domain.rows import CauseChange, HeatCell, HeatMap, Month, Radar, RadarDay
from xiaobao.duties.complaints.web import charts
from xiaobao.duties.complaints.web.heat import grid

TODAY = date(2026, 11, 23)


def months() -> list[Month]:
    return [
        Month("2026-09", 10, 90, 100, 7),
        Month("2026-10", 20, 382, 100, 5),
        Month("2026-11", 30, 200, 100, 3),
    ]


def test_the_months_sentence_names_peak_and_turn() -> None:
    words = charts.months_sentence(months())
    assert words == (
        "按期办结率由9月的 93% 到11月的 97%，上升 4 个百分点；10月投诉量为近 12 个月最高（402 件）。"
    )


def test_the_months_sentence_names_a_dip_between_equal_ends() -> None:
    seen = [Month(f"2026-{n:02}", 1, 1, 100, late) for n, late in ((9, 0), (10, 10), (11, 0))]
    assert charts.months_sentence(seen).startswith(
        "按期办结率由9月的 100% 到11月的 100%，持平，最低是10月的 90%；"
    )


def test_no_month_with_complaints_is_said() -> None:
    assert charts.months_sentence([Month("2026-11", 0, 0, 0, 0)]) == "近 12 个月没有投诉记录。"


def test_the_cause_that_rose_most_is_named_with_its_figures() -> None:
    seen = [
        CauseChange("C3", "因金融机构管理制度引起的投诉", 86, 80),
        CauseChange("C8", "因定价收费引起的投诉", 61, 45),
    ]
    assert charts.causes_sentence(seen) == "“定价收费”较上月增长 36%（45 → 61 件）。"


def test_a_rise_from_next_to_nothing_is_said_in_cases_not_in_per_cent() -> None:
    seen = [CauseChange("C8", "因定价收费引起的投诉", 21, 1)]
    assert charts.causes_sentence(seen) == "“定价收费”较上月多 20 件（1 → 21 件）。"
    svg = str(charts.causes(seen, TODAY, "/complaints/"))
    assert "↑ 20 件" in svg
    assert "%" not in svg.split("</desc>")[1]


def test_a_quiet_month_claims_no_rise() -> None:
    assert "没有明显上升" in charts.causes_sentence([CauseChange("C3", "因定价收费引起的投诉", 5, 5)])


def test_radar_links_each_day_and_each_source() -> None:
    seen = Radar((RadarDay(TODAY, 1, 3), RadarDay(TODAY + timedelta(days=4), 3, 11)), "27 日 14 件")
    svg = str(charts.radar(seen, TODAY, "/complaints/"))
    assert 'href="/complaints/?due_on=2026-11-27&amp;waiting=1"' in svg
    assert 'href="/complaints/?tab=regulator&amp;due_on=2026-11-27&amp;waiting=1"' in svg
    assert 'class="cbad"' in svg
    assert ">27 日 14 件</desc>" in svg


def test_the_running_month_is_pale_and_says_until_when() -> None:
    svg = str(charts.months(months(), TODAY, "/complaints/"))
    assert "至 23 日" in svg
    assert "c2 pale" in svg
    assert "from=2026-11-01&amp;until=2026-11-30" in svg


def test_heat_cells_open_unit_facet_and_span() -> None:
    seen = HeatMap(
        (("0001.0002.", "杭州分行"),),
        (("B3", "贷款"),),
        (HeatCell("0001.0002.", "B3", 7, 3.5),),
        "每百家网点",
    )
    ((name, unit_href, (box,)),) = grid(seen, {"from": "2026-09-01", "until": "2026-11-23"}, "business")
    assert (name, unit_href) == ("杭州分行", "/complaints/heat/?facet=business&org=0001.0002.")
    assert box.href == (
        "/complaints/?tab=every&business=B3&org=0001.0002.&from=2026-09-01&until=2026-11-23&sort=received"
    )
    assert (box.text, box.words) == ("3.5", "杭州分行 贷款：7 件，率 3.5")


def test_a_pair_without_complaints_is_an_empty_box() -> None:
    seen = HeatMap(
        (("0001.", "总行"),), (("B3", "贷款"), ("B6", "理财")), (HeatCell("0001.", "B3", 1, 5),), ""
    )
    assert [box.shade for box in grid(seen, {}, "business")[0][2]][1] == 0
    assert grid(seen, {}, "business")[0][2][1].href == ""
