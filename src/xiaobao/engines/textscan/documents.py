"""A piece of material as blocks of text: title, body, footnote, table cell; where, and how large, as far as is known."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from xiaobao.kernel.terms import Term


class BlockKind(Term):
    """What a block is in its document."""

    TITLE = "title", "标题"
    BODY = "body", "正文"
    FOOTNOTE = "footnote", "脚注"
    CELL = "cell", "表格"
    OPTION = "option", "选项"


class Block(NamedTuple):
    """One paragraph; `font_pt` and `page` are 0 where nobody knows; `mark` leads back into the source file."""

    text: str
    kind: BlockKind = BlockKind.BODY
    page: int = 0
    font_pt: float = 0.0
    mark: int = -1


@dataclass(frozen=True)
class Document:
    """Blocks in reading order; `text` is all of them, one a line, and spans count in it."""

    blocks: tuple[Block, ...]
    name: str = ""

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(block.text for block in self.blocks)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each block begins in `text`."""
        starts, at = [], 0
        for block in self.blocks:
            starts.append(at)
            at += len(block.text) + 1
        return tuple(starts)

    def block_at(self, at: int) -> int:
        """The number of the block that holds a place of `text`."""
        return max(0, bisect_right(self.starts, at) - 1)


def document_of(text: str, name: str = "") -> Document:
    """A document from plain text: each line a block."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Document(tuple(Block(line) for line in lines), name)
