"""The drawings: well-formed, linked, escaped, to scale."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from xiaobao.engines import chart
from xiaobao.engines.chart import Axis, Column, Frame, Level, Part, Point, Row

FRAME = Frame("f", "未来 15 天到期", "27 日最多")


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def of_class(svg: str, kind: str) -> list[ET.Element]:
    return [node for node in parsed(svg).iter() if node.get("class") == kind]


def test_columns_are_to_scale_and_end_on_the_axis() -> None:
    svg = chart.columns(
        [Column("27", (Part(10, "c2"), Part(5, "c3"))), Column("28", (Part(5, "c2"),))], FRAME
    )
    ten, five = of_class(svg, "c2")
    ground = float(of_class(svg, "ax")[0].attrib["y1"])
    assert float(ten.attrib["height"]) + 1.4 == pytest.approx(
        2 * (float(five.attrib["height"]) + 1.4), abs=0.2
    )
    assert float(ten.attrib["y"]) + float(ten.attrib["height"]) + 1.4 == pytest.approx(ground, abs=0.2)


def test_segments_are_links_with_names() -> None:
    svg = chart.columns([Column("27", (Part(3, "c3", "27 日监管转办 3 件", "/c/?due=27&x=1"),))], FRAME)
    (link,) = [node for node in parsed(svg) if node.tag == "a"]
    assert (link.attrib["href"], link.attrib["aria-label"]) == ("/c/?due=27&x=1", "27 日监管转办 3 件")
    assert parsed(svg).attrib["role"] == "group"


def test_a_chart_without_links_is_one_image_with_title_and_description() -> None:
    root = parsed(chart.columns([Column("27", (Part(3, "c2"),))], FRAME))
    assert root.attrib["role"] == "img"
    assert [node.text for node in root[:2]] == ["未来 15 天到期", "27 日最多"]
    assert root.attrib["aria-labelledby"] == "f-t f-d"


def test_words_are_escaped() -> None:
    nasty = '"><script>x</script>'
    svg = chart.rows([Row(nasty, 1, nasty, href=nasty, remark=nasty)], Frame(nasty, nasty, nasty))
    assert "<script" not in svg
    assert parsed(svg).find(".//script") is None


def test_empty_columns_draw_no_segment_and_no_total() -> None:
    svg = chart.columns([Column("29", (Part(0, "c2", "无", "/x"),), sub="日", is_rest=True)], FRAME)
    assert not of_class(svg, "c2")
    assert "<a " not in svg


@pytest.mark.parametrize("items", [[], [Column("1", ())]])
def test_nothing_to_draw_still_is_a_chart(items: list[Column]) -> None:
    assert parsed(chart.columns(items, FRAME)).tag == "svg"


def test_line_keeps_gaps_out_and_names_the_last_value() -> None:
    axis = Axis(90, 100, (Level(95, "95%"),), Level(98, "目标 98%"))
    svg = chart.line([Point(93.0), Point(None), Point(96.8)], FRAME, axis)
    (path,) = of_class(svg, "l5")
    assert len(path.attrib["points"].split()) == 2
    assert [node.text for node in of_class(svg, "good")] == ["96.8%"]


def test_line_names_do_not_overlap() -> None:
    axis = Axis(90, 100, (), Level(98, "目标 98%"))
    svg = chart.line([Point(98.0)], FRAME, axis)
    ys = [float(of_class(svg, kind)[0].attrib["y"]) for kind in ("warn", "good")]
    assert abs(ys[0] - ys[1]) >= 14


def test_line_stays_on_its_paper() -> None:
    axis = Axis(90, 100, ())
    (path,) = of_class(chart.line([Point(20.0), Point(130.0)], FRAME, axis), "l5")
    ys = [float(pair.split(",")[1]) for pair in path.attrib["points"].split()]
    assert 0 <= min(ys) <= max(ys) <= FRAME.height


def test_rows_share_one_zero_and_the_greatest_fills_the_track() -> None:
    svg = chart.rows([Row("征信", 47, "47", "c1"), Row("年费", 94, "94", "c1", "↑ 18%", "bad")], FRAME)
    small, great = of_class(svg, "c1")
    track = of_class(svg, "trk")[0]
    assert great.attrib["width"] == track.attrib["width"]
    assert float(small.attrib["width"]) == pytest.approx(float(great.attrib["width"]) / 2, abs=0.1)


@pytest.mark.parametrize(("percent", "drawn"), [(-5, "0"), (33.333, "33.3"), (120, "100")])
def test_ring_is_kept_between_nothing_and_full(percent: float, drawn: str) -> None:
    assert f'stroke-dasharray="{drawn} 100"' in chart.ring(percent)


def test_sparkline_needs_two_values_and_survives_a_flat_line() -> None:
    assert chart.sparkline([4]) == ""
    assert "nan" not in chart.sparkline([4, 4, 4])


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("定价收费", ["定价收费"]),
        ("消费者信息安全", ["消费者信息安全"]),
        ("管理制度、业务规则与流程", ["管理制度、", "业务规则与流程"]),
        ("服务设施、设备、业务系统", ["服务设施、", "设备、业务系统"]),
        ("债务催收方式和手段", ["债务催收方式", "和手段"]),
        ("没有任何停顿的一个很长很长的业务名称", ["没有任何停顿的一", "个很长很长的业…"]),
    ],
)
def test_a_long_row_name_is_read_on_two_lines(label: str, lines: list[str]) -> None:
    svg = chart.rows([Row(label, 1, "1", href="/c/")], FRAME)
    drawn = [node for node in of_class(svg, "row") if node.attrib["x"] == "0"]
    assert [node.text for node in drawn] == lines
    assert label in svg.split("<title>")[1]


@pytest.mark.parametrize("top", [0, 1, 3, 7, 14, 99, 100, 101, 402, 4106, 170_000_000])
def test_ticks_cover_the_top_with_few_round_steps(top: int) -> None:
    ticks = chart.ticks_up_to(top, 3)
    assert ticks[0] == 0
    assert ticks[-1] >= top
    assert 2 <= len(ticks) <= 5


@pytest.mark.parametrize(("value", "shade"), [(0, 0), (0.01, 1), (2, 1), (2.01, 2), (10, 5)])
def test_shades_are_five_equal_steps(value: float, shade: int) -> None:
    assert chart.shade_of(value, [0, 10]) == shade


def test_the_same_values_give_the_same_drawing() -> None:
    items = [Column("1", (Part(1 / 3, "c2"),))]
    assert chart.columns(items, FRAME) == chart.columns(items, FRAME)
