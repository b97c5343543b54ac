"""Charts as SVG strings: values in, markup out. Colours come from the page's style sheet."""

from xiaobao.engines.chart.engine import columns, line, ring, rows, sparkline
from xiaobao.engines.chart.scale import shade_of, ticks_up_to
from xiaobao.engines.chart.values import Axis, Column, Frame, Level, Part, Point, Row

__all__ = [
    "Axis",
    "Column",
    "Frame",
    "Level",
    "Part",
    "Point",
    "Row",
    "columns",
    "line",
    "ring",
    "rows",
    "shade_of",
    "sparkline",
    "ticks_up_to",
]
