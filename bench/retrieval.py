"""Earlier opinions: 100,000 of them searched, and pairs of bank questions told apart beside TF-IDF over characters.

An opinion is three sentences drawn from the questions of BQ and ATEC; 470 questions of 1 to 30 characters are asked.
The same pairs go to TF-IDF cosine (scikit-learn, characters 1-2, 2-3 and 1-3 within this run; its best is shown).
"""

from __future__ import annotations

import csv
import gzip
import random
import time
from pathlib import Path

from bench.table import Row, heading
from tests.groups import SHARED

OPINIONS, BAR_MS = 100_000, 50.0
SETS = ("bq_corpus_zh", "atec_zh")
SETTINGS = ((1, 2), (2, 3), (1, 3))
Pairs = list[dict[str, str]]


def measure(quick: bool) -> list[Row]:
    """Nothing without the shared questions."""
    heading("retrieval")
    folder = Path(SHARED, "data/faq")
    if not folder.is_dir():
        print("the shared questions are not at hand: not measured")
        return []
    sets = {name: _pairs(folder / f"{name}.csv.gz") for name in SETS}
    return [
        *_search(sets, OPINIONS // 10 if quick else OPINIONS),
        *(_told(name, sets[name]) for name in SETS),
    ]


def _search(sets: dict[str, Pairs], size: int) -> list[Row]:
    from xiaobao.engines.retrieval import Document, Index

    chance = random.Random(2026)
    sentences = sorted({text for pairs in sets.values() for text in _texts(pairs)})
    documents = [Document(str(n), "。".join(chance.sample(sentences, 3))) for n in range(size)]
    began = time.process_time()
    index = Index(documents)
    built = time.process_time() - began
    asked = [*chance.sample(sentences, 400), *(text[:2] for text in chance.sample(sentences, 50))]
    asked += [text[:1] for text in chance.sample(sentences, 20)]
    chance.shuffle(asked)
    taken = sorted(_milliseconds(lambda text=text: index.search(text)) for text in asked)  # type: ignore[misc]
    name = f"retrieval, {size:,} opinions"
    return [
        Row(f"{name}: building the index", built, "s CPU"),
        Row(f"{name}: p50", taken[len(taken) // 2], "ms"),
        Row(f"{name}: p99", taken[int(len(taken) * 0.99)], "ms", BAR_MS, f"{len(asked)} questions"),
    ]


def _told(name: str, pairs: Pairs) -> Row:
    """How much better the baseline tells pairs apart than we do: the bar is nothing."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import roc_auc_score

    from xiaobao.engines.retrieval import Likeness

    same = [int(row["label"]) for row in pairs]
    likeness = Likeness(_texts(pairs))
    ours = roc_auc_score(same, [likeness.of(row["sentence1"], row["sentence2"]) for row in pairs])
    theirs = {}
    for setting in SETTINGS:
        seen = TfidfVectorizer(analyzer="char", ngram_range=setting).fit(_texts(pairs))
        one, other = (seen.transform([row[key] for row in pairs]) for key in ("sentence1", "sentence2"))
        theirs[setting] = roc_auc_score(same, one.multiply(other).sum(axis=1).A1)
    best = max(theirs, key=lambda setting: theirs[setting])
    note = f"ours {ours:.3f}, TF-IDF characters {best[0]}-{best[1]} {theirs[best]:.3f}, {len(pairs):,} pairs"
    return Row(f"retrieval, {name}: AUC behind TF-IDF by", max(0.0, theirs[best] - ours), "", 0, note)


def _pairs(path: Path) -> Pairs:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _texts(pairs: Pairs) -> list[str]:
    return [text for row in pairs for text in (row["sentence1"], row["sentence2"])]


def _milliseconds(job: object) -> float:
    began = time.perf_counter()
    job()  # type: ignore[operator]
    return (time.perf_counter() - began) * 1000
