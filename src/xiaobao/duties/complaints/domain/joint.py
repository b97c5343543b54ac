"""What may be asked of a complainant, and when many complaints become one matter of weight.

What it decides
    Whether a paper may be demanded (CMP-016), whether a joint complaint meets with too many
    representatives (CMP-018), whether it is a major complaint (CMP-019).
Why
    令2020年第3号第十三条、第十二条、第二十九条; the lists and numbers live in the rules alone.
Known limits
    Before 2020-03-01 the articles bound nobody: then everything passes and nothing is major.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import MajorFinding, Paper
from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Verdict

PAPERS, REPRESENTATIVES, MAJOR = "CMP-016", "CMP-018", "CMP-019"


def held_of(case: Dossier) -> frozenset[Paper]:
    """Papers the record itself already makes needless."""
    known = any(row["name_masked"] and (row["phone_masked"] or row["id_masked"]) for row in case.parties)
    found = {Paper.COMPLAINANT} if known else set()
    return frozenset(found | ({Paper.RESPONDENT} if case.counterpart_id is not None else set()))


def needless(asked: Collection[Paper], held: Collection[Paper], on: date) -> tuple[Paper, ...]:
    """Those of the papers that must not be asked for: outside the article's list, or held already.

    >>> needless((Paper.CLAIM, Paper.OTHER), (), date(2026, 3, 2))
    (<Paper.OTHER: 'other'>,)
    """
    given = tuple(map(str, asked))
    outcome = _decided(PAPERS, on, {"asked": given, "already_held": tuple(map(str, held))})
    return tuple(Paper(name) for name in outcome) if isinstance(outcome, tuple) else ()


def too_many(representatives: int, on: date) -> bool:
    """Whether more representatives would come than the article allows.

    >>> too_many(5, date(2026, 3, 2)), too_many(6, date(2026, 3, 2))
    (False, True)
    """
    rule = book().rule(REPRESENTATIVES)
    version = rule.at(on)
    if version is None:
        return False
    return decide(rule, version, {"representatives": representatives}).verdict is not Verdict.PASS


def is_major(finding: MajorFinding, on: date) -> bool:
    """Whether one of the article's three cases is given.

    >>> is_major(MajorFinding(MajorCause.OTHER, "", 20), date(2026, 3, 2))
    True
    """
    facts = {
        "cause": str(finding.cause),
        "face_to_face_persons": finding.face_to_face_persons,
        "regulator_designated": finding.regulator_designated,
    }
    return _decided(MAJOR, on, facts) is True


def _decided(rule_id: str, on: date, facts: dict[str, Any]) -> Any:
    """The rule's value of that day, None where it did not stand yet."""
    rule = book().rule(rule_id)
    version = rule.at(on)
    return None if version is None else decide(rule, version, facts).value
