"""The Handbook's files: read, computed, compared with its own published columns and split."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from xiaobao.engines.fraud.batch import compute
from xiaobao.engines.fraud.columns import Table
from xiaobao.engines.fraud.evaluation import period_from, split_rows, summary
from xiaobao.engines.fraud.files import FileError, Sink, read_events
from xiaobao.engines.fraud.handbook import handbook_features, published_columns
from xiaobao.engines.fraud.online import OnlineFeatures

HEAD = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD,TX_FRAUD_SCENARIO"
GOOD = "1,2018-07-25 00:00:01,7,9,27.6,0,0"


def written(folder: Path, *lines: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEAD, *lines]) + "\n")
    return path


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2,2018-07-25 00:00:02,7,9,-1,0,0", "第 3 行：TX_AMOUNT"),
        ("2,2018-07-25 00:00:02,7,9,NaN,0,0", "第 3 行：TX_AMOUNT"),
        ("2,25/07/2018,7,9,1,0,0", "第 3 行：TX_DATETIME"),
        ("2,2018-07-25 00:00:02,,9,1,0,0", "第 3 行：CUSTOMER_ID 不能为空"),
        ("2,2018-07-25 00:00:02,7,9,1,2,0", "第 3 行：TX_FRAUD 应为 0 或 1"),
    ],
)
def test_a_wrong_line_is_named_and_left_out(tmp_path: Path, line: str, says: str) -> None:
    table, refused = read_events([written(tmp_path, GOOD, line)])
    assert (len(table), refused.counts) == (1, {"row.value": 1})
    assert says in refused.first[0]
    with pytest.raises(FileError, match=says.replace("3 行：", "2 行的 ")):
        read_events([written(tmp_path, line)])


def test_a_number_that_comes_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="交易编号重复：1"):
        read_events([written(tmp_path, GOOD, GOOD)])


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("A,B\n1,2\n")
    (tmp_path / "z.csv.gz").write_bytes(b"not gzip")
    for name, says in (
        ("none.csv", "找不到文件"),
        ("a.csv", "缺少列：TRANSACTION_ID"),
        ("z.csv.gz", "不是可读的"),
    ):
        with pytest.raises(FileError, match=says):
            read_events([tmp_path / name])
    with pytest.raises(FileError, match="没有数据行"):
        read_events([written(tmp_path)])


def test_rows_come_in_time_order_with_fen_and_words(tmp_path: Path) -> None:
    early = "2,2018-07-24 23:59:59,c7,9,0.29,1,0"
    table, _ = read_events([written(tmp_path, GOOD, early), written(tmp_path, "3" + GOOD[1:], name="u.csv")])
    rows = list(table.rows())
    assert [row["event_id"] for row in rows] == [2, 1, 3]
    assert [row["customer"] for row in rows] == ["c7", "7", "7"]
    assert [row["amount_fen"] for row in rows] == [29, 2760, 2760]
    assert (rows[0]["hour"], rows[0]["weekday"], rows[1]["hour"]) == (23, 1, 0)


def test_the_file_written_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="结尾"):
        Sink(tmp_path / "x.txt")
    sink = Sink(tmp_path / "x.csv").__enter__()
    sink.add({"a": np.arange(2)})
    sink.__exit__(KeyError, KeyError(), None)
    assert list(tmp_path.iterdir()) == []
    with Sink(tmp_path / "it's.csv.gz") as sink:
        sink.add({"a": np.arange(2)})
        sink.add({"a": np.arange(2, 3)})
    assert gzip.decompress((tmp_path / "it's.csv.gz").read_bytes()).split() == [b"a", b"0", b"1", b"2"]
    assert [path.name for path in tmp_path.iterdir()] == ["it's.csv.gz"]


@pytest.fixture(scope="module")
def book(shared: Path) -> tuple[Path, Table]:
    folder = shared / "data/fraud_handbook"
    table, _ = read_events([folder / "transactions_2018-06-18_2018-08-14.csv.gz"])
    return folder, table


@pytest.mark.real
def test_published_split_counts(book: tuple[Path, Table]) -> None:
    _, table = book
    split = split_rows(table, period_from("2018-07-25:2018-07-31"), period_from("2018-08-08:2018-08-14"), 7)
    assert summary(split, split.train) == {"rows": 67_240, "frauds": 598}
    assert summary(split, split.test) == {"rows": 58_264, "frauds": 385}


@pytest.mark.real
def test_published_columns_equal_ours_but_for_what_the_cut_lost(book: tuple[Path, Table]) -> None:
    folder, table = book
    early = table.part(slice(0, 380_000))
    ours = published_columns(early, compute(handbook_features(), early))
    place = {number: at for at, number in enumerate(ours["TRANSACTION_ID"].tolist())}
    with gzip.open(folder / "published_features_2018-07-25.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    at = [place[int(row["TRANSACTION_ID"])] for row in rows]
    for name in [name for name in ours if name.endswith("WINDOW") or name.startswith("TX_DURING")]:
        published = np.array([float(row[name]) for row in rows])
        assert np.abs(ours[name][at] - published).max() < 1e-6, name


@pytest.mark.real
def test_one_by_one_equals_batch_on_real_payments(book: tuple[Path, Table]) -> None:
    _, table = book
    part = table.part(slice(0, 30_000))
    features = handbook_features(2)
    batch = compute(features, part)
    online = OnlineFeatures(features)
    for at, row in enumerate(part.rows()):
        assert online.update(row) == [batch[name].at(at) for name in features.names]
