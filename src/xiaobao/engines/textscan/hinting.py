"""Hints: a passage that no rule struck, but whose wording weighs like the wrong ones that people labelled.

A linear model over runs of one to three characters, taught by `tests/engines/textscan/teach.py` on the labelled set, the
rules' own tests and sentences of real papers. It knows no article and cites none: a hint asks a person to look, shows the
runs that weighed most, and never says more than 提示. The weights lie beside the rules and are under the same seal.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from xiaobao.engines.textscan.reading import Reading
from xiaobao.engines.textscan.values import Angle, Finding, Severity

FILE = Path(__file__).parent / "rulebook" / "hints.json"
RULE = "HINT"
MOST = 30  # hints that one report lists; of the rest it tells the number
WHOLE = 200  # a text up to so many characters is weighed whole, a longer one sentence by sentence
_LEAST = 8  # characters of a passage worth weighing; of a sentence in a long paper more, for it stands without its neighbours
_LEAST_OF_MANY = 15
_SURER = 0.6  # how much more a sentence in a long paper must weigh
_RUNS = (1, 2, 3)
_DIGITS = re.compile(r"\d+")
_SHOWN = 4


class Weighed(NamedTuple):
    """What the model says of a passage: log-odds above its floor, topics by liking, the runs that spoke for it."""

    score: float
    topics: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Hints:
    """The weights: of a run of characters for being wrong at all, and for each topic."""

    bias: float
    floor: float
    grams: Mapping[str, tuple[float, Mapping[int, float]]]
    topics: tuple[str, ...]
    leaning: tuple[float, ...]
    version: str

    def weigh(self, text: str) -> Weighed | None:
        """What is to be said of the passage; None below the floor."""
        runs = runs_of(text)
        known = [run for run in runs if run in self.grams]
        size = math.sqrt(len(runs) + 1)
        score = self.bias + math.fsum(self.grams[run][0] for run in known) / size
        terms = self._terms(known)
        if score <= self.floor or not terms:
            return None
        liking = list(self.leaning)
        for run in known:
            for at, weight in self.grams[run][1].items():
                liking[at] += weight / size
        order = sorted(range(len(liking)), key=lambda at: (-liking[at], at))
        return Weighed(score, tuple(self.topics[at] for at in order), terms)

    def _terms(self, known: Iterable[str]) -> tuple[str, ...]:
        """The runs that weigh most; one inside another is told once."""
        shown: list[str] = []
        for run in sorted(known, key=lambda one: (-self.grams[one][0], one)):
            if len(shown) == _SHOWN or self.grams[run][0] <= 0:
                break
            if len(run) > 1 and not any(run in other or other in run for other in shown):
                shown.append(run)
        return tuple(shown)


def runs_of(text: str) -> list[str]:
    """The runs of one to three characters of a passage, each once, in order; figures count as one sign.

    >>> runs_of("年化5%")[:5]
    ['年', '化', '0', '%', '年化']
    """
    bare = _DIGITS.sub("0", text.lower())
    return list(dict.fromkeys(bare[at : at + size] for size in _RUNS for at in range(len(bare) - size + 1)))


@lru_cache(maxsize=1)
def shipped_hints(file: Path = FILE) -> Hints | None:
    """The weights this package ships; None where the file is missing."""
    try:
        raw = file.read_bytes()
    except OSError:
        return None
    told = json.loads(raw)
    grams = {
        run: (weights[0], {int(at): weight for at, weight in zip(weights[1::2], weights[2::2], strict=True)})
        for run, weights in told["grams"].items()
    }
    digest = hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()[:12]
    return Hints(
        told["bias"], told["floor"], grams, tuple(told["topics"]), tuple(told["leaning"]), f"hints-{digest}"
    )


def hinted(
    hints: Hints, reading: Reading, findings: Iterable[Finding], angles: Mapping[str, Angle]
) -> tuple[list[Finding], tuple[str, ...]]:
    """Hints for the passages without a finding, the weightiest MOST in order of place, and how many more there are."""
    weighed: list[tuple[float, Finding]] = []
    findings = list(findings)
    found = {one.topic for one in findings}
    taken = [(one.start, one.end) for one in findings if one.end > one.start]
    is_long = len(reading.text) > WHOLE
    for start, end in _passages(reading):
        begin, stop = reading.view.origin(start, end)
        if any(left < stop and begin < right for left, right in taken):
            continue
        said = hints.weigh(reading.text[start:end])
        topic = next((one for one in said.topics if one in angles), None) if said else None
        if said and said.score > hints.floor + _SURER * is_long and topic and topic not in found:
            finding = _finding(hints.version, reading, (begin, stop), topic, said.terms)
            weighed.append((said.score, finding._replace(angle=angles[topic])))
    weighed.sort(key=lambda one: (-one[0], one[1].start))
    rest = len(weighed) - MOST
    told = (f"相近表述提示另有 {rest} 处，未逐一列出",) if rest > 0 else ()
    return sorted((one for _, one in weighed[:MOST]), key=lambda one: one.start), told


def _passages(reading: Reading) -> Iterator[tuple[int, int]]:
    text = reading.text
    pieces = [(0, len(text))] if len(text) <= WHOLE else [(one.start, one.end) for one in reading.sentences]
    for start, end in pieces:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if end - start >= (_LEAST if len(pieces) == 1 else _LEAST_OF_MANY):
            yield start, end


def _finding(
    version: str, reading: Reading, place: tuple[int, int], topic: str, terms: tuple[str, ...]
) -> Finding:
    block = reading.document.block_at(place[0])
    return Finding(
        rule=RULE,
        version=version,
        topic=topic,
        angle=Angle.LEGALITY,
        severity=Severity.HINT,
        start=place[0],
        end=place[1],
        span=reading.document.text[slice(*place)],
        block=block,
        page=reading.document.blocks[block].page if reading.document.blocks else 0,
        why=f"没有规则命中，措辞与已标注的问题表述相近（{topic}），请人工判断；依据的字词：{'、'.join(terms)}",
        article="相近表述提示，无出处",
        suggestion="",
    )
