"""This room's figures of the annual report: F03 complaints of the year, F12 emergency notices."""

from __future__ import annotations

from xiaobao.base.figures.registry import Figure, register
from xiaobao.duties.complaints.selectors.figures import (
    complaint_rows,
    complaints_received,
    notice_rows,
    notices_issued,
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        id="F03",
        section="summary",
        label="全年监测客户投诉",
        unit="笔",
        kind="computed",
        definition=(
            "收到时间（北京时间）在该年度 1 月 1 日至 12 月 31 日之间、已登记的全部投诉笔数；"
            "每个投诉编号计一笔，并入其他投诉的、撤回的、转出的、不予办理的均计入，咨询不计入。"
        ),
        version=1,
        members=complaints_received,
        sentence="{year} 年全年监测客户投诉 {value} 笔。",
        rows=complaint_rows,
        rules=("CMP-001", "CMP-026"),
    ),
    Figure(
        id="F12",
        section="1.1",
        label="发布应急投诉处理通知",
        unit="份",
        kind="computed",
        definition=(
            "发布日期（北京时间）在该年度内的应急投诉处理通知份数；每个文号计一份，本行内部时限不计入。"
        ),
        version=1,
        members=notices_issued,
        sentence="{year} 年先后发布应急投诉处理通知 {value} 份。",
        rows=notice_rows,
        rules=("CMP-003", "CMP-004", "CMP-005"),
    ),
)


def register_figures() -> None:
    """Hand the figures to the registry; called once when the room is ready."""
    for figure in FIGURES:
        register(figure)
