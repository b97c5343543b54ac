"""Event files in, tables out: the Fraud Detection Handbook's columns (csv, csv.gz) or our own events (jsonl, jsonl.gz)."""

from __future__ import annotations

import codecs
import csv
import gzip
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from xiaobao.engines.fraud.columns import Array, Column, Table, column_from
from xiaobao.engines.fraud.events import MAX_FEN, EventError, parse, row_of

Progress = Callable[[int, int], None]
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
CHINA = 8 * HOUR_MS
KEPT_FAULTS = 5

# Column of the file, what it must be, SQL that gives NULL where it is not, and the word for it.
_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("TRANSACTION_ID", "nullif(trim({0}), '')", "不能为空"),
    ("TX_DATETIME", "epoch_ms(try_cast({0} AS TIMESTAMP))", "应为“2018-07-25 08:00:00”这样的时间"),
    ("CUSTOMER_ID", "nullif(trim({0}), '')", "不能为空"),
    ("TERMINAL_ID", "nullif(trim({0}), '')", "不能为空"),
    (
        "TX_AMOUNT",
        f"CASE WHEN try_cast({{0}} AS DECIMAL(18,2)) BETWEEN 0 AND {MAX_FEN // 100} "
        "THEN (try_cast({0} AS DECIMAL(18,2)) * 100)::BIGINT END",
        "应为不为负的金额（元）",
    ),
    (
        "TX_FRAUD",
        "CASE WHEN try_cast({0} AS INTEGER) IN (0, 1) THEN try_cast({0} AS INTEGER) END",
        "应为 0 或 1",
    ),
)
_NAMES = {
    "TRANSACTION_ID": "event_id",
    "TX_DATETIME": "occurred_at",
    "CUSTOMER_ID": "customer",
    "TERMINAL_ID": "terminal",
    "TX_AMOUNT": "amount_fen",
    "TX_FRAUD": "is_fraud",
}
_IDS = ("TRANSACTION_ID", "CUSTOMER_ID", "TERMINAL_ID")


class FileError(ValueError):
    """A file that cannot be used: which, where in it, and what to do."""


@dataclass(slots=True)
class Refused:
    """Lines that were no events: how many by code, and the first few sentences."""

    counts: dict[str, int] = field(default_factory=dict)
    first: list[str] = field(default_factory=list)

    def add(self, place: str, wrong: EventError) -> None:
        """One more."""
        self.counts[wrong.code] = self.counts.get(wrong.code, 0) + 1
        if len(self.first) < KEPT_FAULTS:
            self.first.append(f"{place}：{wrong.say}")


def read_events(paths: Sequence[Path], progress: Progress | None = None) -> tuple[Table, Refused]:
    """All events of the files in time order, and what was refused. About 60 bytes an event are held.

    Raises: FileError for an absent, empty or damaged file, a missing column, a wrong value (with
    its line), an event number that comes twice.
    """
    refused = Refused()
    parts = []
    for place, path in enumerate(paths):
        if not path.is_file():
            raise FileError(f"找不到文件：{path}")
        parts.append(_jsonl(path, refused) if ".jsonl" in path.suffixes else _handbook(path))
        if progress:
            progress(place + 1, len(paths))
    if len({frozenset(part.columns) for part in parts}) > 1:
        raise FileError("这些文件的列不一致，请分别处理")
    return _in_time(_joined(parts)), refused


def fields_of_time(moments: Array) -> dict[str, Column]:
    """`hour`, `weekday`, `weekend` and `night` as `events.row_of` has them, in China's time."""
    local = moments + CHINA
    hour, weekday = local // HOUR_MS % 24, (local // DAY_MS + 3) % 7
    return {
        "hour": Column(hour),
        "weekday": Column(weekday),
        "weekend": Column((weekday >= 5).astype(np.int64)),
        "night": Column((hour <= 6).astype(np.int64)),
    }


def _handbook(path: Path) -> Table:
    """Times are read as China's; the amount becomes fen."""
    with duckdb.connect(config=_bounds()) as connection:
        known = {name.strip().upper() for name in _header(connection, path)}
        missing = [name for name, _, _ in _COLUMNS if name not in known]
        if missing:
            raise FileError(f"{path.name} {_why_missing(path, missing)}")
        columns = [f"{check.format(name)} AS {name}" for name, check, _ in _COLUMNS]
        connection.execute(
            f"CREATE TABLE events AS SELECT row_number() OVER () AS line, {', '.join(columns)} FROM {_SOURCE}",  # noqa: S608
            [str(path)],
        )
        _refuse_wrong(connection, path)
        ids = [_id(connection, name) for name in _IDS]
        rest = [name for name, _, _ in _COLUMNS if name not in _IDS]
        chosen = ", ".join([*ids, *rest])
        found = connection.execute(f"SELECT {chosen} FROM events ORDER BY line").fetchnumpy()  # noqa: S608
    if not len(found["TX_DATETIME"]):
        raise FileError(f"{path.name} 没有数据行")
    columns_found = {_NAMES[name]: _column(found[name]) for name, _, _ in _COLUMNS}
    moments = found["TX_DATETIME"].astype(np.int64) - CHINA
    columns_found["occurred_at"] = Column(moments)
    return Table({**columns_found, **fields_of_time(moments)})


_SOURCE = "read_csv(?, header = true, all_varchar = true)"


def _header(connection: duckdb.DuckDBPyConnection, path: Path) -> list[str]:
    try:
        connection.execute(f"SELECT * FROM {_SOURCE} LIMIT 0", [str(path)])  # noqa: S608
    except duckdb.Error as wrong:
        first = str(wrong).splitlines()[0][:200]
        raise FileError(f"{path.name} 不是可读的 csv 或 csv.gz：{first}") from None
    return [column[0] for column in connection.description or ()]


def _why_missing(path: Path, missing: Sequence[str]) -> str:
    """An empty file, a row that broke the table, or a header without these columns."""
    with opened(path) as lines:
        rows = csv.reader(codecs.iterdecode(_lines(lines, path), "utf-8-sig", "replace"))
        header = next(rows, None)
        if header is None:
            return "是空文件"
        if {name.strip().upper() for name in header} >= set(_NAMES):
            wrong = next((at for at, row in enumerate(rows, 2) if row and len(row) != len(header)), None)
            if wrong:
                return f"第 {wrong} 行的列数与表头不同（应为 {len(header)} 列）"
    return f"缺少列：{'、'.join(missing)}；应有列 {'、'.join(_NAMES)}"


def _refuse_wrong(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    for name, _, must in _COLUMNS:
        wrong = connection.execute(f"SELECT min(line) FROM events WHERE {name} IS NULL").fetchone()  # noqa: S608
        if wrong and wrong[0] is not None:
            raise FileError(f"{path.name} 第 {wrong[0] + 1} 行的 {name} {must}")


def _id(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Whole numbers stay numbers; other identifiers stay words."""
    words = connection.execute(
        f"SELECT 1 FROM events WHERE try_cast({name} AS BIGINT)::VARCHAR IS DISTINCT FROM {name} LIMIT 1"  # noqa: S608
    ).fetchone()
    return name if words else f"{name}::BIGINT AS {name}"


def _column(values: Array) -> Column:
    if values.dtype.kind == "O":
        unique, codes = np.unique(values.astype(str), return_inverse=True)
        return Column(codes.astype(np.int32), tuple(unique.tolist()))
    return Column(np.asarray(values).astype(np.int64))


def _jsonl(path: Path, refused: Refused) -> Table:
    """Our own events, one a line, in order of arrival; lines that are none are counted and left out."""
    columns: dict[str, list[Any]] = {}
    count = 0
    with opened(path) as lines:
        for number, line in enumerate(_lines(lines, path), 1):
            if not line.strip():
                continue
            try:
                event = parse(line)
            except EventError as wrong:
                refused.add(f"{path.name} 第 {number} 行", wrong)
                continue
            _append(
                columns,
                {"event_id": event.event_id, "label_of": event.label_of or None, **row_of(event)},
                count,
            )
            count += 1
    if not count:
        raise FileError(f"{path.name} 没有可用的事件" + (f"；{refused.first[0]}" if refused.first else ""))
    return Table(
        {name: column_from([*values, *[None] * (count - len(values))]) for name, values in columns.items()}
    )


def _append(columns: dict[str, list[Any]], row: Mapping[str, Any], count: int) -> None:
    for name, value in row.items():
        values = columns.setdefault(name, [])
        values.extend([None] * (count - len(values)))
        values.append(value)


@contextmanager
def opened(path: Path) -> Iterator[Iterable[bytes]]:
    """The file's bytes, unpacked if it is gzip."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        yield file


def _lines(file: Iterable[bytes], path: Path) -> Iterator[bytes]:
    try:
        yield from file
    except (OSError, EOFError) as wrong:
        raise FileError(f"{path.name} 已损坏，不能解压：{wrong}") from None


def _joined(parts: Sequence[Table]) -> Table:
    if len(parts) == 1:
        return parts[0]
    return Table({name: _one(name, [part.columns[name] for part in parts]) for name in parts[0].columns})


def _one(name: str, columns: Sequence[Column]) -> Column:
    if all(column.words is None for column in columns):
        return Column(np.concatenate([column.values for column in columns]))
    mixed = any(column.words is None for column in columns)  # numbers in one file, words in another
    values = (column.at(place) for column in columns for place in range(len(column.values)))
    return column_from([str(value) if mixed and value is not None else value for value in values])


def _in_time(table: Table) -> Table:
    """Rows in event order, equal times as they stood; events of our own keep their arrival.

    Raises: FileError for an event number that comes twice.
    """
    ids = table.columns["event_id"].values
    ordered = np.sort(ids)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    if len(twice) and table.columns["event_id"].words is None:
        raise FileError(f"交易编号重复：{twice[0]}（共 {len(twice)} 个），请检查是否重复给出同一文件")
    if "type" in table.columns:
        return table
    moments = table.columns["occurred_at"].values
    return table if (moments[1:] >= moments[:-1]).all() else table.part(np.argsort(moments, kind="stable"))


class Sink:
    """Rows written chunk by chunk to csv, csv.gz or parquet; the file appears when all is well.

    Raises: FileError for another ending.
    """

    def __init__(self, path: Path) -> None:
        endings = {
            ".csv": "FORMAT csv, HEADER",
            ".gz": "FORMAT csv, HEADER, COMPRESSION gzip",
            ".parquet": "FORMAT parquet",
        }
        if path.suffix not in endings or (path.suffix == ".gz" and ".csv" not in path.suffixes):
            raise FileError(f"输出文件应以 .csv、.csv.gz 或 .parquet 结尾：{path.name}")
        if not path.parent.is_dir():
            raise FileError(f"输出目录不存在：{path.parent}")
        self._path = path
        self._how = endings[path.suffix]
        self._rows = path.with_name(f".{path.name}.rows")

    def __enter__(self) -> Sink:
        """Opens the rows' own file beside the target."""
        self._rows.unlink(missing_ok=True)
        self._connection = duckdb.connect(str(self._rows), config=_bounds())
        self._made = False
        return self

    def add(self, columns: Mapping[str, Array]) -> None:
        """Append rows; the first call names the columns."""
        verb = "INSERT INTO out" if self._made else "CREATE TABLE out AS"
        self._connection.register("chunk", dict(columns))
        self._connection.execute(f"{verb} SELECT * FROM chunk")  # noqa: S608
        self._connection.unregister("chunk")
        self._made = True

    def __exit__(self, kind: object, wrong: object, trace: object) -> None:
        """Writes the file, or leaves nothing behind after a failure."""
        try:
            if kind is None and self._made:
                beside = self._path.with_name(f".{self._path.name}.part")
                self._connection.execute(
                    f"COPY out TO '{str(beside).replace(chr(39), chr(39) * 2)}' ({self._how})"
                )
                beside.replace(self._path)
        finally:
            self._connection.close()
            self._rows.unlink(missing_ok=True)


def _bounds() -> dict[str, str | bool | int | float | list[str]]:
    """DuckDB keeps within this much memory and goes to disk beyond it."""
    return {"memory_limit": "1GB", "temp_directory": tempfile.gettempdir()}


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
