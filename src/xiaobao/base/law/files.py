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
from xiaobao.kernel.days import parse_day
from xiaobao.kernel.errors import InvalidInput

INDEX = "index.csv"
EARLIER = "earlier"
COLUMNS = ("file", "title", "effective_date")
# Plain text and Markdown are read here, Word and web pages by the reader of materials; in a PDF a line is no paragraph.
PLAIN = (".md", ".txt")
WRITTEN = (".docx", ".html", ".htm")
MOST_BYTES = 8 * 1024 * 1024
"""The longest of all statutes, the Civil Code, has a third of a megabyte."""
_CODE = re.compile(r"([A-Z]{1,3}\d{0,3})_[^/\\]+(\.[A-Za-z]+)", re.ASCII)
_EARLIER = re.compile(r"([A-Z]{1,3}\d{0,3})_(.+)_(\d{4}-\d\d-\d\d)\.(?:md|txt|docx|html?)", re.ASCII)


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

    Raises: InvalidInput `law.no_folder`, `law.no_index`, `law.index_encoding`, `law.index_columns`, `law.index_broken`.
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
    for path in sorted(folder.iterdir()):
        if (found := _CODE.fullmatch(path.name)) and found[2].lower() in (*PLAIN, *WRITTEN):
            yield Source(path, path.name, found[1], path.stem, date.min)


def _index(folder: Path) -> list[dict[str, str]]:
    if not folder.is_dir():
        raise InvalidInput("law.no_folder", folder=folder)
    if not (folder / INDEX).is_file():
        raise InvalidInput("law.no_index", folder=folder)
    try:
        text = decoded(_bytes(folder / INDEX, INDEX))
    except TextError:
        raise InvalidInput("law.index_encoding") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if lacking:
            raise InvalidInput("law.index_columns", columns="、".join(lacking))
        return [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in reader]
    except csv.Error:
        raise InvalidInput("law.index_broken", row=reader.line_num) from None


def _source(folder: Path, row: dict[str, str], where: str) -> Source:
    name = row["file"].strip()
    found = _CODE.fullmatch(name)
    if not found:
        raise TextError(f"{where}：文件名“{name[:80]}”应以代号开头，例如 N00_名称.md")
    if found[2].lower() not in (*PLAIN, *WRITTEN):
        raise TextError(
            f"{where}：不能读{found[2]}文件{_WHY_NOT.get(found[2].lower(), '')}，请另存为 .md、.txt、.docx 或 .html"
        )
    articles = row.get("articles", "").strip()
    _refuse_long(row, where)
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
        articles=int(articles) if articles.isdecimal() else 0,
    )


_WHY_NOT = {".pdf": "（PDF 的一行不是一款）", ".doc": "（旧版 Word）", ".wps": "（WPS）"}
# column -> how long it may be, as the table keeps it.
_LONGEST = {"file": 120, "title": 200, "issuer": 120, "document_number": 80, "status": 80, "note": 500}


def _refuse_long(row: dict[str, str], where: str) -> None:
    for column, longest in _LONGEST.items():
        if len(row.get(column, "").strip()) > longest:
            raise TextError(f"{where}：{column} 一列超过{longest}字")


def _day(text: str, where: str) -> date:
    try:
        return parse_day(text)
    except InvalidInput:
        raise TextError(f"{where}：施行日期“{text[:40]}”不是日期，应写作 2020-03-01") from None


def _refuse_twice(known: dict[tuple[str, date], str], source: Source) -> None:
    key = (source.code, source.effective_on)
    if key in known:
        raise TextError(f"{source.where}：{source.code} {source.effective_on} 版与{known[key]}重复")
    known[key] = source.where


def _earlier(
    folder: Path, known: dict[tuple[str, date], str], titles: dict[str, Source]
) -> Iterator[Source | tuple[str, TextError]]:
    for path in sorted(folder.glob("*")):
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
    """The file's bytes. Raises: TextError where it is absent or too large for a statute."""
    return _bytes(source.path, source.where)


def _bytes(path: Path, where: str) -> bytes:
    try:
        if not path.is_file():
            raise TextError(f"{where}：没有文件“{path.name}”")
        if path.stat().st_size > MOST_BYTES:
            raise TextError(f"{where}：“{path.name}”超过 {MOST_BYTES // 1024 // 1024} MB，不像一部法规")
        return path.read_bytes()
    except OSError:
        raise TextError(f"{where}：文件“{path.name}”读不出来，请检查权限") from None


def text_of(source: Source, content: bytes) -> str:
    """What is written in the file whose bytes these are. Raises: TextError."""
    if source.path.suffix.lower() in PLAIN:
        return decoded(content)
    from xiaobao.engines.textscan import files as materials
    from xiaobao.engines.textscan.documents import BlockKind

    try:
        written = materials.read(source.path)
    except (materials.UnreadableError, OSError) as error:
        raise TextError(str(error)) from None
    return "\n".join(block.text for block in written.blocks if block.kind is not BlockKind.FOOTNOTE)


def decoded(content: bytes) -> str:
    """The text: UTF-16 with its mark, UTF-8 with or without, else GB 18030. Raises: TextError."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "gb18030"):
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
