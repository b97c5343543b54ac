"""HTML: blocks by the tags that part them, check boxes as ☑ and □, sizes where the style says one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from xiaobao.engines.textscan.documents import Block, BlockKind
from xiaobao.engines.textscan.files.text import decoded
from xiaobao.engines.textscan.files.values import UnreadableError

_PARTING = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "br",
        "td",
        "th",
        "table",
        "ul",
        "ol",
        "form",
        "label",
        "option",
        "title",
        "figcaption",
    ]
)
_TITLES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "title"])
_SMALL = frozenset(["small", "sup", "sub", "footer", "figcaption"])
_SILENT = frozenset(["script", "style", "template", "noscript", "svg"])
_SIZE = re.compile(r"font-size\s*:\s*(\d+(?:\.\d+)?)(px|pt|rem|em)")
_POINTS = {"px": 0.75, "pt": 1.0, "rem": 12.0, "em": 12.0}
_DEEPEST = 2_000
_BLOCKS = 200_000


def blocks(path: Path) -> Iterator[Block]:
    """The blocks of the page. Raises: UnreadableError for a page without end."""
    return iter(blocks_of(decoded(path.read_bytes())))


def blocks_of(text: str) -> list[Block]:
    """The blocks of a page given as text. Raises: UnreadableError."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.part()
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._open: list[tuple[str, float]] = []
        self._held: list[str] = []
        self._kind = BlockKind.BODY
        self._points = 0.0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _PARTING:
            self.part()
        if tag == "input":
            self._box(told)
            return
        if tag in {"br", "img", "meta", "link", "hr"}:
            return
        size = _SIZE.search(told.get("style", ""))
        points = float(size[1]) * _POINTS[size[2]] if size else (self._open[-1][1] if self._open else 0.0)
        if len(self._open) >= _DEEPEST:
            raise UnreadableError(f"网页嵌套超过 {_DEEPEST} 层，已拒绝")
        self._open.append((tag, points))

    def handle_endtag(self, tag: str) -> None:
        if tag in _PARTING:
            self.part()
        if any(name == tag for name, _ in self._open):
            while self._open and self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        names = {name for name, _ in self._open[-40:]}
        if names & _SILENT or not data.strip():
            return
        if not self._held:
            self._kind = (
                BlockKind.TITLE
                if names & _TITLES
                else BlockKind.FOOTNOTE
                if names & _SMALL
                else BlockKind.BODY
            )
        self._points = max(self._points, self._open[-1][1] if self._open else 0.0)
        self._held.append(re.sub(r"\s+", " ", data))

    def _box(self, told: dict[str, str]) -> None:
        if told.get("type", "").lower() in {"checkbox", "radio"}:
            self._held.append("☑" if "checked" in told else "□")
            self._kind = BlockKind.OPTION

    def part(self) -> None:
        """The block held so far is done."""
        text = "".join(self._held).strip()
        if text:
            if len(self.found) >= _BLOCKS:
                raise UnreadableError(f"网页超过 {_BLOCKS} 段，已拒绝")
            self.found.append(Block(text, self._kind, font_pt=round(self._points, 1)))
        self._held, self._kind, self._points = [], BlockKind.BODY, 0.0
