"""PDF: read for the report only; what is drawn on a page cannot be safely replaced. Needs `pii-files`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xiaobao.engines.pii.files.values import Change, Piece, UnreadableFileError

PAGES = 2_000
FILE_BYTES = 200 * 1024 * 1024


def pieces(path: Path) -> Iterator[Piece]:
    """The text of each page. Raises: UnreadableFileError; a page of pictures alone gives nothing."""
    if path.stat().st_size > FILE_BYTES:
        raise UnreadableFileError("PDF 超过 200 MB，请拆分后再试")
    document = _opened(path)
    try:
        if len(document) > PAGES:
            raise UnreadableFileError(f"PDF 超过 {PAGES} 页，请拆分后再试")
        for number in range(len(document)):
            yield Piece(_text(document, number), place=f"第{number + 1}页")
    finally:
        document.close()


def rewrite(source: Path, target: Path, change: Change) -> None:
    """Raises: UnreadableFileError, always."""
    raise UnreadableFileError("PDF 不能就地遮蔽，只能用 pii scan 出报告；请遮蔽原始的 docx 或 txt 后再转 PDF")


def _text(document: Any, number: int) -> str:
    import pypdfium2

    try:
        page = document[number]
        text = str(page.get_textpage().get_text_range())
        page.close()
    except pypdfium2.PdfiumError:
        raise UnreadableFileError(f"PDF 第 {number + 1} 页已损坏，无法读取，请重新导出后再试") from None
    return text.replace("\ufffe", "-")


def _opened(path: Path) -> Any:
    try:
        import pypdfium2
    except ImportError:
        raise UnreadableFileError("读 pdf 需要另装：pip install 'xiaobao[pii-files]'") from None
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        raise UnreadableFileError("PDF 已损坏或有密码，无法读取") from None
