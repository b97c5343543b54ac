"""Names by the trained model: learned from CLUENER's train part and People's Daily, read on CLUENER's dev part."""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path

from bench.table import Row
from tests.groups import SHARED
from xiaobao.engines.pii import Kind, Options, scan
from xiaobao.engines.pii.detectors.learned import LearnedNameDetector
from xiaobao.engines.pii.learned.training import Sentence, Tally, sentences, tally, train

BAR_F1, BAR_SPEED = 0.73, 1.0
_TITLE = re.compile(r"(?:老?先生|女士|小姐|太太|同志|老人|老师|师傅|阿姨|大爷|大妈|奶奶|爷爷|叔叔)\Z")


def measure() -> list[Row]:
    """Bar over F1 and over speed: at most 1 where the bar is kept."""
    cluener, daily = (
        Path(SHARED, "data/ner_zh", name) for name in ("cluener.jsonl", "people_daily_ner.jsonl")
    )
    learned = [*sentences([cluener], only="train"), *sentences([daily])]
    began = time.process_time()
    model = train(learned)
    seconds = time.process_time() - began
    held_back = list(sentences([cluener], only="dev"))
    alone = tally(held_back, model.names)
    options = Options(further=(LearnedNameDetector(model),))
    ours, rules = (
        tally(held_back, lambda text, given=given: _names(text, given)) for given in (options, Options())
    )
    speed = _speed(held_back, model.names)
    note = f"{len(learned)} sentences learned in {seconds:.0f} s; {_shown(alone)}; with the rules {_shown(ours)}; rules alone {_shown(rules)}"
    return [
        Row("pii, names by model, CLUENER dev: .73 / F1", BAR_F1 / alone.f1, "", 1, note),
        Row(
            "pii, names by model: 1 MB/s / ours",
            BAR_SPEED / speed,
            "",
            1,
            f"{speed:.2f} MB/s, candidates only",
        ),
    ]


def _names(text: str, options: Options) -> list[tuple[int, int]]:
    """Ours as the set labels names: without the title, and not a surname with a title alone."""
    found = []
    for span in scan(text, options=options):
        name = _TITLE.sub("", span.text)
        if span.kind is Kind.NAME and len(name) > 1:
            found.append((span.start, span.start + len(name)))
    return found


def _speed(texts: list[Sentence], find: object) -> float:
    """Median of five passes, MB/s of processor time."""
    size = sum(len(text.encode()) for text, _ in texts) / 1e6
    taken = []
    for _ in range(5):
        began = time.process_time()
        for text, _ in texts:
            find(text)  # type: ignore[operator]
        taken.append(time.process_time() - began)
    return size / statistics.median(taken)


def _shown(found: Tally) -> str:
    return f"P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}"
