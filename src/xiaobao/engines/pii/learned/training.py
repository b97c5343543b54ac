"""Learning names from labelled sentences, and counting how well it went."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from xiaobao.engines.pii.learned.letters import seen
from xiaobao.engines.pii.learned.model import BEGINS, GOES_ON, OUTSIDE, NameModel, NameModelError, crfsuite
from xiaobao.engines.pii.learned.places import LEFT, RIGHT, Counts, Names, places_of

LABELS = frozenset(("name", "NAME", "PER", "PERSON"))
_SETTINGS = {"c1": 0.05, "c2": 0.01, "max_iterations": 40, "feature.minfreq": 2}


class Sentence(NamedTuple):
    """A text and where names stand in it."""

    text: str
    names: Names


class Tally(NamedTuple):
    """Names labelled, found, and found exactly where they are labelled."""

    gold: int
    got: int
    hit: int

    @property
    def precision(self) -> float:
        """Share of the found that are right."""
        return self.hit / max(1, self.got)

    @property
    def recall(self) -> float:
        """Share of the labelled that are found."""
        return self.hit / max(1, self.gold)

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.hit / max(1, self.gold + self.got)


def sentences(paths: Iterable[Path], *, only: str = "", without: str = "") -> Iterator[Sentence]:
    """Lines `{"text", "spans": [[start, end, label]], "from"}`; those of one part (`from`), or without it.

    Raises: NameModelError for a line of another form.
    """
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                part, sentence = _row(line, f"{path.name} 第 {number} 行")
                if part == only if only else not without or part != without:
                    yield sentence


def _row(line: str, where: str) -> tuple[str, Sentence]:
    try:
        row: dict[str, Any] = json.loads(line)
        text = str(row["text"])
        names = [(int(start), int(end)) for start, end, label in row["spans"] if label in LABELS]
        if any(not 0 <= start < end <= len(text) for start, end in names):
            raise ValueError(where)
        return str(row.get("from", "")), Sentence(text, names)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NameModelError(
            f'{where}应为 {{"text", "spans": [[起, 止, "name"]]}} 的 JSON，起止为字符位置'
        ) from None


def train(labelled: list[Sentence]) -> NameModel:
    """A model of the labelled sentences. The same sentences in the same order give the same model.

    Raises: NameModelError when no name is labelled, or the package is missing.
    """
    if not any(sentence.names for sentence in labelled):
        raise NameModelError("训练语料里没有标注姓名（name 或 PER），无从学习")
    counts = Counts()
    for sentence in labelled:
        counts.add(*sentence)
    trainer = crfsuite().Trainer(verbose=False)
    trainer.set_params(_SETTINGS)
    for sentence in labelled:
        for start, end in _windows(sentence, counts):
            trainer.append(seen(sentence.text, start, end), _labels(sentence)[start:end])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "names.crf")
        trainer.train(str(path))
        return NameModel(path.read_bytes(), places_of(counts))


def _windows(sentence: Sentence, counts: Counts) -> list[tuple[int, int]]:
    """What will be read of such a sentence, itself unseen; and every name, found or not."""
    counts.add(*sentence, sign=-1)
    found = counts.windows(sentence.text)
    counts.add(*sentence)
    size = len(sentence.text)
    found += [(max(0, start - LEFT), min(size, max(start + RIGHT, end))) for start, end in sentence.names]
    return _joined(sorted(found))


def _joined(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in windows:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _labels(sentence: Sentence) -> list[str]:
    labels = [OUTSIDE] * len(sentence.text)
    for start, end in sentence.names:
        labels[start:end] = [BEGINS] + [GOES_ON] * (end - start - 1)
    return labels


def tally(labelled: Iterable[Sentence], find: Callable[[str], Names]) -> Tally:
    """How the names that `find` gives compare with the labelled ones, place for place."""
    gold = got = hit = 0
    for sentence in labelled:
        wanted, found = set(sentence.names), set(find(sentence.text))
        gold, got, hit = gold + len(wanted), got + len(found), hit + len(wanted & found)
    return Tally(gold, got, hit)
