"""What opening the shipped book would work out anew in every process, kept beside the rules under a seal over all sources.

The seal is a digest of every module that decides what a rule finds. While it fits, the rules are known to have proven
themselves as they stand, and the words their patterns need are known; when one character changes it does not fit, and
the book proves itself when it is opened. `python -m xiaobao.engines.textscan` proves and seals.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from xiaobao.engines.textscan.anchors import Ways, ways

_HERE = Path(__file__).parent
FILE = _HERE / "rulebook" / "sealed.json"
Needles = dict[str, list[list[list[str]]]]


def needles_under_seal(file: Path = FILE) -> dict[str, Ways] | None:
    """The words each pattern needs, by `key`; None where the seal does not fit or is missing."""
    try:
        told = json.loads(file.read_text("utf-8"))
        if told["seal"] != seal(told["needles"]):
            return None
        return {name: _sets(needed) for name, needed in told["needles"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sets(needed: list[list[list[str]]]) -> Ways:
    return tuple(tuple(map(frozenset, way)) for way in needed)


def seal(needles: Needles, folders: Iterable[Path] = (_HERE, _HERE / "rulebook")) -> str:
    """The digest of the sources and of the needles. Raises: OSError where there are no sources to read."""
    told = hashlib.sha256(json.dumps(needles, sort_keys=True).encode())
    for folder in folders:
        for source in sorted([*folder.glob("*.py"), *folder.glob("hints.json")]):
            told.update(source.name.encode() + b"\0" + source.read_bytes().replace(b"\r\n", b"\n"))
    return told.hexdigest()


def key(pattern: str) -> str:
    """The short name of a pattern."""
    return hashlib.sha256(pattern.encode()).hexdigest()[:16]


def sealed(matchers: Iterable[object]) -> str:
    """What the file says of rules that proved themselves, by their matchers."""
    needles: Needles = {}
    for matcher in matchers:
        for pattern in (getattr(matcher, name, "") for name in ("pattern", "when", "claim", "right")):
            if pattern:
                needles[key(pattern)] = [[sorted(words) for words in way] for way in ways(pattern)]
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(needles[name], ensure_ascii=False)}" for name in sorted(needles)
    )
    return f'{{"needles": {{\n{lines}\n}},\n"seal": "{seal(needles)}"}}\n'
