"""Every code the room raises has its sentence, and every sentence is raised somewhere."""

from __future__ import annotations

import re
from pathlib import Path

from xiaobao.duties.complaints.domain.messages import MESSAGES, message

SAID_ON_THE_SPOT = {"complaint.export.not_allowed", "complaint.export.size", "complaint.merge.unknown"}
"""Codes whose sentence rides on the error, because only the caller knows its words."""

ROOM = Path(__file__).parents[3] / "src/xiaobao/duties/complaints"


def _raised() -> set[str]:
    found: set[str] = set()
    for path in ROOM.rglob("*.py"):
        if path.name != "messages.py":
            found |= set(
                re.findall(r'"(complaint\.[a-z_]+(?:\.[a-z_]+)*)"', path.read_text(encoding="utf-8"))
            )
    return {code for code in found if not code.endswith(".html")}


def test_every_code_has_a_sentence() -> None:
    assert _raised() - set(MESSAGES) - SAID_ON_THE_SPOT == set()


def test_every_sentence_is_used() -> None:
    assert set(MESSAGES) - _raised() == set()


def test_missing_facts_never_break_a_sentence() -> None:
    for code in MESSAGES:
        assert "{" not in message(code, {})
