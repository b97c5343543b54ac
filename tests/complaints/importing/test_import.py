"""Files into complaints: once, whole, and with a reason for every row that stayed out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints.domain.intake_formats import column_map, format_named
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.duties.complaints.models import Complaint, Event, Party
from xiaobao.duties.complaints.selectors.sources import replies_lateness
from xiaobao.duties.complaints.services.importing import ImportOrder, ImportReport, complaints_import
from xiaobao.kernel.errors import InvalidInput, NotAllowed, XiaobaoError
from xiaobao.kernel.identity import system_actor

pytestmark = pytest.mark.django_db
ACTOR = system_actor("历史导入", via="import")
HEAD = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n"
OPEN = "101,UU1,井盖缺失,2019/3/5 15:36:21,井盖丢了三天,,\n"
DONE = "102,UU2,停水无通知,2019/3/5 10:00:00,连续停水两天,网友：已恢复供水,2019/3/21 9:00:00\n"


@pytest.fixture
def crew() -> make.Cast:
    return make.cast()


def bring(folder: Path, text: str | bytes, form: str = "gov_zh", **changes: Any) -> ImportReport:
    path = folder / "in.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    form_value = changes.pop("form_value", None) or format_named(form)
    told = {"path": path, "form": form_value, "org_code": "330", "errors_folder": folder / "errors"}
    return complaints_import(actor=changes.pop("actor", ACTOR), order=ImportOrder(**{**told, **changes}))


def lines_of(report: ImportReport) -> list[tuple[Any, ...]]:
    assert report.errors_file is not None
    sheet = openpyxl.load_workbook(report.errors_file).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(min_row=3, values_only=True)]


def snapshot() -> list[dict[str, Any]]:
    return [*Complaint.objects.order_by("pk").values(), *Event.objects.order_by("pk").values()]


def test_an_open_row_is_registered_and_a_closed_one_goes_to_the_records(crew: Any, tmp_path: Path) -> None:
    with make.at():
        report = bring(tmp_path, HEAD + OPEN + DONE)
    assert report.as_json() == {
        "rows": 2,
        "imported": 2,
        "already": 0,
        "rejected": 0,
        "errors_file": None,
    }
    waiting, past = Complaint.objects.order_by("source_no")
    assert (waiting.stage, past.stage) == (Stage.REGISTERED, Stage.ARCHIVED)
    assert past.source_reply == "网友：已恢复供水"
    assert past.source_replied_at is not None
    assert not past.is_open


def test_a_second_run_changes_nothing(crew: Any, tmp_path: Path) -> None:
    with make.at():
        bring(tmp_path, HEAD + OPEN + DONE)
        before = snapshot()
        report = bring(tmp_path, HEAD + OPEN + DONE)
    assert (report.imported, report.already, report.rejected) == (0, 2, 0)
    assert snapshot() == before


def test_history_takes_the_one_transition_with_the_sources_moments(crew: Any, tmp_path: Path) -> None:
    with make.at():
        bring(tmp_path, HEAD + DONE)
    events = list(Event.objects.order_by("pk").values_list("command", "actor_name", "via"))
    assert events == [("receive", "历史导入", "import"), ("archive", "历史导入", "import")]
    archived = Event.objects.get(command="archive")
    past = Complaint.objects.get()
    assert archived.at == past.source_replied_at
    tags = set(AuditEntry.objects.values_list("tag", flat=True))
    assert {
        "complaints:complaint:receive",
        "complaints:complaint:archive",
        "complaints:file:import",
    } <= tags


@pytest.mark.parametrize(
    "other",
    [
        OPEN.replace("三天", "四天"),
        OPEN.replace("15:36:21", "15:36:22"),
        OPEN.replace(",,\n", ",已补,2019/3/6 1:00:00\n"),
    ],
)
@pytest.mark.parametrize("together", [True, False])
def test_the_same_number_with_other_words_is_refused(
    crew: Any, tmp_path: Path, other: str, together: bool
) -> None:
    with make.at():
        if not together:
            bring(tmp_path, HEAD + OPEN)
        report = bring(tmp_path, HEAD + OPEN + other)
    assert (report.rows, report.rejected, report.imported + report.already) == (2, 1, 1)
    assert lines_of(report)[0][:3] == (3, "101", "留言编号")
    assert "同号须同内容" in lines_of(report)[0][4]
    assert Complaint.objects.count() == 1


def test_every_row_is_a_complaint_or_a_line_with_its_reason(crew: Any, tmp_path: Path) -> None:
    bad = (
        "201,UU1,题,2019/2/30 1:00:00,内容,,\n"
        "202,UU1,题,2019/3/5 1:00:00,有\x00空字节,,\n"
        "203,UU1,题,2019/3/5 1:00:00,=HYPERLINK(1),,\n"
        '204,UU1,"引号,2019/3/5 1:00:00,内容,,\n'
        "205,UU1,题,2019/3/5 1:00:00\n"
        "206,UU1,题,2039/3/5 1:00:00,内容,,\n"
        f"207,UU1,题,2019/3/5 1:00:00,{'字' * 100_000},,\n"
        "208,UU1,题,2019/3/5 1:00:00,响\x07铃,,\n"
        ",UU1,题,2019/3/5 1:00:00,内容,,\n"
    )
    with make.at():
        report = bring(tmp_path, HEAD + OPEN + bad + DONE)
    assert (report.rows, report.imported, report.rejected) == (11, 2, 9)
    told = lines_of(report)
    assert [line[0] for line in told] == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert all(line[2] and line[4] and line[5] for line in told)


def test_the_error_workbook_masks_what_is_personal(crew: Any, tmp_path: Path) -> None:
    row = "301,=王小敏,题,2019/13/5 1:00:00,电话13800001234卡6222021234567890123\x07,,\n"
    with make.at():
        report = bring(tmp_path, HEAD + row)
    said = " ".join(str(cell) for line in lines_of(report) for cell in line)
    assert "13800001234" not in said
    assert "6222021234567890123" not in said
    assert "王小敏" not in said
    assert "138****1234" in said


def test_gb18030_and_utf8_are_the_same_complaints(crew: Any, tmp_path: Path) -> None:
    with make.at():
        first = bring(tmp_path, (HEAD + OPEN + DONE).encode("gb18030"))
        second = bring(tmp_path, (HEAD + OPEN + DONE).encode("utf-8-sig"))
    assert (first.imported, second.already) == (2, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "只有表头"),
        ("留言编号,留言时间\n1,2\n", "缺少列：留言用户、留言主题、留言详情"),
        ("\n", "文件是空的"),
        ((HEAD + OPEN).encode() + b"\xff\xff\n", "既不是 UTF-8 也不是 GB18030"),
    ],
)
def test_a_file_that_cannot_be_read_writes_nothing(
    crew: Any, tmp_path: Path, text: str | bytes, words: str
) -> None:
    with make.at(), pytest.raises(InvalidInput, match=words):
        bring(tmp_path, text)
    assert not Complaint.objects.exists()
    assert not (tmp_path / "errors").exists()


def test_a_line_of_a_hundred_megabytes_costs_one_row(crew: Any, tmp_path: Path) -> None:
    with (tmp_path / "big.csv").open("wb") as file:
        file.write((HEAD + OPEN).encode())
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + DONE.encode())
    with make.at():
        report = bring(tmp_path, "", path=tmp_path / "big.csv")
    assert (report.rows, report.imported, report.rejected) == (3, 2, 1)
    assert "超过 1 MB" in lines_of(report)[0][4]


def test_an_outlet_that_does_not_exist_is_a_line(crew: Any, tmp_path: Path) -> None:
    mapping = {"columns": {"number": "号", "received_at": "时间", "facts": "内容", "org": "机构"}}
    text = "号,时间,内容,机构\n1,2026-01-10,多收年费,99999\n2,2026-01-10,多收年费,33001\n"
    with make.at():
        report = bring(tmp_path, text, form_value=format_named("csv", column_map(mapping)))
    assert (report.imported, report.rejected) == (1, 1)
    assert "99999" in lines_of(report)[0][4]


def test_only_posts_that_register_may_import(crew: make.Cast, tmp_path: Path) -> None:
    with make.at(), pytest.raises(NotAllowed):
        bring(tmp_path, HEAD + OPEN, actor=crew.actor("admin"))
    assert not Complaint.objects.exists()


def test_a_crash_in_the_middle_is_finished_by_the_next_run(
    crew: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xiaobao.duties.complaints.services import importing

    rows = "".join(OPEN.replace("101", str(number)) for number in range(1000, 1120))
    real, calls = importing.complaint_receive, []

    def failing(**told: Any) -> Any:
        calls.append(1)
        if len(calls) == 70:
            raise KeyboardInterrupt
        return real(**told)

    monkeypatch.setattr(importing, "complaint_receive", failing)
    with make.at():
        with pytest.raises(KeyboardInterrupt):
            bring(tmp_path, HEAD + rows)
        assert Complaint.objects.count() == importing.BATCH
        report = bring(tmp_path, HEAD + rows)
    assert (report.rows, report.imported, report.already) == (120, 70, 50)


def test_the_persons_name_is_sealed_and_masked(crew: Any, tmp_path: Path) -> None:
    with make.at():
        bring(tmp_path, HEAD + OPEN.replace("UU1", "王小敏"))
    party = Party.objects.get()
    assert party.name_masked == "王*敏"
    assert "王小敏" not in str(Complaint.objects.values().get()) + party.name_sealed


def test_lateness_counts_natural_days_of_what_was_brought(crew: Any, tmp_path: Path) -> None:
    with make.at():
        bring(tmp_path, HEAD + OPEN + DONE)
        found = replies_lateness(actor=ACTOR, source="gov_zh")
        other = replies_lateness(actor=ACTOR, source="cfpb")
    assert (found.answered, found.unanswered) == (1, 1)
    assert found.later_than == {15: 1, 30: 0, 60: 0}
    assert found.full_days == {15: 0, 30: 0, 60: 0}
    assert (other.answered, other.unanswered) == (0, 0)


def test_refusals_of_the_core_become_lines(crew: Any, tmp_path: Path, monkeypatch: Any) -> None:
    from xiaobao.duties.complaints.services import importing

    def refuse(**told: Any) -> Any:
        raise XiaobaoError("complaint.phone.unreadable", field="phone", label="联系电话")

    monkeypatch.setattr(importing, "complaint_receive", refuse)
    with make.at():
        report = bring(tmp_path, HEAD + OPEN)
    assert lines_of(report)[0][2] == "联系电话"
    assert "“联系电话”不是有效的电话号码" in lines_of(report)[0][4]
