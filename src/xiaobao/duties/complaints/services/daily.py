"""The day's desk as a workbook: figures, what is late or due, the days ahead, who carries what; masked, in the journal."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import BinaryIO

from django.db import transaction

from xiaobao.base.audit import services as audit
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain.rows import ListFilters, Workbench
from xiaobao.duties.complaints.services.exporting import (
    COLUMNS,
    Exported,
    cells_of,
    note_of,
    require_exporter,
    rows_of,
)
from xiaobao.duties.complaints.services.sheets import Column, Sheet, shown_at
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor

FIGURES = (Column("指标", 24), Column("数值", 12), Column("单位", 8), Column("说明", 60))
AHEAD = (Column("日期", 12), Column("监管转办到期", 16), Column("其他到期", 12))
LOADS = (Column("经办人", 14), Column("在办（件）", 12), Column("折算", 10), Column("是否超出", 10))


def daily_export(*, actor: Actor, target: BinaryIO, unit: str = "全行") -> Exported:
    """The report of this day, an xlsx of four sheets written to `target`; `unit` names the scope in it.

    Its figures are the workbench's own. Raises: NotAllowed for a post that may not take lists out;
    InvalidInput past 20,000 rows.
    """
    require_exporter(actor)
    now, today = ports.now(), ports.today()
    desk = selectors.workbench(actor=actor)
    rows = list(rows_of(actor, ListFilters(due_until=today, waiting=True)))
    name = f"消保日报-{ports.local(now):%Y%m%d-%H%M%S}.xlsx"
    body = BytesIO()

    def note(count: int, counted: str = "件") -> str:
        return f"消保日报 · {unit} · {note_of(actor, count, counted)}"

    figures = _figures(desk)
    with Sheet(body, name="今日概况", columns=FIGURES, note=note(len(figures), "项指标"), at=now) as sheet:
        for line in figures:
            sheet.write(line)
        sheet.turn("逾期与今日到期", COLUMNS, note(len(rows)))
        for row in rows:
            sheet.write(cells_of(row))
        due = sum(day.regulator + day.others for day in desk.radar.days)
        sheet.turn("未来15天到期", AHEAD, note(due, "件到期"))
        for day in desk.radar.days:
            sheet.write([day.on.isoformat(), day.regulator, day.others])
        carried = sum(load.cases for load in desk.loads)
        sheet.turn("经办负荷", LOADS, note(carried, f"件在办，{len(desk.loads)} 人经办"))
        for load in desk.loads:
            sheet.write([load.name, load.cases, load.weight, "超出" if load.over else ""])
    done = Exported(len(rows), hashlib.sha256(body.getvalue()).hexdigest(), name)
    with transaction.atomic():
        audit.record(
            actor=actor,
            tag="complaints:desk:export",
            object_id=name,
            org_path=actor.org_path,
            after={"count": done.count, "sha256": done.sha256, "unit_name": unit},
        )
    target.write(body.getvalue())
    return done


def _figures(desk: Workbench) -> list[list[str | float]]:
    """Lines of the first sheet: the desk's figures and its findings."""
    rate = "—" if desk.on_time_month is None else desk.on_time_month
    mean = "—" if desk.mean_days is None else round(desk.mean_days, 1)
    lines: list[list[str | float]] = [
        ["统计时点", shown_at(desk.as_of), "", "与工作台同一口径"],
        ["已逾期", desk.overdue, "件", "仍在计时、到期日已过的在办投诉"],
        ["今日到期", desk.due_today, "件", "仍在计时、今天到期的在办投诉"],
        ["在办投诉", desk.open, "件", "全部在办，含暂停计时的"],
        ["本月收到", desk.received_month, "件", ""],
        ["监管转办（本月）", desk.regulator_month, "件", ""],
        ["按期办结率（本月，%）", rate, "", desk.punctuality],
        ["平均办理时长（本月）", mean, "天", "自收到至告知，法定 15 日（第十八条）"],
    ]
    said = (desk.radar.sentence, *desk.sentences)
    return lines + [[f"发现 {place}", "", "", words] for place, words in enumerate(said, 1) if words]
