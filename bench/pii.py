"""Masking beside JioNLP, helan and Presidio: the same texts, interleaved rounds, medians of processor time.

The peers live in an environment of their own, locked in bench/peers.lock: `python -m bench.pii` makes `.venv/bench/pii_peers`.
Speed is measured on 300 paragraphs of MultiPriv; precision and recall on MultiPriv and CLUENER, distinct strings a text.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import time
import venv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import pii_names
from bench.table import Row, heading
from tests.engines.pii.measure import CLUENER, rows
from tests.groups import SHARED
from xiaobao.engines.pii import Confidence, scan
from xiaobao.engines.pii.batch import number_columns, scan_numbers
from xiaobao.engines.pii.detectors.numbers import NumberDetector
from xiaobao.engines.pii.engine import NUMBERS_AND_MAIL

FOLDER = Path(__file__).resolve().parents[1] / ".venv/bench/pii_peers"
LOCK = Path(__file__).with_name("peers.lock")
TEXTS, ROUNDS, BATCH_MB = 300, 25, 16
LEAST_SECONDS = 0.1
BARS = {"jionlp": 5.0, "presidio": 50.0, "helan": 2.0}
_TITLE = re.compile(r"(?:老?先生|女士|小姐|太太|同志|老人|老师|师傅|阿姨|大爷|大妈|奶奶|爷爷|叔叔)\Z")
Found = list[set[tuple[str, str]]]
Ask = Callable[[str, str], Any]
_THEIRS = {"PERSON_NAME": "NAME", "ID_CARD": "ID", "PHONE": "MOBILE"}


def install() -> Path:
    """The environment's Python, with the locked peers installed."""
    python = FOLDER / "bin/python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    return python


def measure(quick: bool) -> list[Row]:
    """Nothing without the shared texts; ours alone without the peers."""
    heading("pii")
    if not Path(SHARED, "data/pii").is_dir():
        print("the shared texts are not at hand: not measured")
        return []
    persons = [str(row["naturalParagraph"]) for row in rows("pii/multipriv_person_zh.jsonl")]
    news = [str(row["text"]) for row in rows(CLUENER[0])]
    batch = [*_batch(persons, 2 if quick else BATCH_MB), *pii_names.measure()]
    if not (FOLDER / "bin/python").exists():
        print("the peers are not installed: python -m bench.pii puts them into an environment of their own")
        return batch
    with _peers({"speed": persons[:TEXTS], "persons": persons, "news": news}) as ask:
        return [*_speeds(persons[:TEXTS], ask, 3 if quick else ROUNDS), *batch, *_quality(persons, news, ask)]


def _speeds(texts: list[str], ask: Ask, rounds: int) -> list[Row]:
    """All take turns in every round, and are compared round by round: the machine's own speed changes in between."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    jobs: dict[str, Callable[[], float]] = {
        "numbers": lambda: _timed(lambda: _each(texts, detectors=NUMBERS_AND_MAIL)),
        "all": lambda: _timed(lambda: _each(texts)),
        "columns": lambda: _timed(lambda: number_columns("\n".join(texts))),
        **{name: lambda name=name: float(ask(name, "speed")) for name in BARS},  # type: ignore[misc]
    }
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            taken[name].append(job())
    speed = {name: size / statistics.median(seconds) for name, seconds in taken.items()}
    found = [Row(f"pii, {name}: speed", speed[name], "MB/s", None, f"{TEXTS} paragraphs") for name in jobs]
    for name, bar in BARS.items():
        ours = "all" if name == "helan" else "numbers"
        ratios = sorted(theirs / our for theirs, our in zip(taken[name], taken[ours], strict=True))
        factor, quarter = statistics.median(ratios), len(ratios) // 4
        spread = f"{ratios[quarter]:.1f} to {ratios[-1 - quarter]:.1f}"
        note = (
            f"ours {speed[ours]:.1f} MB/s ({ours}) = {factor:.1f}x, half of the rounds {spread}; bar {bar:g}x"
        )
        found.append(Row(f"pii, {name}: its speed x bar / ours", bar / factor, "", 1, note))
    factors = ", ".join(f"{speed['columns'] / speed[name]:.1f}x {name}" for name in ("jionlp", "presidio"))
    note = f"{factors}: the {TEXTS} paragraphs as one text, ID, card and mobile alone; no bar"
    return [*found, Row("pii, columns beside the peers", speed["columns"], "MB/s", None, note)]


def _each(texts: list[str], **given: Any) -> None:
    """One call a text, as the peers are called."""
    for text in texts:
        scan(text, **given)


def _batch(texts: list[str], megabytes: int) -> list[Row]:
    """The columns over one large text; their findings are compared with the detector's first."""
    text = "\n".join(texts)
    by_detector = [
        span for span in scan(text, detectors=(NumberDetector(),)) if span.kind in ("ID", "CARD", "MOBILE")
    ]
    if scan_numbers(text) != by_detector:
        raise AssertionError("the columns answer otherwise than the detector")
    large = "\n".join([text] * max(1, round(megabytes * 1e6 / len(text.encode()))))
    size = len(large.encode()) / 1e6
    speed = size / statistics.median(_timed(lambda: number_columns(large)) for _ in range(5))
    note = f"{speed:.0f} MB/s over {size:.0f} MB, {len(by_detector)} findings equal; bar 50 MB/s"
    return [Row("pii, batch: 50 MB/s / ours", 50 / speed, "", 1, note)]


def _quality(persons: list[str], news: list[str], ask: Ask) -> list[Row]:
    """Our miss and helan's beside it, per set and kind."""
    gold_rows = rows("pii/multipriv_person_zh.jsonl")
    fields = {
        "NAME": ("name", "doctor"),
        "ADDRESS": ("location",),
        "ID": ("idCardNumbers",),
        "MOBILE": ("phoneNumbers",),
        "EMAIL": ("emailAddress",),
    }
    labels = {
        kind: [
            {str(row[name]) for name in names if row[name] and str(row[name]) in text}
            for row, text in zip(gold_rows, persons, strict=True)
        ]
        for kind, names in fields.items()
    }
    their_persons, their_news = _theirs(ask("found-helan", "persons")), _theirs(ask("found-helan", "news"))
    found = []
    our_persons = _ours(persons, Confidence.LOW)
    for kind, gold in labels.items():
        found += _compared("MultiPriv", kind, gold, our_persons, their_persons)
    names = [
        {text[a:b] for a, b, kind in row["spans"] if kind == "name"}  # type: ignore[attr-defined]
        for row, text in zip(rows(CLUENER[0]), news, strict=True)
    ]
    return [*found, *_compared("CLUENER", "NAME", names, _ours(news, Confidence.MEDIUM), their_news)]


def _compared(name: str, kind: str, gold: list[set[str]], ours: Found, theirs: Found) -> Iterator[Row]:
    (p, r), (their_p, their_r) = _rates(kind, gold, ours), _rates(kind, gold, theirs)
    note = f"ours P {p:.3f} R {r:.3f}; helan P {their_p:.3f} R {their_r:.3f}"
    behind = max(their_p - p, their_r - r, 0.0)
    yield Row(f"pii, {name} {kind}: behind helan by", behind, "", 0, note)


def _rates(kind: str, gold: list[set[str]], found: Found) -> tuple[float, float]:
    counts: Counter[str] = Counter()
    for wanted, spans in zip(gold, found, strict=True):
        got = {text for of, text in spans if of == kind}
        if kind == "NAME":  # 李女士 alone is labelled by no set; 李明女士 is 李明
            got = {name for text in got if len(name := _TITLE.sub("", text)) > 1}
        counts.update(gold=len(wanted), got=len(got), hit=len(wanted & got))
    return counts["hit"] / max(1, counts["got"]), counts["hit"] / max(1, counts["gold"])


def _ours(texts: list[str], at_least: Confidence) -> Found:
    return [{(span.kind.value, span.text) for span in scan(text, at_least=at_least)} for text in texts]


def _theirs(found: list[list[tuple[str, str]]]) -> Found:
    return [{(_THEIRS.get(kind, kind), text) for kind, text in spans} for spans in found]


def _timed(job: Callable[[], object]) -> float:
    """Processor seconds of one pass, repeated for a tenth of a second as the peers' are."""
    began, passes = time.process_time(), 0
    while (taken := time.process_time() - began) < LEAST_SECONDS:
        job()
        passes += 1
    return taken / passes


@contextmanager
def _peers(sets: dict[str, list[str]]) -> Iterator[Ask]:
    """Asks the peers' process a job over a named set of texts."""
    command = [str(FOLDER / "bin/python"), str(Path(__file__).with_name("pii_peer.py"))]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        given, answers = process.stdin, process.stdout
        if given is None or answers is None:
            raise RuntimeError("the peers' process has no pipes")

        def ask(job: str, name: str) -> Any:
            print(job, name, file=given, flush=True)
            return json.loads(answers.readline())

        print(json.dumps(sets), file=given, flush=True)
        yield ask
        given.close()


if __name__ == "__main__":
    print(install(), file=sys.stderr)
