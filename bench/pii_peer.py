"""Runs inside the peers' own environment: reads texts once, then a job a line, and answers with figures.

Jobs: `jionlp`, `presidio`, `helan` (processor seconds of one pass), `found` (what helan finds, a list a text).
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

LEAST_SECONDS = 0.1
_ID = r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"


def jionlp() -> Callable[[str], Any]:
    """Identity number, mail and telephone, each as a user calls it."""
    import jionlp as jio

    return lambda text: (
        jio.extract_id_card(text, detail=True),
        jio.extract_email(text, detail=True),
        jio.extract_phone_number(text, detail=True),
    )


def helan() -> Callable[[str], Any]:
    """All its types."""
    import helan as peer

    return lambda text: [(e.type, e.text) for e in peer.recognize(text)]


def presidio() -> Callable[[str], Any]:
    """Its card and mail recognisers, our patterns for identity number and mobile, on a blank pipeline."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, EmailRecognizer

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "zh", "model_name": "blank"}])
            self.nlp = {"zh": spacy.blank("zh")}

        def load(self) -> None: ...

        def is_loaded(self) -> bool:
            return True

    registry = RecognizerRegistry(supported_languages=["zh"])
    for name, pattern in (("ID", _ID), ("MOBILE", r"(?<!\d)1[3-9]\d{9}(?!\d)")):
        registry.add_recognizer(
            PatternRecognizer(name, patterns=[Pattern(name, pattern, 0.5)], supported_language="zh")
        )
    registry.add_recognizer(CreditCardRecognizer(supported_language="zh"))
    registry.add_recognizer(EmailRecognizer(supported_language="zh"))
    engine = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["zh"])
    return lambda text: engine.analyze(text, language="zh")


def main() -> None:
    """Answers until there is no further job."""
    out, sys.stdout = sys.stdout, sys.stderr  # the peers print greetings
    sets: dict[str, list[str]] = json.loads(sys.stdin.readline())
    peers = {"jionlp": jionlp(), "helan": helan(), "presidio": presidio()}
    for peer in peers.values():
        peer(sets["speed"][0])
    for line in sys.stdin:
        job, name = line.split()
        read = peers[job.removeprefix("found-")]
        if job.startswith("found-"):
            answer: Any = [read(text) for text in sets[name]]
        else:
            answer = _seconds(read, sets[name])
        print(json.dumps(answer), file=out, flush=True)


def _seconds(read: Callable[[str], Any], texts: list[str]) -> float:
    """Processor seconds of one pass, repeated for a tenth of a second as ours are."""
    began, passes = time.process_time(), 0
    while (taken := time.process_time() - began) < LEAST_SECONDS:
        for text in texts:
            read(text)
        passes += 1
    return taken / passes


if __name__ == "__main__":
    main()
