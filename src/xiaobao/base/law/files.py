"""The folder of texts on disk: index.csv, one Markdown file an instrument, earlier versions in `earlier/`."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from xiaobao.engines import lawtext
from xiaobao.kernel.errors import InvalidInput

INDEX = "index.csv"
EARLIER = "earlier"
COLUMNS = ("file", "title", "effective_date")
_CODE = re.compile(r"([A-Z]{1,3}\d{0,3})_.+\.md", re.ASCII)
_EARLIER = re.compile(r"([A-Z]{1,3}\d{0,3})_(.+)_(\d{4}-\d\d-\d\d)\.md", re.ASCII)


class TextError(Exception):
    """One text cannot be taken; the sentence is Chinese."""


class Source(NamedTuple):
    """One row of the index with its text's path; `articles` is 0 where the index does not say."""

    path: Path
    where: str
    code: str
    title: str
    effective_on: date
    issuer: str = ""
    number: str = ""
    status: str = ""
    note: str = ""
    articles: int = 0
    is_earlier: bool = False


def sources(folder: Path) -> Iterator[Source | tuple[str, TextError]]:
    """Every text of the folder, or its name and why it cannot be taken.

    Raises: InvalidInput `law.no_folder`, `law.no_index`, `law.index_encoding`, `law.index_columns`.
    """
    rows = _index(folder)
    known: dict[tuple[str, date], str] = {}
    titles: dict[str, Source] = {}
    for at, row in enumerate(rows, 2):
        try:
            source = _source(folder, row, f"{INDEX} 第{at}行")
            _refuse_twice(known, source)
        except TextError as error:
            yield row.get("file") or f"第{at}行", error
            continue
        titles[source.code] = source
        yield source
    yield from _earlier(folder / EARLIER, known, titles)


def texts(folder: Path) -> Iterator[Source | tuple[str, TextError]]:
    """The texts of a folder that is only read, not imported: its index is not needed."""
    if (folder / INDEX).is_file() or not folder.is_dir():
        yield from sources(folder)
        return
    for path in sorted(folder.glob("*.md")):
        if found := _CODE.fullmatch(path.name):
            yield Source(path, path.name, found[1], path.stem, date.min)


def _index(folder: Path) -> list[dict[str, str]]:
    if not folder.is_dir():
        raise InvalidInput("law.no_folder", folder=folder)
    if not (folder / INDEX).is_file():
        raise InvalidInput("law.no_index", folder=folder)
    try:
        text = decoded((folder / INDEX).read_bytes())
    except TextError:
        raise InvalidInput("law.index_encoding") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if lacking:
        raise InvalidInput("law.index_columns", columns="、".join(lacking))
    return [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in reader]


def _source(folder: Path, row: dict[str, str], where: str) -> Source:
    name = row["file"].strip()
    found = _CODE.fullmatch(name)
    if not found:
        raise TextError(f"{where}：文件名“{name}”应以代号开头，例如 N00_名称.md")
    articles = row.get("articles", "").strip()
    return Source(
        path=folder / name,
        where=where,
        code=found[1],
        title=row["title"].strip() or name,
        effective_on=_day(row["effective_date"].strip(), where),
        issuer=row.get("issuer", "").strip(),
        number=row.get("document_number", "").strip(),
        status=row.get("status", "").strip(),
        note=row.get("note", "").strip(),
        articles=int(articles) if articles.isdigit() else 0,
    )


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TextError(f"{where}：施行日期“{text}”不是日期，应写作 2020-03-01") from None


def _refuse_twice(known: dict[tuple[str, date], str], source: Source) -> None:
    key = (source.code, source.effective_on)
    if key in known:
        raise TextError(f"{source.where}：{source.code} {source.effective_on} 版与{known[key]}重复")
    known[key] = source.where


def _earlier(
    folder: Path, known: dict[tuple[str, date], str], titles: dict[str, Source]
) -> Iterator[Source | tuple[str, TextError]]:
    for path in sorted(folder.glob("*.md")):
        found = _EARLIER.fullmatch(path.name)
        if not found:
            continue
        where = f"{EARLIER}/{path.name}"
        try:
            newest = titles.get(found[1])
            title, issuer = (newest.title, newest.issuer) if newest else (found[2], "")
            day = _day(found[3], where)
            source = Source(path, where, found[1], title, day, issuer=issuer, is_earlier=True)
            _refuse_twice(known, source)
        except TextError as error:
            yield where, error
        else:
            yield source


def read(source: Source) -> bytes:
    """The file's bytes. Raises: TextError where it is absent."""
    try:
        return source.path.read_bytes()
    except OSError:
        raise TextError(f"{source.where}：没有文件“{source.path.name}”") from None


def decoded(content: bytes) -> str:
    """The text: UTF-8 with or without a mark, else GB18030. Raises: TextError."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TextError("编码无法识别，请另存为 UTF-8")


def digest_of(source: Source, content: bytes) -> str:
    """SHA-256 over the bytes, what the index says of them, and the splitter that reads them."""
    facts = (lawtext.READING, *map(str, source[2:10]), str(source.is_earlier))
    return hashlib.sha256("\x1f".join(facts).encode() + b"\x1e" + content).hexdigest()
