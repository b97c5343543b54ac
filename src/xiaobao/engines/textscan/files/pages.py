"""PDF: the lines of each page joined into paragraphs, with page and size. A page of pictures alone gives nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xiaobao.engines.textscan.documents import Block
from xiaobao.engines.textscan.files.values import CHARACTERS, UnreadableError

PAGES = 2_000
_STOPS = "。；：！？.;:!?”）)》"
_OPENING = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零\d]+[条章节款]|[（(]?[一二三四五六七八九十\d]+[）)、.．]|[●•◆□☑])"
)
_SHORTEST = 12


def blocks(path: Path) -> Iterator[Block]:
    """Paragraphs page by page. Raises: UnreadableError for a broken, locked or endless file."""
    document = _opened(path)
    left = CHARACTERS
    try:
        if len(document) > PAGES:
            raise UnreadableError(f"PDF 超过 {PAGES} 页，请拆分后再试")
        for number in range(len(document)):
            for text, size in joined(_lines(_page(document, number))):
                left -= len(text)
                if left < 0:
                    raise UnreadableError(f"超过 {CHARACTERS} 字，请拆分后再试")
                yield Block(text, page=number + 1, font_pt=size)
    finally:
        document.close()


def _opened(path: Path) -> Any:
    try:
        import pypdfium2
    except ImportError:
        raise UnreadableError("读 pdf 需要另装：pip install 'xiaobao[text]'") from None
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise UnreadableError("PDF 已损坏或有密码，无法读取") from None


def _page(document: Any, number: int) -> Any:
    from pypdfium2 import PdfiumError

    try:
        return document[number]
    except PdfiumError:
        raise UnreadableError(f"PDF 第 {number + 1} 页已损坏，无法读取") from None


def _lines(page: Any) -> Iterator[tuple[str, float]]:
    """Each line with the size of its first character; 0 where the library counts otherwise than we do."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    text = textpage.get_text_range()
    counts = textpage.count_chars() == len(text)
    at = 0
    for line in text.replace("\ufffe", "-").split("\r\n"):
        size = raw.FPDFText_GetFontSize(textpage.raw, at) if counts and line.strip() else 0.0
        yield line, round(float(size), 1)
        at += len(line) + 2
    textpage.close()
    page.close()


def joined(lines: Iterator[tuple[str, float]] | list[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Lines that were broken by the margin, put together; a line that opens an item begins anew."""
    held, size, longest = "", 0.0, 0
    for line, points in lines:
        text = line.strip()
        if not text:
            continue
        ends = not held or held[-1] in _STOPS or len(held) < _SHORTEST or bool(_OPENING.match(text))
        if ends or (size and points and abs(size - points) > 1) or longest < _SHORTEST:
            if held:
                yield held, size
            held, size = text, points
        else:
            held += text
        longest = len(text)
    if held:
        yield held, size
