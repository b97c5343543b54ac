"""Event files in, tables out: payments as a table (csv, csv.gz; `layouts`) or our own events (jsonl, jsonl.gz)."""

from __future__ import annotations

import codecs
import csv
import gzip
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from xiaobao.engines.fraud.columns import Array, Column, Table, column_from
from xiaobao.engines.fraud.events import AHEAD, TOO_FAR, EventError, parse, row_of, too_far_ahead
from xiaobao.engines.fraud.layouts import (
    CHINA,
    MORE,
    OURS,
    Layout,
    LayoutError,
    Read,
    attribute_columns,
    chosen,
    lacking,
    reads,
)
from xiaobao.engines.fraud.layouts import fields_of_time as fields_of_time
from xiaobao.engines.fraud.sql import quoted

Progress = Callable[[int, int], None]
KEPT_FAULTS = 5
_IDS = ("TRANSACTION_ID", "CUSTOMER_ID", "TERMINAL_ID", *MORE)
_SNIFFED = 2**20


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


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read: whose columns are which, the attributes that rules and windows want, and by how
    much an event may happen after it arrived (`events.too_far_ahead`).
    """

    layout: Layout = field(default_factory=Layout)
    wanted: frozenset[str] = frozenset()
    ahead: int | None = AHEAD


def read_events(
    paths: Sequence[Path], progress: Progress | None = None, reading: Reading | None = None
) -> tuple[Table, Refused]:
    """All events of the files in time order, and what was refused. About 60 bytes an event are held.

    Raises: FileError for an absent, empty or damaged file, a missing column, a file without one good
    row (with the first bad line), an event number that comes twice.
    """
    refused, reading = Refused(), reading or Reading()
    parts = []
    for place, path in enumerate(paths):
        if not path.is_file():
            raise FileError(f"找不到文件：{path}")
        parts.append(
            _jsonl(path, refused, reading.ahead)
            if ".jsonl" in path.suffixes
            else _payments(path, reading, refused)
        )
        if progress:
            progress(place + 1, len(paths))
    if len({frozenset(part.columns) for part in parts}) > 1:
        raise FileError("这些文件的列不一致，请分别处理")
    return _in_time(_joined(parts), refused), refused


def _payments(path: Path, reading: Reading, refused: Refused) -> Table:
    """Times without a zone are read as China's; the amount becomes fen. Rows with a wrong value are left out."""
    with duckdb.connect(config=_bounds()) as connection, _in_utf8(path) as source:
        file = _File(path, source, not reading.layout.headless)
        header = _header(connection, file)
        try:
            own = chosen(reading.layout, header)
            missing = lacking(reading.layout, own)
            if missing:
                raise FileError(f"{path.name} {_why_missing(file, missing, header)}")
            more = attribute_columns(reading.wanted, header)
        except LayoutError as wrong:
            raise FileError(f"{path.name}：{wrong}") from None
        checked = reads(own, reading.layout.unit)
        told = {name: column for name, column in own.items() if name in MORE} | more
        columns = [f"{one.sql} AS {one.name}" for one in checked]
        columns += [f"nullif(trim({quoted(column)}), '') AS {quoted(name)}" for name, column in told.items()]
        connection.execute(
            f"CREATE TABLE events AS SELECT row_number() OVER () AS line, {', '.join(columns)} FROM {file.sql}",  # noqa: S608
            [str(source)],
        )
        _leave_out_wrong(connection, file, checked, refused)
        names = [one.name for one in checked] + list(told)
        parts = [_typed(connection, name) if name in _IDS or name in more else quoted(name) for name in names]
        found = connection.execute(f"SELECT {', '.join(parts)} FROM events ORDER BY line").fetchnumpy()  # noqa: S608
    return _table(path, {name: found[name] for name in names})


def _table(path: Path, found: Mapping[str, Array]) -> Table:
    rows = len(found["TX_DATETIME"])
    if not rows:
        raise FileError(f"{path.name} 没有数据行")
    columns = {OURS.get(name, name): _column(values) for name, values in found.items()}
    moments = columns["occurred_at"].values - CHINA
    columns["occurred_at"] = Column(moments)
    if "event_id" not in columns:
        columns["event_id"] = Column(
            np.arange(rows, dtype=np.int32), tuple(f"{path.name}:{at + 1}" for at in range(rows))
        )
    columns.setdefault("terminal", Column(np.full(rows, -1, np.int32), ()))
    columns.setdefault("is_fraud", Column(np.zeros(rows, np.int64)))
    return Table({**columns, **fields_of_time(moments)})


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was named, as it is read, and whether its first line is a header."""

    path: Path
    source: Path
    headed: bool

    @property
    def sql(self) -> str:
        """The rows as words; the one parameter is the source."""
        return f"read_csv(?, header = {str(self.headed).lower()}, all_varchar = true)"


@contextmanager
def _in_utf8(path: Path) -> Iterator[Path]:
    """The file itself, or a copy where it is written in GB18030, as exports of Chinese systems are."""
    try:
        with opened(path) as file:
            head = b"".join(islice(_lines(file, path), 1_000))[:_SNIFFED]
    except (OSError, FileError):
        head = b""  # said below, by what reads it all
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
        if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield path
            return
    except UnicodeDecodeError:
        pass
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.csv"
        with opened(path) as file, copy.open("w", encoding="utf-8") as out:
            try:
                out.writelines(codecs.iterdecode(_lines(file, path), "gb18030"))
            except UnicodeDecodeError:
                raise FileError(
                    f"{path.name} 既不是 UTF-8 也不是 GB18030（GBK）编码，请另存为 UTF-8"
                ) from None
        yield copy


def _header(connection: duckdb.DuckDBPyConnection, file: _File) -> list[str]:
    try:
        connection.execute(f"SELECT * FROM {file.sql} LIMIT 0", [str(file.source)])  # noqa: S608
    except duckdb.Error as wrong:
        first = str(wrong).splitlines()[0][:200]
        raise FileError(f"{file.path.name} 不是可读的 csv 或 csv.gz：{first}") from None
    return [column[0] for column in connection.description or ()]


def _why_missing(file: _File, missing: Sequence[str], header: Sequence[str]) -> str:
    """An empty file, a row that broke the table, or a header without these columns."""
    with opened(file.source) as lines:
        rows = csv.reader(codecs.iterdecode(_lines(lines, file.path), "utf-8-sig", "replace"))
        first = next(rows, None)
        if first is None:
            return "是空文件"
        if set(missing) <= chosen(Layout(), first).keys():
            wrong = next((at for at, row in enumerate(rows, 2) if row and len(row) != len(first)), None)
            if wrong:
                return f"第 {wrong} 行的列数与表头不同（应为 {len(first)} 列）"
    return (
        f"缺少列：{'、'.join(missing)}；应有列 {'、'.join(OURS)}（或常见的同义列名）。"
        f"文件的列是 {'、'.join(header[:20])}；用 --columns 字段=列名 指明（没有表头的写列号，没有的写 -），"
        f"例如 --columns {missing[0]}={header[0]}"
    )


def _leave_out_wrong(
    connection: duckdb.DuckDBPyConnection, file: _File, checked: Sequence[Read], refused: Refused
) -> None:
    """Rows with a wrong value go, each counted once. Raises: FileError when no other row is left."""
    told = " ".join(f"WHEN {one.name} IS NULL THEN {at}" for at, one in enumerate(checked))
    wrong = f"FROM (SELECT line, CASE {told} END AS fault FROM events) WHERE fault IS NOT NULL"  # noqa: S608
    found = connection.execute(f"SELECT line, fault {wrong} ORDER BY line").fetchall()
    if not found:
        return
    connection.execute(f"DELETE FROM events WHERE line IN (SELECT line {wrong})")  # noqa: S608
    if not connection.execute("SELECT 1 FROM events LIMIT 1").fetchone():
        line, fault = found[0]
        raise FileError(
            f"{file.path.name} 第 {line + file.headed} 行的 {checked[fault].name} {checked[fault].must}"
        )
    for line, fault in found:
        say = f"{checked[fault].name} {checked[fault].must}"
        refused.add(f"{file.path.name} 第 {line + file.headed} 行", EventError("row.value", say))


def _typed(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Whole numbers stay numbers, attributes may be fractions; other values stay words."""
    name = quoted(name)
    words = connection.execute(
        f"SELECT 1 FROM events WHERE try_cast({name} AS BIGINT)::VARCHAR IS DISTINCT FROM {name} OR {name} IS NULL LIMIT 1"  # noqa: S608
    ).fetchone()
    if words is None:
        return f"{name}::BIGINT AS {name}"
    if not name.startswith('"attr.'):
        return name
    numbers = connection.execute(
        f"SELECT 1 FROM events WHERE {name} IS NOT NULL AND NOT coalesce(isfinite(try_cast({name} AS DOUBLE)), false) LIMIT 1"  # noqa: S608
    ).fetchone()
    return name if numbers else f"{name}::DOUBLE AS {name}"


def _column(values: Array) -> Column:
    """Numbers as they are, words by their place; gaps are missing."""
    gaps = np.ma.getmaskarray(values)
    plain = np.ma.getdata(values)
    if plain.dtype.kind == "O":
        gaps = gaps | np.array([value is None for value in plain], dtype=bool)
        unique, codes = np.unique(np.where(gaps, "", plain).astype(str), return_inverse=True)
        return Column(np.where(gaps, -1, codes).astype(np.int32), tuple(unique.tolist()))
    if plain.dtype.kind == "f" or gaps.any():
        return Column(np.where(gaps, np.nan, plain.astype(np.float64)))
    return Column(plain.astype(np.int64))


def _jsonl(path: Path, refused: Refused, ahead: int | None) -> Table:
    """Our own events, one a line, in order of arrival; lines that are none are counted and left out."""
    columns: dict[str, list[Any]] = {}
    count = 0
    with opened(path) as lines:
        for number, line in enumerate(_lines(lines, path), 1):
            if not line.strip():
                continue
            try:
                event = parse(line)
                if too_far := too_far_ahead(event, ahead):
                    raise EventError(f"event.{TOO_FAR}", too_far.partition(": ")[2])
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


def _in_time(table: Table, refused: Refused) -> Table:
    """Rows in event order, equal times as they stood; events of our own keep their arrival.

    Of our own events a repeated one counts once, as it does online. Raises: FileError for a payment's
    number that comes twice.
    """
    ids = table.columns["event_id"]
    order = np.argsort(ids.values, kind="stable")
    ordered = ids.values[order]
    again = order[1:][ordered[1:] == ordered[:-1]]
    if "type" in table.columns:
        if not len(again):
            return table
        refused.counts["event.repeated"] = len(again)
        refused.first.append(f"{len(again)} 个事件的 event_id 重复，只计第一次")
        return table.part(np.delete(np.arange(len(table)), again))
    if len(again):
        first = ids.at(int(again.min()))
        raise FileError(f"交易编号重复：{first}（共 {len(again)} 个），请检查是否重复给出同一文件")
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
