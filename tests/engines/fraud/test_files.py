"""Payment files as other people write them: other orders, other columns, other line ends; or no payments at all."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engines.fraud.cards import payments, written
from xiaobao.engines.fraud.columns import Table
from xiaobao.engines.fraud.files import FileError, read_events

Rows = list[list[str]]
SHAPES: dict[str, Callable[[Rows], Rows]] = {
    "columns reversed": lambda rows: [row[::-1] for row in rows],
    "more columns": lambda rows: [
        [*row, "SCENARIO" if at == 0 else '备注,"x"'] for at, row in enumerate(rows)
    ],
    "small letters": lambda rows: [[name.lower() for name in rows[0]], *rows[1:]],
    "rows reversed": lambda rows: [rows[0], *rows[:0:-1]],
}
WRITINGS: dict[str, Callable[[str], bytes]] = {
    "windows": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "no last line end": lambda text: text.rstrip("\n").encode(),
    "quoted": lambda text: (
        "\n".join(",".join(f'"{x}"' for x in ln.split(",")) for ln in text.split())
    ).encode(),
    "semicolons": lambda text: text.replace(",", ";").encode(),
}


def book(folder: Path) -> Rows:
    return list(csv.reader(written(folder / "plain.csv", payments(300)).open()))


def read(path: Path, rows: Rows) -> Table:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    data = text.getvalue().encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return read_events([path])[0]


def by_number(table: Table) -> list[dict[str, object]]:
    return sorted(table.rows(), key=lambda row: row["event_id"])  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_shape_of_the_file_changes_nothing(tmp_path: Path, name: str, shape: str) -> None:
    rows = book(tmp_path)
    found = read(tmp_path / name, SHAPES[shape](rows))
    assert by_number(found) == by_number(read(tmp_path / "b.csv", rows))
    moments = found.columns["occurred_at"].values
    assert (moments[1:] >= moments[:-1]).all()


@pytest.mark.parametrize("writing", WRITINGS)
def test_the_writing_of_the_file_changes_nothing(tmp_path: Path, writing: str) -> None:
    rows = [[cell.replace(" ", "T") for cell in row] for row in book(tmp_path)]
    path = tmp_path / "other.csv"
    path.write_bytes(WRITINGS[writing]("".join(",".join(row) + "\n" for row in rows)))
    found = read_events([path])[0]
    assert by_number(found) == by_number(read(tmp_path / "b.csv", rows))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: [], "是空文件"),
        (lambda rows: rows[:1], "没有数据行"),
        (lambda rows: [row[:-1] for row in rows], "缺少列：TX_FRAUD；应有列"),
        (lambda rows: [*rows[:9], rows[9][:3], *rows[10:]], "第 10 行的列数与表头不同（应为 6 列）"),
        (lambda rows: [rows[0], *([*row[:4], "NaN", "0"] for row in rows[1:])], "第 2 行的 TX_AMOUNT"),
        (lambda rows: [*rows, rows[1]], "交易编号重复：0"),
        (lambda rows: rows[1:], "缺少列：TRANSACTION_ID"),
    ],
)
def test_what_is_no_book_of_payments_is_refused_in_words(
    tmp_path: Path, change: Callable[[Rows], Rows], says: str
) -> None:
    with pytest.raises(FileError, match=says):
        read(tmp_path / "a.csv", change(book(tmp_path)))


def test_rows_with_a_wrong_value_are_counted_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = book(tmp_path)
    rows[9][4], rows[19][4], rows[29][1] = "NaN", "-1", "soon"
    rows[39][4], rows[39][5] = "x", "maybe"  # two faults, one row
    path = tmp_path / "a.csv"
    found = read(path, rows)
    assert len(found) == 296
    _, refused = read_events([path])
    assert refused.counts == {"row.value": 4}
    assert refused.first[0] == "a.csv 第 10 行：TX_AMOUNT 应为不为负的金额（元）"
    assert refused.first[2].startswith("a.csv 第 30 行：TX_DATETIME 应为")
    good = [row for at, row in enumerate(rows) if at not in (9, 19, 29, 39)]
    assert by_number(found) == by_number(read(tmp_path / "b.csv", good))


def test_half_a_packed_file_is_refused(tmp_path: Path) -> None:
    read(tmp_path / "a.csv.gz", book(tmp_path))
    whole = (tmp_path / "a.csv.gz").read_bytes()
    (tmp_path / "a.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileError, match=r"a\.csv\.gz"):
        read_events([tmp_path / "a.csv.gz"])
