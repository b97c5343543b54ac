"""A document opened for the rules: its folded text, its sentences, its blocks, and where the anchors stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable
from functools import cached_property

from xiaobao.engines.textscan.anchors import Way, Ways
from xiaobao.engines.textscan.documents import Document
from xiaobao.engines.textscan.folding import View
from xiaobao.engines.textscan.stretches import Piece, Stretch, Stretches
from xiaobao.engines.textscan.values import Request

_SENTENCE = re.compile(r"[^。！!；;\n]*[。！!；;\n]?")
_WHO = r"(?:借款人|客户|持卡人|投资者|投资人|消费者|用户|委托人|投保人|申请人|授权人)"
_CUSTOMER_FIRST = re.compile(
    rf"甲方\s{{0,4}}[(:：（/,，]\s{{0,4}}{_WHO}"
    rf"|{_WHO}[^。；\n甲乙]{{0,14}}(?:以下简称|下称|简称)[“\"「]?甲方"
    rf"|{_WHO}\s{{0,2}}[(（][^)）\n甲乙]{{0,6}}[“\"「]?甲方"
    r"|乙方\s{0,4}[(:：（/,，]\s{0,4}(?:贷款人|出借人|[^\n，。；]{0,16}(?:银行|小额贷款|消费金融))"
)


class Reading:
    """What a matcher sees. All places are of `text`, the folded text, until a finding is made."""

    def __init__(self, document: Document, request: Request) -> None:
        self.document = document
        self.request = request
        self.view = View(document.text, swapped=bool(_CUSTOMER_FIRST.search(document.text)))
        self.text = self.view.text
        self.words: dict[str, list[tuple[int, int]]] = {}
        self.anchors: dict[str, list[int]] = {}
        self._answers: dict[Hashable, bool] = {}
        self._holding: dict[tuple[Stretches, frozenset[str] | str], set[int]] = {}
        self._spans: dict[tuple[re.Pattern[str], Stretch], tuple[list[int], list[int]]] = {}

    def once(self, about: Hashable, ask: Callable[[], bool]) -> bool:
        """The answer to a question about this text, asked of the text only once."""
        if about not in self._answers:
            self._answers[about] = ask()
        return self._answers[about]

    def spans(self, pattern: re.Pattern[str], near: Stretch) -> tuple[list[int], list[int]]:
        """Where the pattern matches there, overlapping matches too, and how far those that begin so far reach."""
        if (pattern, near) not in self._spans:
            starts: list[int] = []
            furthest: list[int] = []
            at = near.start
            while found := pattern.search(self.text, at, near.end):
                at = found.start() + 1
                starts.append(found.start())
                furthest.append(max(found.end(), furthest[-1] if furthest else 0))
            self._spans[pattern, near] = starts, furthest
        return self._spans[pattern, near]

    @property
    def sentences(self) -> list[Piece]:
        """Sentences in order, overlong ones in pieces."""
        return self._sentences.pieces

    @cached_property
    def _sentences(self) -> Stretches:
        """Semicolons and line ends part sentences, a question does not: its answer belongs to it."""
        found = (Stretch(*match.span()) for match in _SENTENCE.finditer(self.text))
        return Stretches(self.text, (stretch for stretch in found if stretch.end > stretch.start))

    @cached_property
    def blocks(self) -> list[Stretch]:
        """Blocks in order, as the document has them."""
        edges = [self.view.folded(at, at)[0] for at in self.document.starts]
        ends = [*(edge - 1 for edge in edges[1:]), len(self.text)]
        return [Stretch(start, max(start, end)) for start, end in zip(edges, ends, strict=True)]

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    @cached_property
    def _block_pieces(self) -> Stretches:
        return Stretches(self.text, self.blocks)

    def sentence(self, at: int) -> Stretch:
        """The sentence that holds a place; of an overlong one what is near."""
        return self._sentences.around(self._sentences.number(at)) if self.sentences else Stretch(0, 0)

    def block_number(self, at: int) -> int:
        """The number of the block that holds a place."""
        return max(0, bisect_right(self._block_starts, at) - 1)

    def near(self, at: int, within: str) -> Stretch:
        """What is around a place: `sentence`, `block`, `blocks` (the next one too), or the whole `document`."""
        if within == "document":
            return Stretch(0, len(self.text))
        if within == "sentence":
            return self.sentence(at)
        number = self.block_number(at)
        last = self.blocks[min(number + (within == "blocks"), len(self.blocks) - 1)]
        return Stretch(self.blocks[number].start, last.end)

    def candidates(self, ways: Ways, within: str = "sentence") -> list[Piece]:
        """The sentences (or blocks), overlong ones in pieces, that hold what one of the ways needs; all when there is none."""
        stretches = self._sentences if within == "sentence" else self._block_pieces
        if not ways:
            return stretches.pieces
        numbers: set[int] = set()
        for way in ways:
            if self._stands(way):
                numbers |= set.intersection(*(self._holding_any(words, stretches) for words in way))
        return [stretches.pieces[number] for number in sorted(numbers)]

    def _stands(self, way: Way) -> bool:
        """Whether a word of every set stands somewhere in the text."""
        return not any(map(self._present.isdisjoint, way))

    @cached_property
    def _present(self) -> frozenset[str]:
        return frozenset(self.anchors)

    def _holding_any(self, words: frozenset[str], stretches: Stretches) -> set[int]:
        """The numbers of the pieces that hold one of the words."""
        if (stretches, words) not in self._holding:
            held = (self._holding_one(word, stretches) for word in words & self._present)
            self._holding[stretches, words] = set().union(*held)
        return self._holding[stretches, words]

    def _holding_one(self, word: str, stretches: Stretches) -> set[int]:
        if (stretches, word) not in self._holding:
            self._holding[stretches, word] = stretches.holding(self.anchors[word])
        return self._holding[stretches, word]

    def has(self, ways: Ways) -> bool:
        """Whether what one of the ways needs stands in the text; true when there is none."""
        return not ways or any(map(self._stands, ways))
