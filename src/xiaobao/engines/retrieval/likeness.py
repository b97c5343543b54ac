"""How alike two questions are: the weight of what they share over the weight of all they say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from xiaobao.engines.retrieval.words import Words, fold


class Likeness:
    """Weights learned from texts without labels: what is rare in them says more.

    Concepts and pairs count beside the single characters, so that two short questions with the
    same characters in another order stay near. Weighted Jaccard: 0 nothing in common, 1 the same.

    >>> likeness = Likeness(["怎么提前还款", "提前结清怎么办理", "额度是多少"])
    >>> likeness.of("怎么提前还款", "提前结清怎么办理") > likeness.of("怎么提前还款", "额度是多少")
    True
    """

    def __init__(self, texts: Iterable[str], *, words: Words | None = None) -> None:
        self.words = words or Words()
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            counts.update(self._terms(text))
        self._unseen = 1 + math.log(1 + total)
        self._weights = {term: 1 + math.log((1 + total) / (1 + count)) for term, count in counts.items()}

    def of(self, one: str, other: str) -> float:
        """Likeness of two texts, 0..1, the same both ways; two empty texts are not alike."""
        first, second = self._terms(one), self._terms(other)
        everything = self._sum(first | second)
        return self._sum(first & second) / everything if everything else 0.0

    def _terms(self, text: str) -> set[str]:
        terms = {
            f"={term.word}" if term.is_concept else term.word
            for term in self.words.terms(text, query=True)
            if not term.in_concept
        }
        return terms | {letter for letter in fold(text) if letter.isalnum()}

    def _sum(self, terms: set[str]) -> float:
        return sum(self._weights.get(term, self._unseen) for term in terms)
