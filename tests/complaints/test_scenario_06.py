"""Acceptance scenario 6, each door on its own: 50 cases, 3 lack the reason code; 47 close, 3 are listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.intake_formats import column_map, format_named
from xiaobao.duties.complaints.domain.values import Command, NoticeMode, Stage
from xiaobao.duties.complaints.models import Complaint, Reply
from xiaobao.duties.complaints.services.importing import ImportOrder, ImportReport, complaints_import
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role

COLUMNS = {
    "number": "号", "received_at": "时间", "facts": "内容", "name": "人",
    "channel_code": "渠道", "business_code": "业务", "reason_code": "原因", "reply": "答复", "replied_at": "答复时间",
}  # fmt: skip


@pytest.fixture
def program(crew: make.Cast) -> Program:
    """The office's own platform."""
    return Program(account(crew.office, Role.OFFICER, Role.HANDLER))


def _fifty(crew: make.Cast) -> list[int]:
    """Fifty delivered cases; the first three lost their reason code."""
    ids = [make.delivered(crew).complaint_id for _ in range(50)]
    Complaint.objects.filter(pk__in=ids[:3]).update(reason_code="")
    return ids


def _bring(folder: Path, reasons: list[str], reply: str = ",") -> ImportReport:
    lines = [
        f"{n},2026-03-01,第 {n} 位客户多收年费,客户{n},A1.1,B3,{code},{reply}"
        for n, code in enumerate(reasons, 1)
    ]
    path = folder / "in.csv"
    path.write_text(
        "号,时间,内容,人,渠道,业务,原因,答复,答复时间\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    form = format_named("csv", column_map({"columns": COLUMNS}))
    return complaints_import(actor=make.tick_actor(), order=ImportOrder(path, form, "33001", folder))


def _answer_all() -> None:
    """Every case told with proof, as if its steps had been taken: only the codes may still lack."""
    now = ports.now()
    Complaint.objects.update(stage=Stage.REPLIED, replied_at=now, told_on=ports.today())
    Reply.objects.bulk_create(
        Reply(
            complaint=row, facts_found="查明", grounds="合同", text="答复", mode=NoticeMode.SMS,
            sent_at=now, told_on=ports.today(), proof="回执", author_name="陈小",
        )
        for row in Complaint.objects.all()
    )  # fmt: skip


def test_the_api_in_bulk(crew: make.Cast, program: Program) -> None:
    ids = _fifty(crew)
    body = {"command": "close", "ids": ids, "payload": {"cause": "披露不足"}}
    told = said(program.post("/complaints/bulk", body))
    assert told["done"] == ids[3:]
    assert [one["id"] for one in told["refused"]] == ids[:3]
    assert {item["name"] for one in told["refused"] for item in one["missing"]} == {"is_coded"}
    assert all("CMP-027" in one["reason"] for one in told["refused"])
    assert Complaint.objects.filter(stage=Stage.CLOSED).count() == 47


def test_the_api_one_by_one(crew: make.Cast, program: Program) -> None:
    ids = _fifty(crew)
    answers = {pk: program.post(f"/complaints/{pk}/close", {"cause": "披露不足"}, key=f"k{pk}") for pk in ids}
    assert [pk for pk, answer in answers.items() if answer.status_code == 422] == ids[:3]
    assert {said(answers[pk])["rule"] for pk in ids[:3]} == {"CMP-027"}
    assert Complaint.objects.filter(stage=Stage.CLOSED).count() == 47


def test_what_was_imported_closes_under_the_same_guards(crew: make.Cast, tmp_path: Path) -> None:
    report = _bring(tmp_path, [""] * 3 + ["C3"] * 47)
    assert (report.imported, report.rejected) == (50, 0)
    _answer_all()
    ids = list(Complaint.objects.order_by("source_no").values_list("pk", flat=True))
    lacking = set(Complaint.objects.filter(reason_code="").values_list("pk", flat=True))
    found = services.complaints_bulk(
        actor=crew.actor("xiaomin"), command=Command.CLOSE, ids=ids, payload={"cause": "披露不足"}
    )
    assert (len(found.done), {one.id for one in found.refused}) == (47, lacking)


def test_an_import_row_cannot_call_itself_closed(crew: make.Cast, tmp_path: Path) -> None:
    report = _bring(tmp_path, [""] * 3 + ["C3"] * 47, reply="已办结,2026-03-01 18:00:00")
    assert report.imported == 50
    assert set(Complaint.objects.values_list("stage", flat=True)) == {Stage.ARCHIVED}


def test_a_row_with_an_unknown_code_is_a_line_of_the_workbook(crew: make.Cast, tmp_path: Path) -> None:
    report = _bring(tmp_path, ["C98"] * 3 + ["C3"] * 47)
    assert (report.imported, report.rejected) == (47, 3)
    assert report.errors_file is not None
    rows = list(load_workbook(report.errors_file).active.iter_rows(min_row=3, values_only=True))
    said_of = [" ".join(map(str, row)) for row in rows if row[0] is not None]
    assert [line for line in said_of if "CMP-027" in line and "C98" in line] == said_of
    assert len(said_of) == 3
