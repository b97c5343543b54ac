"""From a dossier to the facts the guards ask for: each fact turns on what the record says of it, and on nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from xiaobao.duties.complaints.domain.facts import facts_of, recused
from xiaobao.duties.complaints.domain.guards import CaseFacts
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    Channel,
    Command,
    Complexity,
    DueSource,
    RedressKind,
    Stage,
)
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.kernel.roles import Role

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
TODAY = date(2026, 3, 10)
OUTLET, BRANCH, HEAD = "0001.0002.0001.", "0001.0002.", "0001."
BLANK: dict[str, Any] = {
    one.name: {"str": "", "int": 0, "bool": False}.get(str(one.type))
    for one in fields(Dossier)
    if one.type != "tuple[Mapping[str, Any], ...]"
}
CASE = Dossier(
    **{
        **BLANK,
        "stage": Stage.HANDLING,
        "channel": Channel.PHONE,
        "complexity": Complexity.SIMPLE,
        "due_source": DueSource.LEGAL,
        "received_at": NOON,
        "received_on": NOON.date(),
        "entered_at": NOON,
        "org_path": OUTLET,
        "due_on": date(2026, 3, 17),
        "legal_due_on": date(2026, 3, 17),
    }
)


def actor(role: Role = Role.HANDLER, user_id: int = 1, scope: str = OUTLET) -> Actor:
    return Actor(user_id, "某", frozenset({role}), scope, scope)


def facts(case: Dossier = CASE, command: Command = Command.PROPOSE, who: Actor | None = None) -> CaseFacts:
    return facts_of(case, actor=who or actor(), command=command, today=TODAY)


def note(**told: Any) -> dict[str, Any]:
    return {"evidence": [], "none_because": "", **told}


def decision(**told: Any) -> dict[str, Any]:
    base = {
        "state": "proposed",
        "findings": "查明",
        "legal_basis": "合同",
        "redress": "none",
        "redress_fen": 0,
    }
    dates = {"redress_due_on": None, "redress_paid_on": None}
    return {**base, **dates, "proposed_by_id": 7, "decided_by_id": None, **told}


def letter(**told: Any) -> dict[str, Any]:
    return {"wants_report": True, "reported_at": None, **told}


TURNS: list[tuple[str, dict[str, Any], bool]] = [
    ("has_identity", {"parties": ({"name_masked": "王*"},)}, True),
    ("has_identity", {"anonymous_reason": "匿名"}, True),
    ("has_facts", {"facts": "经过"}, True),
    ("has_facts", {"facts": " \n"}, False),
    ("has_unit", {"handling_path": OUTLET}, True),
    ("has_handler", {"handler_id": 0}, True),
    ("clock_started", {"clock_events": ({"kind": "start"},)}, True),
    ("referrals_entered", {"channel": Channel.NFRA}, False),
    ("referrals_entered", {"channel": Channel.HOTLINE_12345, "referrals": (letter(),)}, True),
    ("evidence_or_reason", {"notes": (note(),)}, False),
    ("evidence_or_reason", {"notes": (note(), note(none_because="口头"))}, True),
    ("evidence_or_reason", {"notes": (note(evidence=[{"id": 1}]),)}, True),
    ("is_coded", {"channel_code": "A1.1", "business_code": "B3"}, False),
    ("is_coded", {"channel_code": "A1.1", "business_code": "B3", "reason_code": "C3"}, True),
    ("amount_if_money", {"business_code": "B3", "reason_code": "C8"}, False),
    ("amount_if_money", {"business_code": "B3", "reason_code": "C8", "amount_fen": 0}, True),
    ("is_proposed", {"decisions": (decision(state="proposed"),)}, True),
    ("is_proposed", {"decisions": (decision(state="proposed"), decision(state="returned"))}, False),
    ("is_approved", {"decisions": (decision(state="returned"), decision(state="approved"))}, True),
    ("is_approved", {"decisions": (decision(state="approved"), decision(state="proposed"))}, False),
    ("redress_settled", {"decisions": (decision(redress=RedressKind.REFUND),)}, False),
    ("redress_settled", {"decisions": (decision(redress=RedressKind.REFUND, redress_due_on=TODAY),)}, True),
    ("redress_settled", {"decisions": (decision(redress=RedressKind.REFUND, redress_paid_on=TODAY),)}, True),
    ("redress_settled", {"decisions": (decision(redress=RedressKind.APOLOGY),)}, True),
    ("delivery_proved", {"replies": ({"told_on": TODAY, "proof": "", "evidence": []},)}, False),
    ("delivery_proved", {"replies": ({"told_on": None, "proof": "回执", "evidence": []},)}, False),
    ("delivery_proved", {"replies": ({"told_on": TODAY, "proof": "回执", "evidence": []},)}, True),
    ("delivery_proved", {"replies": ({"told_on": TODAY, "proof": "", "evidence": [1]},)}, True),
    ("has_cause", {"cause": "披露不足"}, True),
    ("reports_sent", {"referrals": (letter(),)}, False),
    ("reports_sent", {"referrals": (letter(reported_at=NOON), letter(wants_report=False))}, True),
    ("reports_sent", {"referrals": (letter(reported_at=NOON), letter())}, False),
    ("from_source", {"source_system": "gov_zh"}, True),
    ("is_paused", {"is_paused": True}, True),
]


@pytest.mark.parametrize(
    ("name", "told", "holds"), TURNS, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(TURNS)]
)
def test_a_fact_is_what_the_record_says(name: str, told: dict[str, Any], holds: bool) -> None:
    assert getattr(facts(replace(CASE, **told)), name) is holds


def test_an_empty_record_promises_nothing() -> None:
    bare = facts()
    meant = {
        "has_identity",
        "has_facts",
        "is_coded",
        "is_proposed",
        "is_approved",
        "delivery_proved",
        "has_cause",
    }
    assert {name for name in meant if getattr(bare, name)} == set()
    assert (bare.reports_sent, bare.redress_settled, bare.referrals_entered) == (True, True, True)


# ---- recusal (第十七条) ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counterpart", "unit", "handler", "why"),
    [
        (None, OUTLET, 5, ""),
        (5, OUTLET, 5, "person"),
        (5, BRANCH, 5, "person"),
        (5, OUTLET, 6, "unit"),
        (5, f"{OUTLET}0001.", 6, "unit"),
        (5, OUTLET, None, "unit"),
        (5, BRANCH, 6, ""),
        (5, "0001.0002.0002.", 6, ""),
        (5, HEAD, None, ""),
    ],
)
def test_neither_the_person_complained_of_nor_their_unit_handles_it(
    counterpart: int | None, unit: str, handler: int | None, why: str
) -> None:
    assert recused(replace(CASE, counterpart_id=counterpart), unit_path=unit, handler_id=handler) == why


# ---- four eyes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("user_id", "proposer", "handler", "passes"),
    [(1, 7, 8, True), (7, 7, 8, False), (8, 7, 8, False), (7, 7, 7, False), (1, None, None, True)],
)
def test_who_proposed_or_handles_does_not_approve(
    user_id: int, proposer: int | None, handler: int | None, passes: bool
) -> None:
    case = replace(CASE, decisions=(decision(proposed_by_id=proposer),), handler_id=handler)
    assert facts(case, Command.APPROVE, actor(Role.EXECUTIVE, user_id)).four_eyes is passes


def test_who_decided_does_not_recheck_and_who_asked_does_not_grant() -> None:
    case = replace(CASE, decisions=(decision(decided_by_id=3),), extensions=(extension(asked_by_id=4),))
    head = actor(Role.LEADER, 3, HEAD)
    assert facts(case, Command.CONCLUDE, head).four_eyes is False
    assert facts(case, Command.CONCLUDE, replace(head, user_id=4)).four_eyes is True
    assert facts(case, Command.GRANT, replace(head, user_id=4)).four_eyes is False
    assert facts(case, Command.GRANT, head).four_eyes is True


def test_the_system_is_nobodys_second_pair_of_eyes_but_its_own() -> None:
    case = replace(CASE, decisions=(decision(proposed_by_id=None),))
    assert facts(case, Command.APPROVE, system_actor("测试")).four_eyes is True


@pytest.mark.parametrize(
    ("fen", "is_regulator", "role", "passes"),
    [
        (100_000, False, Role.UNIT_HEAD, True),
        (100_001, False, Role.UNIT_HEAD, False),
        (100_001, False, Role.LEADER, True),
        (5_000_000, False, Role.LEADER, True),
        (5_000_001, False, Role.LEADER, False),
        (5_000_001, False, Role.EXECUTIVE, True),
        (0, True, Role.UNIT_HEAD, False),
        (0, True, Role.LEADER, True),
        (0, False, Role.HANDLER, False),
        (0, False, Role.OFFICER, False),
    ],
)
def test_the_approvers_level_turns_at_the_cent(
    fen: int, is_regulator: bool, role: Role, passes: bool
) -> None:
    case = replace(CASE, decisions=(decision(redress_fen=fen),), is_regulator=is_regulator)
    assert facts(case, Command.APPROVE, actor(role)).approver_level is passes


# ---- extensions (第十八条) -------------------------------------------------------------------


def extension(**told: Any) -> dict[str, Any]:
    base = {"state": "asked", "to": "complex", "old_due_on": date(2026, 3, 17), "told_at": None}
    return {**base, "asked_by_id": 1, **told}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), (False, False, True, True)),
        ((extension(),), (True, False, True, False)),
        ((extension(state="granted"),), (False, True, True, True)),
        ((extension(state="granted", told_at=NOON),), (False, False, True, True)),
        ((extension(state="granted", old_due_on=date(2026, 3, 9)),), (False, True, False, True)),
        ((extension(state="granted", old_due_on=TODAY),), (False, True, True, True)),
        ((extension(state="denied"),), (False, False, True, True)),
    ],
)
def test_an_extension_is_asked_granted_told_and_then_spent(
    rows: tuple[dict[str, Any], ...], expected: tuple[bool, bool, bool, bool]
) -> None:
    found = facts(replace(CASE, extensions=rows))
    assert (
        found.extension_asked,
        found.extension_granted,
        found.extension_told,
        found.extension_left,
    ) == expected


def test_an_untold_extension_blocks_nothing_once_the_breach_is_on_record() -> None:
    late = replace(CASE, extensions=(extension(state="granted", old_due_on=date(2026, 3, 9)),))
    assert facts(late).extension_told is False
    assert facts(replace(late, clock_events=({"kind": "breach"},))).extension_told is True


@pytest.mark.parametrize(
    ("legal", "rows", "within"),
    [
        (date(2026, 3, 10), (), True),
        (date(2026, 3, 9), (), False),
        (None, (), True),
        (date(2026, 3, 9), (extension(old_due_on=TODAY),), True),
        (date(2026, 3, 30), (extension(old_due_on=date(2026, 3, 9)),), False),
    ],
)
def test_an_extension_is_asked_and_answered_up_to_the_last_day_and_no_later(
    legal: date | None, rows: tuple[dict[str, Any], ...], within: bool
) -> None:
    assert facts(replace(CASE, legal_due_on=legal, extensions=rows), Command.EXTEND).within_due is within


def test_sixty_days_are_the_last_extension() -> None:
    assert facts(replace(CASE, complexity=Complexity.COMPLEX)).extension_left is True
    assert facts(replace(CASE, complexity=Complexity.SPECIAL)).extension_left is False
