"""Import of other systems' files: every row becomes a complaint through the room's commands, or a line
in the error workbook. A second run changes nothing.

A history the source has closed (`IntakeRow.is_history`) is registered and put to the records by
`archive`: the same transition function, whose guard wants a source number; the journal says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, cast

from django.db import transaction

from xiaobao.base.audit import services as audit
from xiaobao.base.refusals import sentence_of
from xiaobao.duties.complaints.domain import intake as intake_rules
from xiaobao.duties.complaints.domain.intake_formats import (
    Fault,
    IntakeFormat,
    IntakeRow,
    RowFaults,
    check_header,
    read_records,
    read_row,
)
from xiaobao.duties.complaints.domain.intake_texts import LABELS
from xiaobao.duties.complaints.domain.messages import halves
from xiaobao.duties.complaints.domain.values import Command, How, Intake
from xiaobao.duties.complaints.selectors.sources import SourceState, source_states
from xiaobao.duties.complaints.services.intake_errors import ErrorBook
from xiaobao.duties.complaints.services.intake_files import IntakeFile, lines_of, look_through
from xiaobao.duties.complaints.services.receiving import complaint_receive, intake_faults
from xiaobao.duties.complaints.services.registering import complaint_archive
from xiaobao.duties.complaints.services.stepping import require
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, XiaobaoError
from xiaobao.kernel.identity import Actor

BATCH = 50
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class ImportOrder:
    """What to read, how, for which responsible unit (where the row names none), errors to which folder."""

    path: Path
    form: IntakeFormat
    org_code: str
    errors_folder: Path


@dataclass(slots=True)
class ImportReport:
    """Rows read and what became of them: rows = imported + already + rejected."""

    rows: int = 0
    imported: int = 0
    already: int = 0
    rejected: int = 0
    errors_file: Path | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer of the command line."""
        return {
            "rows": self.rows,
            "imported": self.imported,
            "already": self.already,
            "rejected": self.rejected,
            "errors_file": str(self.errors_file) if self.errors_file else None,
        }


def complaints_import(*, actor: Actor, order: ImportOrder, progress: Progress | None = None) -> ImportReport:
    """What became of every row. Nothing is written before the whole file has been looked through.

    Raises: NotAllowed for a post that may not register; InvalidInput `intake.*` for a file that
    cannot be read, lacks columns or holds no row.
    """
    require(actor, Command.RECEIVE)
    file = look_through(order.path)
    return _Import(actor, order, file).run(progress)


class _Import:
    """One file on its way in."""

    def __init__(self, actor: Actor, order: ImportOrder, file: IntakeFile) -> None:
        self.actor, self.order, self.file = actor, order, file
        self.now = ports.now()
        self.report = ImportReport()
        self.errors = ErrorBook(order.errors_folder, actor=actor, form=order.form)

    def run(self, progress: Progress | None) -> ImportReport:
        """Read, take in by batches, close the error workbook, leave one line in the journal."""
        lines = lines_of(self.file, progress)
        names = check_header(next(read_records(lines), None), self.order.form)
        records = read_records(lines, len(names))
        rows = (read_row(record, names, self.order.form, self.now) for record in records)
        try:
            while batch := list(islice(rows, BATCH)):
                self._take_in(batch)
        finally:
            self.errors.close()
        if not self.report.rows:
            raise InvalidInput(
                "intake.no_rows",
                field="FILE",
                say=f"“{self.file.path.name}”只有表头，没有数据行（规则：至少一行投诉）。请核对导出条件后重新导出",
            )
        self.report.errors_file = self.errors.path
        self._trace()
        return self.report

    def _take_in(self, batch: list[IntakeRow | RowFaults]) -> None:
        """One batch in one transaction; a refused row takes back itself alone."""
        self.report.rows += len(batch)
        checked = [self._checked(row) for row in batch]
        with transaction.atomic():
            known = source_states(self.actor, [row.intake for row in checked if isinstance(row, IntakeRow)])
            for row in checked:
                found = row if isinstance(row, RowFaults) else self._one(row, known)
                if isinstance(found, RowFaults):
                    self.report.rejected += 1
                    self.errors.add(found)

    def _checked(self, row: IntakeRow | RowFaults) -> IntakeRow | RowFaults:
        """The row with its unit filled in, through the same gate as a form; or everything wrong with it."""
        intake = row.told if isinstance(row, RowFaults) else row.intake
        if intake is None:
            return cast(RowFaults, row)
        if not intake.org_code:
            intake = replace(intake, org_code=self.order.org_code)
        try:
            checked = intake_rules.check(intake, now=self.now)
            if isinstance(row, IntakeRow):
                return replace(row, intake=checked)
        except InvalidInput:
            pass
        return self._refused(row, intake, intake_faults(actor=self.actor, intake=intake))

    def _one(self, row: IntakeRow, known: dict[str, SourceState]) -> RowFaults | None:
        state = known.get(row.number)
        if state is not None:
            return self._again(row, state)
        try:
            is_new = self._enter(row)
        except XiaobaoError as error:
            if error.status == 503:
                raise
            return self._refused(
                row, row.intake, error.every if isinstance(error, InvalidInput) else (error,)
            )
        self.report.imported += is_new
        self.report.already += not is_new
        known[row.number] = _state_of(row)
        return None

    def _enter(self, row: IntakeRow) -> bool:
        """Whether the complaint is new. Registered and put to the records in one piece, or not at all."""
        if not row.is_history:
            return complaint_receive(actor=self.actor, intake=row.intake).created
        with transaction.atomic():
            done = complaint_receive(actor=self.actor, intake=row.intake)
            if done.created:
                complaint_archive(
                    actor=self.actor,
                    complaint_id=done.complaint_id,
                    replied_at=row.replied_at,
                    reply=row.reply,
                    how=How(at=row.replied_at),
                )
        return done.created

    def _again(self, row: IntakeRow, state: SourceState) -> RowFaults | None:
        if state.says_the_same(_state_of(row)):
            self.report.already += 1
            return None
        there = f"已登记为 {state.no}" if state.no else f"与本文件第 {state.line} 行的编号相同"
        fault = Fault(
            self.order.form.number_column,
            row.number,
            "source_conflict",
            f"来源编号 {row.number} {there}，但这次内容不同（规则：同号须同内容）",
            "是更正的，请在原件上用“更正”；是另一件投诉的，请换用新的来源编号",
        )
        return RowFaults(row.line, row.number, (fault,))

    def _refused(self, row: IntakeRow | RowFaults, told: Intake, errors: Iterable[XiaobaoError]) -> RowFaults:
        """The refusals under the file's own columns, with what stands in the cells; a column speaks once."""
        faults = {fault.field: fault for fault in row.faults} if isinstance(row, RowFaults) else {}
        for error in errors:
            wrong, remedy = halves(sentence_of(error) or error.code)
            field = str(error.facts.get("field") or "")
            column = self.order.form.columns.get(field) or LABELS.get(field, "（整行）")
            faults.setdefault(column, Fault(column, _told(told, field), error.code, wrong, remedy))
        return RowFaults(row.line, row.number, tuple(faults.values()))

    def _trace(self) -> None:
        audit.record(
            actor=self.actor,
            tag="complaints:file:import",
            object_id=self.file.path.name[:64],
            org_path=self.actor.org_path,
            after={"format": self.order.form.name, **self.report.as_json()},
        )


def _told(intake: Intake, field: str) -> str:
    """What the row says in this field of ours; '' where the field is none of the row's."""
    for teller in (intake, *intake.persons):
        if isinstance(value := getattr(teller, field, None), str):
            return value
    return ""


def _state_of(row: IntakeRow) -> SourceState:
    return SourceState("", intake_rules.digest(row.intake), row.replied_at, row.reply, row.line)
