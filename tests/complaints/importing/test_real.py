"""The real sets, recounted without the product's code."""

from __future__ import annotations

import csv
import gzip
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints.domain.intake_formats import (
    IntakeRow,
    check_header,
    format_named,
    read_records,
    read_row,
)
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.selectors.sources import replies_lateness
from xiaobao.duties.complaints.services.importing import ImportOrder, ImportReport, complaints_import
from xiaobao.duties.complaints.services.intake_files import lines_of, look_through
from xiaobao.kernel.identity import system_actor

pytestmark = pytest.mark.real
ACTOR = system_actor("历史导入", via="import")
REPLIES = "complaints_gov_zh/messages_with_replies.csv.gz"
CFPB = "complaints_cfpb_en/complaints.csv.gz"
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


def bring(path: Path, form: str, folder: Path) -> ImportReport:
    with make.at(NOW):
        order = ImportOrder(path, format_named(form), "000", folder / "errors")
        return complaints_import(actor=ACTOR, order=order)


def rows_of(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def naive(row: dict[str, str]) -> tuple[datetime, datetime]:
    """Question and answer, read by hand: year/month/day in digits, then the clock."""

    def moment(text: str) -> datetime:
        day, _, clock = text.replace("-", "/").partition(" ")
        year, month, of_month = map(int, day.split("/"))
        hour, minute, second = map(int, f"{clock}:0".split(":")[:3])
        return datetime(year, month, of_month, hour, minute, second, tzinfo=SHANGHAI)

    return moment(row["留言时间"]), moment(row["答复时间"])


def test_every_message_is_taken_in_and_lateness_agrees_with_a_recount(
    crew: Any, shared: Path, tmp_path: Path
) -> None:
    path = shared / "data" / REPLIES
    report = bring(path, "gov_zh", tmp_path)
    assert report.as_json() == {
        "rows": 1652,
        "imported": 1652,
        "already": 0,
        "rejected": 0,
        "errors_file": None,
    }
    found = replies_lateness(actor=ACTOR, source="gov_zh")
    pairs = [naive(row) for row in rows_of(path)]
    for limit in (15, 30, 60):
        assert found.later_than[limit] == sum(
            (reply.date() - asked.date()).days > limit for asked, reply in pairs
        )
        assert found.full_days[limit] == sum((reply - asked).days > limit for asked, reply in pairs)
    # SOURCE.md's 603 and 99 are whole 24 hours past; by the article's natural days it is 622.
    assert (found.full_days[15], found.full_days[60]) == (603, 99)
    assert (found.later_than[15], found.later_than[30], found.later_than[60]) == (622, 268, 99)
    assert not Complaint.objects.exclude(stage=Stage.ARCHIVED).exists()


def test_every_row_of_the_bureau_is_a_complaint_or_a_line(crew: Any, shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / CFPB
    report = bring(path, "cfpb", tmp_path)
    rows = rows_of(path)
    numbers = {row["Complaint ID"] for row in rows}
    swapped = {row["Complaint ID"] for row in rows if row["Date sent to company"] < row["Date received"]}
    long = {row["Complaint ID"] for row in rows if len(row["Consumer complaint narrative"]) > 40_000}
    assert (report.rows, len(numbers), len(swapped), len(long)) == (5397, 5392, 9, 0)
    assert report.imported + report.rejected == 5397
    kept = set(Complaint.objects.values_list("source_no", flat=True))
    assert kept == numbers - swapped - long
    assert report.imported == len(kept) == 5383
    again = bring(path, "cfpb", tmp_path)
    assert (again.imported, again.already, again.rejected) == (0, 5383, 14)


@pytest.mark.parametrize(
    ("name", "form", "rows", "rejected"),
    [
        ("complaints_gov_zh/messages_for_hot_issue_clustering.csv.gz", "gov_zh", 2489, 0),
        ("complaints_gov_zh/labelled_7class.csv", "gov_zh", 288, 0),
        ("complaints_cfpb_en/complaints_2011_2016_no_narrative.csv.gz", "cfpb", 1880, 2),
    ],
)
def test_the_other_sets_are_read_too(shared: Path, name: str, form: str, rows: int, rejected: int) -> None:
    known = format_named(form)
    lines = lines_of(look_through(shared / "data" / name))
    names = check_header(next(read_records(lines)), known)
    found = [read_row(record, names, known, NOW) for record in read_records(lines, len(names))]
    good = [row for row in found if isinstance(row, IntakeRow)]
    assert (len(found), len(found) - len(good)) == (rows, rejected)
    assert len({row.number for row in good}) == len(good)
