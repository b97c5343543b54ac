"""Lines of cases for the engines' commands: one JSON object in, one answer out. Never imports Django."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from xiaobao.kernel.errors import InvalidInput, NotFound

Case = dict[str, Any]
T = TypeVar("T")


def answer_cases(path: Path, answer: Callable[[Case], Case], *, shape: str) -> int:
    """Print one answer a line, in the order of the file.

    Raises: NotFound without the file; InvalidInput naming the line that is not of the shape.
    """
    for told in read_lines(path, answer, shape=shape):
        print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0


def read_lines(
    path: Path, read: Callable[[Case], T], *, shape: str, field: str = "cases", what: str = "案例"
) -> Iterator[T]:
    """What `read` makes of the object on each line.

    Raises: NotFound without the file; InvalidInput `cases.line` naming the line that is not of the shape.
    """
    for number, line in lines_of(path):
        try:
            made = read(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            say = f"{what}第 {number} 行应为 {shape} 的 JSON，请改正这一行后重来"
            raise InvalidInput("cases.line", field=field, say=say) from None
        yield made


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of every line that is not blank. Raises: NotFound, InvalidInput (not UTF-8)."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise NotFound("cases.no_file", say=f"找不到或不能读文件：{path}") from None
    except UnicodeDecodeError:
        raise InvalidInput("cases.encoding", field="cases", say=f"文件应为 UTF-8 编码：{path}") from None
