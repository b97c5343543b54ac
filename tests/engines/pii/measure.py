"""`python -m tests.engines.pii.measure`: names and addresses on independent sets, beside ../shared.

MultiPriv (577 synthetic persons): distinct gold strings a text; a name is the person or the doctor.
CLUENER (news): gold names; our titles (先生, 女士) are cut off before comparing, and a surname
with a title alone, which the set does not label, is left out and counted apart. Our rules were
written after reading samples of both. People's Daily was not looked at: it shows how they carry over.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from pathlib import Path

from tests.groups import SHARED
from xiaobao.engines.pii import Confidence, scan

_TITLE = re.compile(r"(?:老?先生|女士|小姐|太太|同志|老人|老师|师傅|阿姨|大爷|大妈|奶奶|爷爷|叔叔)\Z")
_FIELDS = {
    "NAME": ("name", "doctor"),
    "ADDRESS": ("location",),
    "ID": ("idCardNumbers",),
    "MOBILE": ("phoneNumbers",),
    "EMAIL": ("emailAddress",),
}
CLUENER, PEOPLE_DAILY = ("ner_zh/cluener.jsonl", "name"), ("ner_zh/people_daily_ner.jsonl", "PER")
Counts = Counter[tuple[str, str]]


def rows(path: str) -> list[dict[str, object]]:
    """The lines of a file of the shared folder."""
    with Path(SHARED, "data", path).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def multipriv(wrong: list[str] | None = None) -> Counts:
    """Gold, hit and got by type, over distinct strings a text."""
    counts: Counts = Counter()
    for row in rows("pii/multipriv_person_zh.jsonl"):
        text = str(row["naturalParagraph"])
        spans = scan(text, at_least=Confidence.LOW)
        for kind, fields in _FIELDS.items():
            gold = {str(row[name]) for name in fields if row[name] and str(row[name]) in text}
            _count(
                counts, kind, gold, {s.text for s in spans if s.kind == kind}, counts_titles=kind == "NAME"
            )
            if wrong is not None:
                got = {s.text for s in spans if s.kind == kind and not (kind == "NAME" and _titled(s.text))}
                wrong += [f"{kind} - {x} | {_around(text, x)}" for x in gold - got]
                wrong += [f"{kind} + {x} | {_around(text, x)}" for x in got - gold]
    return counts


def news(path: str, label: str, wrong: list[str] | None = None) -> Counts:
    """Gold, hit and got of names over distinct strings a sentence."""
    counts: Counts = Counter()
    for row in rows(path):
        text = str(row["text"])
        gold = {text[a:b] for a, b, kind in row["spans"] if kind == label}  # type: ignore[attr-defined]
        got = {span.text for span in scan(text) if span.kind == "NAME"}
        _count(counts, "NAME", gold, got, counts_titles=True)
        if wrong is not None:
            wrong += [
                f"+ {x} | {_around(text, x)}"
                for x in got - gold
                if not _titled(x) and _TITLE.sub("", x) not in gold
            ]
            wrong += [f"- {x} | {_around(text, x)}" for x in gold - got if re.fullmatch("[一-龥]{2,3}", x)]
    return counts


def _titled(text: str) -> bool:
    return len(_TITLE.sub("", text)) == 1


def _count(counts: Counts, kind: str, gold: set[str], got: set[str], *, counts_titles: bool) -> None:
    counts[kind, "titled"] += sum(_titled(text) for text in got) if counts_titles else 0
    got = {_TITLE.sub("", text) for text in got if not _titled(text)} if counts_titles else got
    counts[kind, "gold"] += len(gold)
    counts[kind, "got"] += len(got)
    counts[kind, "hit"] += len(gold & got)


def _around(text: str, part: str) -> str:
    at = text.find(part)
    return text[max(0, at - 12) : at + len(part) + 10]


def shown(name: str, counts: Counts) -> None:
    """Precision and recall by type."""
    for kind in sorted({kind for kind, _ in counts}):
        gold, got, hit = (counts[kind, word] for word in ("gold", "got", "hit"))
        apart = f"  surname and title alone: {counts[kind, 'titled']}" if counts[kind, "titled"] else ""
        print(
            f"{name:<10}{kind:<9}P {hit / max(1, got):.3f}  R {hit / max(1, gold):.3f}  ({gold} gold){apart}"
        )


if __name__ == "__main__":
    notes: list[str] | None = [] if "--wrong" in sys.argv else None
    began = time.process_time()
    shown("MultiPriv", multipriv(notes))
    shown("CLUENER", news(*CLUENER, notes))
    shown("PeopleDly", news(*PEOPLE_DAILY))
    print(f"{time.process_time() - began:.1f} s of one core")
    print("\n".join(notes or ()))
