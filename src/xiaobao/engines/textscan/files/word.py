"""docx: paragraphs of the body and its tables, footnotes; headings are titles; the largest size of each paragraph."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xiaobao.engines.textscan.documents import Block, BlockKind
from xiaobao.engines.textscan.files.values import CHARACTERS, UnreadableError
from xiaobao.kernel import archives

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/header", "word/footer")
_NOTES = ("word/footnotes", "word/endnotes", "word/footer")


def blocks(path: Path) -> Iterator[Block]:
    """The paragraphs, body first. Raises: UnreadableError for hostile, torn or endless files."""
    try:
        archives.checked(path)
    except archives.UnsafeArchiveError as error:
        raise UnreadableError(str(error)) from None
    left = CHARACTERS
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith(_PARTS) and name.endswith(".xml")]
        if "word/document.xml" not in names:
            raise UnreadableError("压缩包里没有正文，不是 Word 文档")
        for name in sorted(names, key=_order):
            for block in _paragraphs(parsed(archive.read(name)), part=name):
                left -= len(block.text)
                if left < 0:
                    raise UnreadableError(f"超过 {CHARACTERS} 字，请拆分后再试")
                yield block


def _order(name: str) -> tuple[int, str]:
    return next(at for at, start in enumerate(_PARTS) if name.startswith(start)), name


def parsed(content: bytes) -> Any:
    """The root of a part; entities are never resolved. Raises: UnreadableError."""
    try:
        from lxml import etree
    except ImportError:
        raise UnreadableError("读 docx 需要另装：pip install 'xiaobao[text]'") from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise UnreadableError("文档已损坏，请用办公软件打开另存后再试") from None


def _paragraphs(root: Any, *, part: str) -> Iterator[Block]:
    """Blocks of a part; `mark` is the number of the paragraph in the body, -1 in every other part."""
    is_note, is_body = part.startswith(_NOTES), part == _PARTS[0]
    for number, paragraph in enumerate(root.iter(f"{_W}p")):
        runs = runs_of(paragraph)
        text = "".join(map(text_of, runs))
        if text.strip():
            yield Block(
                text,
                _kind(paragraph, is_note=is_note),
                font_pt=max(map(_size, runs), default=0.0),
                mark=number if is_body else -1,
            )


def runs_of(paragraph: Any) -> list[Any]:
    """The runs of a paragraph, without those of paragraphs inside it (text boxes)."""
    return [run for run in paragraph.iter(f"{_W}r") if _home(run) is paragraph]


def _home(node: Any) -> Any:
    return next(node.iterancestors(f"{_W}p"), None)


def text_of(run: Any) -> str:
    """What a run says, as long as its characters are: a tab and a line break are one each."""
    signs = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}
    return "".join(
        node.text or "" if node.tag == f"{_W}t" else signs.get(node.tag, "") for node in run
    ).replace("\n", " ")


def _size(run: Any) -> float:
    found = run.find(f"{_W}rPr/{_W}sz")
    value = found.get(f"{_W}val") if found is not None else None
    return int(value) / 2 if value and value.isascii() and value.isdigit() else 0.0


def _kind(paragraph: Any, *, is_note: bool) -> BlockKind:
    if is_note:
        return BlockKind.FOOTNOTE
    if next(paragraph.iterancestors(f"{_W}tc"), None) is not None:
        return BlockKind.CELL
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "").lower() if style is not None else ""
    return (
        BlockKind.TITLE if name.startswith(("heading", "title", "标题")) or name.isdigit() else BlockKind.BODY
    )
