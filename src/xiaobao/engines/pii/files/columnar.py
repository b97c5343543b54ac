"""Parquet: cells edited under their column's name, a row group at a time. Needs `pii-parquet`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from xiaobao.engines.pii.files.values import Change, Piece, UnreadableFileError, edited
from xiaobao.engines.pii.labelled import scan_value

GROUP_BYTES = 256 * 1024 * 1024
_ROWS = 4096  # of a batch
_LARGEST = 10**20  # no number of a person is longer
_NESTED = "表格里嵌套列“{name}”含有须遮蔽的数字，无法就地改为文字，请先展开该列"


def pieces(path: Path) -> Iterator[Piece]:
    """Every cell that holds text or a whole number, also inside lists and structs."""
    with _opened(path) as file:
        for number, batch in _batches(file):
            for name, column in zip(batch.schema.names, batch.columns, strict=True):
                for row, value in enumerate(_values(column), number):
                    yield from (piece for piece, _ in _texts(value, name, row))


def rewrite(source: Path, target: Path, change: Change) -> None:
    """The table with its cells edited; types and row groups stay, but a column of edited numbers becomes text."""
    import pyarrow as pa
    from pyarrow import parquet

    with _opened(source) as file:
        schema = _with_text(file)
        with parquet.ParquetWriter(target, schema) as writer:
            row = 1
            for group in range(file.num_row_groups):
                table = _readable(partial(file.read_row_group, group))
                columns = [_changed(table.column(at), field, row, change) for at, field in enumerate(schema)]
                writer.write_table(
                    pa.Table.from_arrays(columns, schema=schema), row_group_size=len(table) or 1
                )
                row += len(table)


def _changed(column: Any, field: Any, first: int, change: Change) -> Any:
    """The column again, with the edits; the old one where none was made."""
    import pyarrow as pa

    becomes_text = column.type != field.type
    values, is_changed = [], becomes_text
    for row, value in enumerate(_values(column), first):
        new = _put(value, field.name, row, change, as_text=becomes_text)
        is_changed |= new is not value
        values.append(new)
    return _readable(lambda: pa.array(values, type=field.type)) if is_changed else column


def _put(value: Any, name: str, row: int, change: Change, *, as_text: bool) -> Any:
    """The value with its edits made, or the value itself. Raises: UnreadableFileError for a number in a nest."""
    if isinstance(value, list):
        new = [_put(item, name, row, change, as_text=False) for item in value]
        return new if any(a is not b for a, b in zip(new, value, strict=True)) else value
    if isinstance(value, tuple):  # an entry of a map
        pair = tuple(_put(item, name, row, change, as_text=False) for item in value)
        return pair if any(a is not b for a, b in zip(pair, value, strict=True)) else value
    if isinstance(value, dict):
        fields = {key: _put(item, key, row, change, as_text=False) for key, item in value.items()}
        return fields if any(fields[key] is not value[key] for key in value) else value
    return _put_text(value, name, row, change, as_text=as_text)


def _put_text(value: Any, name: str, row: int, change: Change, *, as_text: bool) -> Any:
    text = _text(value)
    edits = change(_piece(text, name, row)) if text else []
    if not edits:
        return (text or str(value)) if as_text and value is not None else value
    if isinstance(value, bytes):
        return edited(text, edits).encode()
    if not isinstance(value, str) and not as_text:
        raise UnreadableFileError(_NESTED.format(name=name))
    return edited(text, edits)


def _texts(value: Any, name: str, row: int) -> Iterator[tuple[Piece, Any]]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, name, row)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, key, row)
    elif text := _text(value):
        yield _piece(text, name, row), value


def _piece(text: str, name: str, row: int) -> Piece:
    return Piece(text, name.strip(), f"第{row}行 {name}")


def _text(value: Any) -> str:
    """What a reader sees of a cell: text, or a whole number without its `.0`; nothing else is searched."""
    if isinstance(value, bytes):
        try:
            value = value.decode()
        except UnicodeDecodeError:
            return ""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float | Decimal):
        value = int(value) if -_LARGEST < value < _LARGEST and value == int(value) else None
    return str(value) if isinstance(value, int) else ""


def _with_text(file: Any) -> Any:
    """The schema, with text for the columns of numbers that hold something to be masked."""
    import pyarrow as pa

    schema, found = file.schema_arrow, set()
    for _, batch in _batches(file):
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            if name not in found and _is_number(column.type):
                texts = {_text(value) for value in _values(column)} - {""}
                if any(scan_value(text, name.strip()) for text in texts):
                    found.add(name)
    for at, field in enumerate(schema):
        if field.name in found:
            schema = schema.set(at, pa.field(field.name, pa.string(), field.nullable, field.metadata))
    return schema


def _values(column: Any) -> list[Any]:
    """The column as plain values; nothing of times and flags, which are not searched. Raises: UnreadableFileError."""
    from pyarrow import types

    if types.is_temporal(column.type) or types.is_boolean(column.type) or types.is_null(column.type):
        return []
    return list(_readable(column.to_pylist))


def _is_number(type_: Any) -> bool:
    from pyarrow import types

    return bool(types.is_integer(type_) or types.is_floating(type_) or types.is_decimal(type_))


def _batches(file: Any) -> Iterator[tuple[int, Any]]:
    """Batches with the number of their first row. Raises: UnreadableFileError."""
    row = 1
    batches = _readable(lambda: file.iter_batches(batch_size=_ROWS))
    while (batch := _readable(lambda: next(batches, None))) is not None:
        yield row, batch
        row += batch.num_rows


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise UnreadableFileError("读 parquet 需要另装：pip install 'xiaobao[pii-parquet]'") from None
    with path.open("rb") as stream, _readable(lambda: parquet.ParquetFile(stream)) as file:
        groups = file.metadata
        for number in range(groups.num_row_groups):
            if groups.row_group(number).total_byte_size > GROUP_BYTES:
                raise UnreadableFileError(
                    f"第 {number + 1} 个行组超过 256 MB，为免占满内存已拒绝，请分小后再试"
                )
        yield file


def _readable(read: Callable[[], Any]) -> Any:
    """What was read. Raises: UnreadableFileError for a torn, encrypted or foreign file."""
    from pyarrow import ArrowException

    try:
        return read()
    except (ArrowException, OSError, ValueError, OverflowError) as error:
        raise UnreadableFileError(
            f"parquet 文件已损坏、加密或类型不支持，请重新导出后再试（{type(error).__name__}）"
        ) from None
