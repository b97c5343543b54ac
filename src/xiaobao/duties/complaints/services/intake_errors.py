"""The error workbook of an import: every row that became no complaint, and why."""

from __future__ import annotations

from pathlib import Path

from xiaobao.duties.complaints.domain.intake_formats import Fault, IntakeFormat, RowFaults
from xiaobao.duties.complaints.services.sheets import Column, Sheet, shown_at
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.masks import mask_name, mask_tail, mask_text

COLUMNS = (
    Column("行号", 8),
    Column("来源编号", 18),
    Column("列", 22),
    Column("内容（已遮蔽）", 40),
    Column("问题", 48),
    Column("处理办法", 48),
)
EXCERPT = 60
_NAMES = ("用户", "投诉人", "姓名", "name")
_NUMBERS = ("电话", "手机", "证件", "phone", "mobile", "id_number")


class ErrorBook:
    """The workbook, made when the first fault comes; without faults there is no file."""

    def __init__(self, folder: Path, *, actor: Actor, form: IntakeFormat) -> None:
        self._folder, self._source, self._actor = folder, form.name, actor
        self._names = {form.columns.get("name")}
        self._numbers = {form.columns.get("phone"), form.columns.get("id_number")}
        self._sheet: Sheet | None = None
        self.path: Path | None = None
        self.rows = 0

    def add(self, row: RowFaults) -> None:
        """One line a fault; a row with three faults takes three lines."""
        sheet = self._sheet or self._open()
        self.rows += 1
        for fault in row.faults:
            sheet.write([row.line, row.number, fault.field, self._excerpt(fault), fault.wrong, fault.remedy])

    def close(self) -> None:
        """Write the file out."""
        if self._sheet is not None:
            self._sheet.__exit__(None, None, None)
            self._sheet = None

    def _excerpt(self, fault: Fault) -> str:
        """The cell's first characters, with names and numbers of persons masked and control signs visible."""
        text = "".join(sign if sign.isprintable() else "␀" if sign == "\0" else " " for sign in fault.value)
        column = fault.field.lower()
        if fault.field in self._names or any(word in column for word in _NAMES):
            text = mask_name(text)
        elif fault.field in self._numbers or any(word in column for word in _NUMBERS):
            text = mask_tail(text, 4)
        text = mask_text(text)
        return text if len(text) <= EXCERPT else text[:EXCERPT] + f"……（共{len(text):,}字）"

    def _open(self) -> Sheet:
        self._folder.mkdir(parents=True, exist_ok=True)
        now = ports.now()
        stamp = ports.local(now).strftime("%Y%m%d-%H%M%S")
        self.path = self._folder / f"{self._source}-{stamp}-{ports.new_id()[:6]}-未导入.xlsx"
        note = f"投诉导入未成功的行 · 导入人：{self._actor.name} · {shown_at(now)} · 内容已遮蔽，仅限内部更正使用"
        self._sheet = Sheet(self.path, name="未导入", columns=COLUMNS, note=note, at=now)
        return self._sheet
