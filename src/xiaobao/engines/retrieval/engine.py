"""Find the texts most like a question, or say that nothing is: BM25 over two-hanzi words and concepts."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from xiaobao.engines.retrieval.values import Document, Hit, Wanted
from xiaobao.engines.retrieval.words import Term, Words, is_number

_SATURATION, _LENGTH = 1.2, 0.6  # k1 and b of BM25: short texts, so length counts less than usual
_CONCEPT = 1.6  # a concept says more than one pair of hanzi
_COVERED = 0.24  # share of the question's weight an answer must meet
_ALONE = 0.4  # the same, when one ordinary pair of hanzi is all they share
_RELATIVE = 0.45  # an answer far below the best one is noise
_SUPERSEDED = 0.3
_UNSEEN = 0.7  # a word no document holds is often only talk
_CANDIDATES = 64
_COMMON = 0.3  # a pair in more than this share of many texts finds nothing by itself
_MANY = 1000
_Asked = tuple[int, float, Term]  # slot (-1: no document has it), weight, term
_MARKED_OLD = re.compile(r"^\s*[（(【\[]?\s*(已废止|已失效|已作废|已被替代|已被取代|旧版)")


class Index:
    """An index of documents; built once, asked often, never changed.

    >>> index = Index([Document("op2", "营销短信应提供退订方式，且不得收取费用。")])
    >>> [hit.key for hit in index.search("退订")], index.search("食堂菜单")
    (['op2'], [])
    """

    def __init__(self, documents: Iterable[Document], *, words: Words | None = None) -> None:
        self.words = words or Words()
        self.documents = list(documents)
        self._slots: dict[str, int] = {}
        self._old = np.array([_is_old(document) for document in self.documents], dtype=bool)
        self._prior = np.array([_prior(document) for document in self.documents], dtype=np.float32)
        self._build()

    def search(self, query: str, *, wanted: Wanted | None = None, limit: int = 10) -> list[Hit]:
        """The best documents first, at most `limit`; empty when nothing is similar enough."""
        terms = self.words.terms(query, query=True)
        if len(terms) == 1 and len(terms[0].word) == 1:
            return self._holding(terms[0].word, wanted, limit)
        asked = self._asked(terms)
        present = [item for item in asked if item[0] >= 0]
        if not present:
            return []
        scores = self._judged(self._scores(present), wanted)
        best = _top(scores, max(_CANDIDATES, limit))
        total = sum(weight for _, weight, _ in asked)
        hits = [self._hit(int(at), float(scores[at]), present, total) for at in best]
        kept = [hit for hit in hits if hit is not None]
        if not kept:
            return []
        floor = _RELATIVE * max(hit.score for hit in kept)
        return [hit for hit in kept if hit.score >= floor or hit.is_superseded][:limit]

    def _build(self) -> None:
        terms, owners = array("I"), array("I")
        lengths = np.ones(max(1, len(self.documents)), dtype=np.float32)
        for at, document in enumerate(self.documents):
            words = self.words.terms(document.text)
            lengths[at] = max(1, len(words))
            for term in words:
                terms.append(self._slots.setdefault(_name(term), len(self._slots)))
                owners.append(at)
        pairs = np.frombuffer(terms, dtype=np.uint32).astype(np.uint64) << np.uint64(32)
        pairs |= np.frombuffer(owners, dtype=np.uint32).astype(np.uint64)
        unique, counts = np.unique(pairs, return_counts=True)
        slots = (unique >> np.uint64(32)).astype(np.int64)
        self._owners = (unique & np.uint64(0xFFFFFFFF)).astype(np.int32)
        self._starts = np.searchsorted(slots, np.arange(len(self._slots) + 1))
        many = np.diff(self._starts)
        self._rarity = 0.5 + np.log1p((len(self.documents) - many + 0.5) / (many + 0.5))
        slack = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / lengths.mean())
        times = counts.astype(np.float32)
        self._impact = times * (_SATURATION + 1) / (times + slack[self._owners])

    def _asked(self, terms: Sequence[Term]) -> list[_Asked]:
        """Terms of the question with slot (-1: unknown here) and weight; words inside a concept weigh little."""
        asked = []
        for name, term in {_name(term): term for term in terms}.items():
            slot = self._slots.get(name, -1)
            asked.append((slot, self._weight(term, slot), term))
        return self._without_common(asked)

    def _weight(self, term: Term, slot: int) -> float:
        rarity = float(self._rarity[slot]) if slot >= 0 else _UNSEEN * (0.5 + math.log1p(len(self.documents)))
        if term.is_concept:
            return _CONCEPT * rarity
        if slot < 0 and is_number(term.word):
            return 0.0
        return rarity * (0.4 if term.in_concept else 1.0)

    def _holding(self, letter: str, wanted: Wanted | None, limit: int) -> list[Hit]:
        """A question of one character: the texts that hold it, those that say it most first."""
        slots = [slot for word, slot in self._slots.items() if letter in word and word[0] != "="]
        if not slots:
            return []
        places = [slice(self._starts[slot], self._starts[slot + 1]) for slot in slots]
        owners = np.concatenate([self._owners[place] for place in places])
        impact = np.concatenate([self._impact[place] for place in places])
        scores = np.bincount(owners, weights=impact, minlength=len(self.documents)).astype(np.float32)
        best = _top(self._judged(scores, wanted), limit)
        return [Hit(self.documents[at].key, float(scores[at]), bool(self._old[at]), (letter,)) for at in best]

    def _without_common(self, asked: list[_Asked]) -> list[_Asked]:
        if len(self.documents) < _MANY:
            return asked
        limit = _COMMON * len(self.documents)
        rare = [item for item in asked if item[0] < 0 or self._count(item[0]) <= limit]
        return rare if any(slot >= 0 for slot, _, _ in rare) else asked

    def _count(self, slot: int) -> int:
        return int(self._starts[slot + 1] - self._starts[slot])

    def _scores(self, present: Sequence[_Asked]) -> NDArray[np.float32]:
        scores = np.zeros(len(self.documents), dtype=np.float32)
        for slot, weight, _ in present:
            here = slice(self._starts[slot], self._starts[slot + 1])
            scores[self._owners[here]] += weight * self._impact[here]
        return scores

    def _judged(self, scores: NDArray[np.float32], wanted: Wanted | None) -> NDArray[np.float32]:
        """The scores after what is known of each text: readers' verdicts, superseded, admitted or not."""
        scores *= self._prior
        scores[self._old] *= _SUPERSEDED
        if wanted is not None:
            scores *= np.array([wanted.admits(document) for document in self.documents], dtype=bool)
        return scores

    def _hit(self, at: int, score: float, present: Sequence[_Asked], total: float) -> Hit | None:
        """The document as a hit, or None when what it shares is too little of the question."""
        shared = [(weight, term) for slot, weight, term in present if self._holds(at, slot)]
        is_thin = len(shared) == 1 and not shared[0][1].is_concept
        if sum(weight for weight, _ in shared) < (_ALONE if is_thin else _COVERED) * total:
            return None
        words = tuple(dict.fromkeys(term.word for _, term in shared))
        return Hit(self.documents[at].key, score, bool(self._old[at]), words)

    def _holds(self, at: int, slot: int) -> bool:
        here = self._owners[self._starts[slot] : self._starts[slot + 1]]
        place = int(np.searchsorted(here, at))
        return place < len(here) and bool(here[place] == at)


def _name(term: Term) -> str:
    return f"={term.word}" if term.is_concept else term.word


def _is_old(document: Document) -> bool:
    return document.is_superseded or bool(_MARKED_OLD.match(document.text))


def _prior(document: Document) -> float:
    """What readers did with a text moves it a little, never over a better match by much."""
    return (1 + 0.1 * math.log1p(document.accepted)) / (1 + 0.1 * math.log1p(document.rejected))


def _top(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Places of the highest positive scores, best first; equal scores in the order of the documents."""
    count = min(count, len(scores))
    places = np.argpartition(-scores, count - 1)[:count] if count < len(scores) else np.arange(len(scores))
    places = places[scores[places] > 0]
    order: NDArray[np.int64] = places[np.lexsort((places, -scores[places]))]
    return order
