"""A document opened for the rules: its folded text, its sentences, its blocks, and where the anchors stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from xiaobao.engines.textscan.documents import Document
from xiaobao.engines.textscan.folding import View
from xiaobao.engines.textscan.values import Request

_SENTENCE = re.compile(r"[^。！!；;\n]*[。！!；;\n]?")
_WHO = r"(?:借款人|客户|持卡人|投资者|投资人|消费者|用户|委托人|投保人|申请人|授权人)"
_CUSTOMER_FIRST = re.compile(
    rf"甲方\s{{0,4}}[(:：（/,，]\s{{0,4}}{_WHO}"
    rf"|{_WHO}[^。；\n甲乙]{{0,14}}(?:以下简称|下称|简称)[“\"「]?甲方"
    rf"|{_WHO}\s{{0,2}}[(（][^)）\n甲乙]{{0,6}}[“\"「]?甲方"
    r"|乙方\s{0,4}[(:：（/,，]\s{0,4}(?:贷款人|出借人|[^\n，。；]{0,16}(?:银行|小额贷款|消费金融))"
)


class Stretch(NamedTuple):
    """A sentence or a block in the folded text."""

    start: int
    end: int


class Reading:
    """What a matcher sees. All places are of `text`, the folded text, until a finding is made."""

    def __init__(self, document: Document, request: Request) -> None:
        self.document = document
        self.request = request
        self.view = View(document.text, swapped=bool(_CUSTOMER_FIRST.search(document.text)))
        self.text = self.view.text
        self.words: dict[str, list[tuple[int, int]]] = {}
        self.anchors: dict[str, list[int]] = {}

    @cached_property
    def sentences(self) -> list[Stretch]:
        """Sentences in order; semicolons and line ends part them, a question does not: its answer belongs to it."""
        return [
            Stretch(*found.span()) for found in _SENTENCE.finditer(self.text) if found.end() > found.start()
        ]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def blocks(self) -> list[Stretch]:
        """Blocks in order, as the document has them."""
        edges = [self.view.folded(at, at)[0] for at in self.document.starts]
        ends = [*(edge - 1 for edge in edges[1:]), len(self.text)]
        return [Stretch(start, max(start, end)) for start, end in zip(edges, ends, strict=True)]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def sentence_number(self, at: int) -> int:
        """The number of the sentence that holds a place."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def sentence(self, at: int) -> Stretch:
        """The sentence that holds a place."""
        return self.sentences[self.sentence_number(at)] if self.sentences else Stretch(0, 0)

    def block_number(self, at: int) -> int:
        """The number of the block that holds a place."""
        return max(0, bisect_right(self._block_starts, at) - 1)

    def near(self, at: int, within: str) -> str:
        """The words around a place: `sentence`, `block`, `blocks` (the next one too), or the whole `document`."""
        if within == "document":
            return self.text
        if within == "sentence":
            found = self.sentence(at)
            return self.text[found.start : found.end]
        number = self.block_number(at)
        last = self.blocks[min(number + (within == "blocks"), len(self.blocks) - 1)]
        return self.text[self.blocks[number].start : last.end]

    def candidates(self, anchors: frozenset[str], within: str = "sentence") -> list[Stretch]:
        """The sentences (or blocks) that hold one of the anchors; all of them when there are none."""
        stretches = self.sentences if within == "sentence" else self.blocks
        if not anchors:
            return stretches
        number = self.sentence_number if within == "sentence" else self.block_number
        return [
            stretches[at]
            for at in sorted({number(place) for anchor in anchors for place in self.anchors.get(anchor, ())})
        ]

    def has(self, anchors: frozenset[str]) -> bool:
        """Whether any of the anchors stands in the text; true when there are none to look for."""
        return not anchors or any(anchor in self.anchors for anchor in anchors)
