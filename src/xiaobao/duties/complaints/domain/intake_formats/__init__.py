"""Files of other systems, read row by row: a row becomes an intake or a list of faults. No disk, no clock.

formats   cfpb | gov_zh | csv (with a column map)
records   physical lines -> CSV records that survive a torn quote
cells     one cell -> a checked value, or a fault with its rule and remedy
"""

from __future__ import annotations

from xiaobao.duties.complaints.domain.intake_formats.cfpb import CFPB
from xiaobao.duties.complaints.domain.intake_formats.formats import IntakeFormat
from xiaobao.duties.complaints.domain.intake_formats.gov_zh import GOV_ZH
from xiaobao.duties.complaints.domain.intake_formats.reading import check_header, read_row
from xiaobao.duties.complaints.domain.intake_formats.records import (
    LINE_TOO_LONG,
    BadRecord,
    Record,
    read_records,
)
from xiaobao.duties.complaints.domain.intake_formats.table import ColumnMap, column_map, table_format
from xiaobao.duties.complaints.domain.intake_formats.values import Fault, IntakeRow, RowFaults
from xiaobao.kernel.errors import InvalidInput

__all__ = [
    "LINE_TOO_LONG",
    "BadRecord",
    "ColumnMap",
    "Fault",
    "IntakeFormat",
    "IntakeRow",
    "Record",
    "RowFaults",
    "check_header",
    "column_map",
    "format_named",
    "read_records",
    "read_row",
]

FORMATS = {"cfpb": CFPB, "gov_zh": GOV_ZH}


def format_named(name: str, mapping: ColumnMap | None = None) -> IntakeFormat:
    """The format of that name.

    Raises: InvalidInput `intake.format` for a name the house does not know, `intake.map` for a
    mapping given to a format that needs none.
    """
    if name == "csv":
        return table_format(mapping or ColumnMap())
    if name not in FORMATS:
        raise InvalidInput(
            "intake.format", field="--format", say=f"不认识的格式“{name}”，可用：cfpb、gov_zh、csv"
        )
    if mapping is not None:
        raise InvalidInput("intake.map", field="--map", say=f"格式“{name}”自带列对应，不需要映射文件")
    return FORMATS[name]
