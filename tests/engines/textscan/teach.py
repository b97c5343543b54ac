"""`python -m tests.engines.textscan.teach [--without heldout4,heldout5] [--out FILE]`: teach the hints and write their weights.

Wrong passages: the labelled set and the rules' own bad examples. Lawful ones: the lawful passages, the rules' good
examples, and sentences of the real papers in ../shared/data (every third one; the others are left for counting false hints).
The newest held-out part is not in the set and never teaches. The same material gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tests.engines.textscan.measure import passages
from tests.groups import SHARED
from xiaobao.engines.textscan import document_of, shipped
from xiaobao.engines.textscan.folding import View
from xiaobao.engines.textscan.hinting import FILE, runs_of
from xiaobao.engines.textscan.matchers import Question

KEPT, LEAST, FLOOR, LEAN = 6_000, 3, 0.4, 0.5
_CUT = re.compile(r'[。；\\"\n]')


def real_sentences() -> list[str]:
    """Sentences of real privacy policies and contracts, in order of the files."""
    files = [
        *sorted((SHARED / "data/privacy_policies_zh").glob("*.json")),
        *sorted((SHARED / "data/contracts_zh").glob("*.txt")),
    ]
    told = (
        json.dumps(json.loads(file.read_text("utf-8")), ensure_ascii=False)
        if file.suffix == ".json"
        else file.read_text("utf-8")
        for file in files
    )
    cut = (piece.strip() for text in told for piece in _CUT.split(text))
    return [piece for piece in cut if 12 < len(piece) < 200 and re.search("[一-龥]{8}", piece)]


def lessons(without: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(text, topic), the topic empty for a lawful text."""
    for row in passages():
        if row["part"] not in without:
            yield row["input"], row["labels"][0] if row["labels"] else ""
    for rule in shipped():
        if isinstance(rule.matcher, Question):
            continue
        yield from ((example.plain, rule.topic) for example in rule.bad if len(example.plain) < 300)
        yield from ((example.plain, "") for example in rule.good if len(example.plain) < 300)
    yield from ((sentence, "") for sentence in real_sentences()[::3])


def table(texts: Sequence[str], grams: dict[str, int]) -> csr_matrix:
    """One row a text: 1 / sqrt(number of its runs + 1) for each known run."""
    rows, columns, values = [], [], []
    for at, text in enumerate(texts):
        runs = runs_of(text)
        known = [grams[run] for run in runs if run in grams]
        rows += [at] * len(known)
        columns += known
        values += [1 / np.sqrt(len(runs) + 1)] * len(known)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), len(grams)))


def taught(without: Sequence[str]) -> dict[str, Any]:
    """The weights as the file holds them."""
    pairs = list(lessons(without))
    texts = [View(document_of(text).text).text for text, _ in pairs]
    topics = [topic for _, topic in pairs]
    counts: dict[str, int] = {}
    for text in texts:
        for run in runs_of(text):
            counts[run] = counts.get(run, 0) + 1
    every = {run: at for at, run in enumerate(sorted(run for run, times in counts.items() if times >= LEAST))}
    is_wrong = [bool(topic) for topic in topics]
    first = LogisticRegression(C=20, max_iter=400).fit(table(texts, every), is_wrong)
    names = list(every)
    best = sorted(names[at] for at in np.argsort(-abs(first.coef_[0]), kind="stable")[:KEPT])
    kept = {run: at for at, run in enumerate(best)}
    known = table(texts, kept)
    # Lawful wording of marketing is rare in the lessons and is what a hint must learn to leave alone.
    heavy = [1 if wrong else 3 if at < len(passages()) else 1 for at, wrong in enumerate(is_wrong)]
    gate = LogisticRegression(C=20, max_iter=400).fit(known, is_wrong, sample_weight=heavy)
    wrong = [at for at, topic in enumerate(topics) if topic]
    chooser = LogisticRegression(C=30, max_iter=300).fit(known[wrong], [topics[at] for at in wrong])
    grams = {}
    for run, at in kept.items():
        told = [round(float(gate.coef_[0][at]), 3)]
        for topic in np.flatnonzero(abs(chooser.coef_[:, at]) > LEAN):
            told += [int(topic), round(float(chooser.coef_[topic, at]), 2)]
        grams[run] = told
    return {
        "bias": round(float(gate.intercept_[0]), 3),
        "floor": FLOOR,
        "topics": list(chooser.classes_),
        "leaning": [round(float(one), 2) for one in chooser.intercept_],
        "grams": grams,
    }


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default="", help="parts that do not teach, comma separated")
    parser.add_argument("--out", type=Path, default=FILE)
    options = parser.parse_args()
    told = taught(options.without.split(","))
    lines = ",\n".join(
        f"{json.dumps(run, ensure_ascii=False)}: {json.dumps(weights)}"
        for run, weights in told["grams"].items()
    )
    head = json.dumps({name: told[name] for name in told if name != "grams"}, ensure_ascii=False)
    options.out.write_text(f'{head[:-1]},\n"grams": {{\n{lines}\n}}}}\n', "utf-8")
    print(f"{len(told['grams'])} runs, {len(told['topics'])} topics, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
