"""Two versions of one instrument, article by article: same, moved, amended, new, gone.

Three steps: the same words, wherever they stand; then likeness of at least one half, the likest first; then,
of what is left, the same number where at least a third is alike. Blanks and punctuation never count.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from xiaobao.engines.lawtext.values import Article, LawText

ALIKE = 0.5
ALIKE_BY_NUMBER = 0.33
_SIGNS = re.compile(r"[\s　，,。；;：:、“”\"'（）()《》〈〉]")


class Change(StrEnum):
    """What became of an article."""

    SAME = "same"
    MOVED = "moved"
    AMENDED = "amended"
    NEW = "new"
    GONE = "gone"


class Pair(NamedTuple):
    """An article of the old text and what it became; `likeness` is 0 to 1."""

    change: Change
    old: Article | None
    new: Article | None
    likeness: float = 0.0

    @property
    def is_moved(self) -> bool:
        """Whether it stands under another number."""
        return self.old is not None and self.new is not None and self.old.loc != self.new.loc


class Words(NamedTuple):
    """A run of words: `op` is keep, cut or add."""

    op: str
    text: str


def align(old: LawText, new: LawText) -> tuple[Pair, ...]:
    """Every article of both texts once, in the order of the new one; what is gone stands after its neighbour."""
    partner = _Match(old.articles, new.articles).found
    pairs = {n: _pair(old.articles[o], new.articles[n], like) for o, (n, like) in partner.items()}
    whole = [pairs.get(n, Pair(Change.NEW, None, article)) for n, article in enumerate(new.articles)]
    return tuple(_with_gone(whole, old.articles, partner))


def tally(pairs: tuple[Pair, ...]) -> dict[str, int]:
    """How many of each change; `amended_moved` are those of the amended that got another number."""
    found = Counter(pair.change for pair in pairs)
    counted = {change.value: found[change] for change in Change}
    moved = sum(1 for pair in pairs if pair.change is Change.AMENDED and pair.is_moved)
    return counted | {"amended_moved": moved}


def difference(old: str, new: str) -> tuple[Words, ...]:
    """The runs that were kept, cut and added, in reading order; runs of one letter between changes are joined."""
    runs: list[Words] = []
    for op, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            kept = old[a:b]
            runs += [Words("keep", kept)] if len(kept) > 1 else [Words("cut", kept), Words("add", kept)]
        else:
            runs += [Words("cut", old[a:b])] * (b > a) + [Words("add", new[c:d])] * (d > c)
    return tuple(_joined(runs))


def letters(article: Article) -> str:
    """The article's letters alone, for comparing."""
    return _SIGNS.sub("", article.whole)


class _Match:
    """Old index -> (new index, likeness), found in three steps."""

    def __init__(self, old: tuple[Article, ...], new: tuple[Article, ...]) -> None:
        self.old = [letters(article) for article in old]
        self.new = [letters(article) for article in new]
        self.places = [a.loc for a in old], [a.loc for a in new]
        self.found: dict[int, tuple[int, float]] = {}
        self.taken: set[int] = set()
        self._same_words()
        self._alike()
        self._same_number()

    def _take(self, o: int, n: int, likeness: float) -> None:
        if o not in self.found and n not in self.taken:
            self.found[o] = (n, likeness)
            self.taken.add(n)

    def _left(self) -> tuple[list[int], list[int]]:
        old = [o for o in range(len(self.old)) if o not in self.found]
        return old, [n for n in range(len(self.new)) if n not in self.taken]

    def _same_words(self) -> None:
        by_words: dict[str, list[int]] = defaultdict(list)
        for n, words in enumerate(self.new):
            by_words[words].append(n)
        for keep_number in (True, False):
            for o, words in enumerate(self.old):
                for n in by_words.get(words, ()):
                    if not keep_number or self.places[0][o] == self.places[1][n]:
                        self._take(o, n, 1.0)

    def _alike(self) -> None:
        old, new = self._left()
        likest = [(-like, o, n) for n in new for o, like in self._likenesses(n, old)]
        for like, o, n in sorted(likest):
            self._take(o, n, -like)

    def _likenesses(self, n: int, old: list[int]) -> Iterator[tuple[int, float]]:
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(self.new[n])
        for o in old:
            matcher.set_seq1(self.old[o])
            if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
                like = matcher.ratio()
                if like >= ALIKE:
                    yield o, like

    def _same_number(self) -> None:
        old, new = self._left()
        by_place = {self.places[1][n]: n for n in new}
        for o in old:
            n = by_place.get(self.places[0][o])
            if n is not None:
                like = SequenceMatcher(None, self.old[o], self.new[n], autojunk=False).ratio()
                if like >= ALIKE_BY_NUMBER:
                    self._take(o, n, like)


def _pair(old: Article, new: Article, likeness: float) -> Pair:
    if likeness < 1.0:
        return Pair(Change.AMENDED, old, new, likeness)
    return Pair(Change.SAME if old.loc == new.loc else Change.MOVED, old, new, 1.0)


def _with_gone(
    whole: list[Pair], old: tuple[Article, ...], partner: dict[int, tuple[int, float]]
) -> Iterator[Pair]:
    after: dict[int, list[Article]] = defaultdict(list)
    last = -1
    for o, article in enumerate(old):
        if o in partner:
            last = partner[o][0]
        else:
            after[last].append(article)
    for n, pair in enumerate([None, *whole], -1):
        if pair is not None:
            yield pair
        for article in after.get(n, ()):
            yield Pair(Change.GONE, article, None)


def _joined(runs: list[Words]) -> Iterator[Words]:
    """Neighbouring changes as one cut and one add."""
    cut = add = ""
    for run in [*runs, Words("keep", "")]:
        if run.op == "keep":
            if cut:
                yield Words("cut", cut)
            if add:
                yield Words("add", add)
            cut = add = ""
            if run.text:
                yield run
        else:
            cut += run.text if run.op == "cut" else ""
            add += run.text if run.op == "add" else ""
