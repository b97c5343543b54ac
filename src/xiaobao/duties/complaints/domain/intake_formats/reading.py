"""From a record to an intake row: the header is checked once, every row on its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xiaobao.duties.complaints.domain.intake_formats.cells import Cells
from xiaobao.duties.complaints.domain.intake_formats.formats import IntakeFormat
from xiaobao.duties.complaints.domain.intake_formats.records import BadRecord, Record
from xiaobao.duties.complaints.domain.intake_formats.values import Fault, IntakeRow, RowFaults
from xiaobao.kernel.errors import InvalidInput

_QUOTE_REMEDY = "请检查该行的英文双引号是否成对，内容中的引号应写成两个"
_BAD_RECORDS: dict[str, tuple[str, str]] = {
    "line_too_long": ("该行超过 1 MB，不像一件投诉", "请核对导出设置（换行符）后重新导出"),
    "quotes_open": ("引号没有闭合", _QUOTE_REMEDY),
    "quotes_torn": ("引号位置有误，无法分列", _QUOTE_REMEDY),
}


def check_header(record: Record | BadRecord | None, form: IntakeFormat) -> tuple[str, ...]:
    """The column names of the header, each once and none of the required ones missing.

    Raises: InvalidInput `intake.empty`, `intake.header`, `intake.columns`.
    """
    if record is None:
        raise InvalidInput("intake.empty", field="FILE", say="文件是空的，没有表头也没有数据")
    if isinstance(record, BadRecord):
        raise InvalidInput("intake.header", field="FILE", say=f"第1行不是表头：{_bad_words(record)[0]}")
    names = tuple(cell.strip() for cell in record.cells)
    lacking = [name for name in form.required if name not in names]
    if lacking:
        raise InvalidInput(
            "intake.columns",
            field="FILE",
            say=f"缺少列：{'、'.join(lacking)}。文件的列是：{'、'.join(names)[:300]}。"
            f"请补齐列名，或用 --format csv --map 写明对应关系",
        )
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise InvalidInput("intake.columns", field="FILE", say=f"列名重复：{'、'.join(doubled)}，请改名")
    return names


def read_row(
    record: Record | BadRecord, names: Sequence[str], form: IntakeFormat, now: datetime
) -> IntakeRow | RowFaults:
    """The row as an intake, or all its faults."""
    if isinstance(record, BadRecord):
        wrong, remedy = _bad_words(record)
        code = record.code.partition(":")[0]
        return RowFaults(record.line, "", (Fault("（整行）", record.excerpt, code, wrong, remedy),))
    cells = Cells(dict(zip(names, record.cells, strict=True)), nothing=form.nothing)
    row = form.parse(cells, record.line, now)
    if row is not None and not cells.faults:
        return row
    number = cells.raw(form.number_column)[:60]
    return RowFaults(record.line, number, tuple(cells.faults), row.intake if row else None)


def _bad_words(record: BadRecord) -> tuple[str, str]:
    if record.code.startswith("width:"):
        _, found, wanted = record.code.split(":")
        return f"该行有{found}列，表头有{wanted}列", "请检查多余或缺少的逗号与引号"
    return _BAD_RECORDS[record.code]
