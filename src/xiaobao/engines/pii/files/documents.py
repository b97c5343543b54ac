"""Word documents: runs edited in place, also where a number is split over several. Needs `pii-files`."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xiaobao.engines.pii.files.archives import checked
from xiaobao.engines.pii.files.values import Change, Edit, Piece, UnreadableFileError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARTS = ("word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments")
_TEXTS = (f"{_W}t", f"{_W}delText")
_AUTHORS = ("}creator", "}lastModifiedBy")


def pieces(path: Path) -> Iterator[Piece]:
    """Every paragraph of the body, tables, text boxes, headers, footers, notes and comments."""
    checked(path)
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if _is_text(member.filename):
                for piece, _ in _paragraphs(_parsed(archive.read(member)), member.filename):
                    yield piece


def rewrite(source: Path, target: Path, change: Change) -> None:
    """The document with its paragraphs edited and its authors' names taken out."""
    checked(source)
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for member in archive.infolist():
            content = archive.read(member)
            if _is_text(member.filename):
                content = _changed(content, member.filename, change)
            elif member.filename == "docProps/core.xml":
                content = _anonymous(content)
            out.writestr(member, content, zipfile.ZIP_DEFLATED)


def _is_text(name: str) -> bool:
    return name.startswith(_PARTS) and name.endswith(".xml")


def _changed(content: bytes, name: str, change: Change) -> bytes:
    root = _parsed(content)
    for piece, texts in _paragraphs(root, name):
        for edit in reversed(change(piece)):
            _put(texts, edit)
    return _bytes(root)


def _put(texts: list[Any], edit: Edit) -> None:
    """The whole replacement goes into the run where the finding begins; the others lose their share."""
    at, shown = 0, edit.shown
    for node in texts:
        text = node.text or ""
        left, right = max(edit.start - at, 0), min(edit.end - at, len(text))
        if left < right:
            node.text = text[:left] + shown + text[right:]
            node.set(_SPACE, "preserve")
            shown = ""
        at += len(text)


def _paragraphs(root: Any, name: str) -> Iterator[tuple[Piece, list[Any]]]:
    for number, paragraph in enumerate(root.iter(f"{_W}p"), 1):
        texts = [node for node in paragraph.iter(*_TEXTS) if _home(node) is paragraph]
        text = "".join(node.text or "" for node in texts)
        if text.strip():
            yield Piece(text, "", f"{name.removeprefix('word/').removesuffix('.xml')} 第{number}段"), texts


def _home(node: Any) -> Any:
    """The nearest paragraph: one in a text box is not part of the one around it."""
    return next(node.iterancestors(f"{_W}p"), None)


def _anonymous(content: bytes) -> bytes:
    root = _parsed(content)
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag.endswith(_AUTHORS):
            node.text = ""
    return _bytes(root)


def _parsed(content: bytes) -> Any:
    try:
        from lxml import etree
    except ImportError:
        raise UnreadableFileError("读 docx 需要另装：pip install 'xiaobao[pii-files]'") from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise UnreadableFileError("文档已损坏，请用办公软件打开另存后再试") from None


def _bytes(root: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
