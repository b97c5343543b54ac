"""The day's report: the desk's own figures, masked, watermarked, for posts that may take lists out."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.services.daily import daily_export
from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor

LATE = make.START - make.days(16)


def report(actor: Actor) -> tuple[Any, Any]:
    target = BytesIO()
    done = daily_export(actor=actor, target=target)
    return openpyxl.load_workbook(BytesIO(target.getvalue())), done


def rows_of(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=3, values_only=True))


def test_its_figures_are_the_desks(crew: make.Cast) -> None:
    make.handling(crew, received_at=LATE)
    make.handling(crew)
    book, done = report(crew.actor("xiaomin"))
    desk = selectors.workbench(actor=crew.actor("xiaomin"))
    told = {row[0]: row[1] for row in rows_of(book["今日概况"])}
    assert (told["已逾期"], told["今日到期"], told["在办投诉"]) == (1, 0, 2)
    assert (told["已逾期"], told["在办投诉"]) == (desk.overdue, desk.open)
    assert told["按期办结率（本月，%）"] == ("—" if desk.on_time_month is None else desk.on_time_month)
    assert all(isinstance(row[2], int | float) for row in rows_of(book["经办负荷"]))
    assert done.count == 1


def test_what_is_late_or_due_is_listed_and_nothing_else(crew: make.Cast) -> None:
    late = make.handling(crew, received_at=LATE)
    today = make.handling(crew, received_at=make.START - make.days(15))
    make.handling(crew, received_at=make.START - make.days(14))
    make.delivered(crew, received_at=LATE)
    book, _ = report(crew.actor("xiaomin"))
    assert [row[0] for row in rows_of(book["逾期与今日到期"])] == [late.no, today.no]


def test_fifteen_days_and_every_handler(crew: make.Cast) -> None:
    make.handling(crew)
    book, _ = report(crew.actor("xiaomin"))
    ahead = rows_of(book["未来15天到期"])
    desk = selectors.workbench(actor=crew.actor("xiaomin"))
    assert len(ahead) == 15
    assert [row[0] for row in rows_of(book["经办负荷"])] == [load.name for load in desk.loads]


def test_nothing_personal_and_no_formula_goes_out(crew: make.Cast) -> None:
    make.handling(crew, received_at=LATE, title="=HYPERLINK(1) 电话13800001234")
    book, _ = report(crew.actor("xiaomin"))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert not any("13800001234" in cell or "王小敏" in cell or cell.startswith("=") for cell in cells)
    assert all("林晓敏" in str(sheet["A1"].value) and "不得外传" in str(sheet["A1"].value) for sheet in book)


def test_it_is_an_export_in_the_journal(crew: make.Cast) -> None:
    _, done = report(crew.actor("xiaomin"))
    entry = AuditEntry.objects.get(tag="complaints:desk:export")
    assert entry.object_id == done.file_name
    assert done.sha256 in entry.body


def test_a_handler_may_not_take_it_out(crew: make.Cast) -> None:
    with pytest.raises(NotAllowed):
        report(crew.actor("xiaochen"))
    assert not AuditEntry.objects.filter(tag="complaints:desk:export").exists()


def test_each_sheet_says_how_many_stand_on_it(crew: make.Cast) -> None:
    make.handling(crew, received_at=LATE)
    make.handling(crew)
    make.received(crew)
    book, _ = report(crew.actor("xiaomin"))
    notes = {sheet.title: str(sheet["A1"].value) for sheet in book}
    figures = len(rows_of(book["今日概况"]))
    ahead = sum(row[1] + row[2] for row in rows_of(book["未来15天到期"]))
    assert f"共 {figures} 项指标" in notes["今日概况"]
    assert "共 1 件 " in notes["逾期与今日到期"]
    assert f"共 {ahead} 件到期" in notes["未来15天到期"]
    assert "共 2 件在办，1 人经办" in notes["经办负荷"]


def test_an_open_case_is_never_said_to_be_closed_late(crew: make.Cast) -> None:
    make.handling(crew, received_at=LATE)
    make.handling(crew, received_at=make.START - make.days(15))
    book, _ = report(crew.actor("xiaomin"))
    heads = [cell.value for cell in book["逾期与今日到期"][2]]
    lines = [dict(zip(heads, row, strict=True)) for row in rows_of(book["逾期与今日到期"])]
    assert [line["是否逾期办结"] for line in lines] == [None, None]
    assert [line["在办是否逾期"] for line in lines] == ["在办已逾期 1 天", "未逾期"]


def test_the_overdue_in_hand_stand_beside_the_share(crew: make.Cast) -> None:
    make.handling(crew, received_at=LATE)
    make.closed(crew)
    book, _ = report(crew.actor("xiaomin"))
    (told,) = [row[3] for row in rows_of(book["今日概况"]) if str(row[0]).startswith("按期办结率")]
    assert told.endswith("；另有 1 件逾期未办结")
