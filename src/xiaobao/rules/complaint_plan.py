"""The complaint rules of one day compiled into plain numbers and ready sentences, once a change date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from xiaobao.rules.book import RuleBook, Snapshot
from xiaobao.rules.calendar import Calendar
from xiaobao.rules.complaint_facts import Complexity
from xiaobao.rules.instruments import cite_zh, least_sure
from xiaobao.rules.values import Cite, Confidence, Role, Step, Version


class Plain(NamedTuple):
    """The base period of one complexity: days, rule, version and the sentences that never change."""

    days: int
    rule: str
    version: str
    fixed: tuple[Step, ...]
    span: timedelta
    is_complex: bool


class Pboc(NamedTuple):
    """The PBOC's own clock for transfers (P01:43)."""

    days: int
    most: int
    by: tuple[str, ...]
    version: str
    cite: Cite


class Plan(NamedTuple):
    """Numbers, posts and citations of the complaint clock on one day.

    `opened` and `closed` keep the first and the last sentences by day: they are the same for every complaint of it.
    """

    base: dict[Complexity, Plain]
    further: int
    approvers: tuple[str, ...]
    special_version: str
    cites: dict[str, Cite]
    day_zero: str
    day_zero_zh: str
    inclusive: str
    no_roll: Step
    pboc: Pboc | None
    nfra: Step
    confidence: Confidence
    basis: str
    track: str
    opened: dict[date, Step]
    closed: dict[Calendar, dict[date, tuple[Step, ...]]]

    def cite(self, rule: str) -> str:
        """The full citation the rule stands on."""
        return self.cites[rule].full

    def cite_zh(self, rule: str) -> str:
        """The same in Chinese."""
        return cite_zh(self.cites[rule])


OWN_FIELDS = len(Plan._fields) - 2  # all but the sentences kept by day
NEEDED = ("CMP-002", "CMP-003", "CMP-004", "CMP-005", "CMP-007", "CMP-008", "CMP-009", "CMP-010", "CMP-022")


# What every complaint's day stands on; the other rules only where their event happens.
_BASE = ("CMP-002", "CMP-003", "CMP-004", "CMP-005")


def plan_for(rules: RuleBook, received_on: date) -> Plan | None:
    """The plan for complaints received that day; None when no statutory period was in force."""
    at = rules.place(received_on)
    if at not in rules.compiled:
        rules.compiled[at] = _shared(rules, rules.at(received_on))
    plan: Plan | None = rules.compiled[at]
    return plan


def _shared(rules: RuleBook, snapshot: Snapshot) -> Plan | None:
    """One plan for all spans in which the complaint's rules are the same, however often others change."""
    made = _compile(snapshot)
    for known in rules.compiled.values():
        if made is not None and known is not None and made[:OWN_FIELDS] == known[:OWN_FIELDS]:
            return known  # type: ignore[no-any-return]
    return made


def _compile(snapshot: Snapshot) -> Plan | None:
    if any(rule not in snapshot for rule in NEEDED):
        return None
    counting, special = snapshot["CMP-002"], snapshot["CMP-005"]
    basis = snapshot["CMP-003"].cites[0]
    zero = _role(counting, Role.COUNTING, "201")
    roll = _role(counting, Role.EXCEPTION, "203")
    complex_ = _plain(snapshot, "CMP-004", Complexity.COMPLEX, counting)
    return Plan(
        base={
            Complexity.SIMPLE: _plain(snapshot, "CMP-003", Complexity.SIMPLE, counting),
            Complexity.COMPLEX: complex_,
            Complexity.SPECIAL: complex_,
        },
        further=special.params.length,
        approvers=special.params.by,
        special_version=special.name,
        cites={rule: snapshot[rule].cites[0] for rule in NEEDED},
        day_zero=zero.full,
        day_zero_zh=cite_zh(zero),
        inclusive=_role(counting, Role.COUNTING, "43.1").full,
        no_roll=Step(
            f"届满日逢节假日不顺延：从严解释，本行口径（{cite_zh(roll)}未采用）", None, roll.full, ours=True
        ),
        pboc=_pboc(snapshot.get("CMP-023")),
        nfra=_nfra(snapshot["CMP-022"]),
        confidence=least_sure(*(snapshot[rule].confidence for rule in _BASE)),
        basis=basis.full,
        track=f"{cite_zh(basis)}的期限",
        opened={},
        closed={},
    )


def _role(version: Version, role: Role, article: str) -> Cite:
    return next(cite for cite in version.cites if cite.role is role and cite.loc.startswith(article))


def _plain(snapshot: Snapshot, rule: str, complexity: Complexity, counting: Version) -> Plain:
    version = snapshot[rule]
    basis = version.cites[0]
    length = version.params.length
    natural = counting.cites[0]
    return Plain(
        length,
        rule,
        version.name,
        (
            Step(
                f"{complexity.label}，{length}日（{cite_zh(basis)}，{basis.version}起施行）",
                length,
                basis.full,
            ),
            Step(f"日为自然日，末日计入（{cite_zh(natural)}）", None, natural.full),
        ),
        timedelta(length),
        complexity is Complexity.COMPLEX,
    )


def _pboc(version: Version | None) -> Pboc | None:
    if version is None:
        return None
    params = version.params
    return Pboc(params.length, params.extended, params.by, version.name, version.cites[0])


def _nfra(version: Version) -> Step:
    cite = version.cites[0]
    return Step(f"监管转送：期限自本行收到之日起算，本行口径（{cite_zh(cite)}）", None, cite.full, ours=True)
