"""Steps, posts and guards against tables written from the specification, never from the product's own."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from xiaobao.duties.complaints.domain import access, guards, lifecycle
from xiaobao.duties.complaints.domain.guards import CaseFacts
from xiaobao.duties.complaints.domain.values import OPEN_STAGES, Command, RemedyKind, Stage
from xiaobao.kernel.errors import IllegalStep
from xiaobao.kernel.roles import Role

VECTORS = Path(__file__).parents[2] / "vectors"


def rows(name: str) -> list[dict[str, str]]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STEPS, POSTS, GUARDS = (rows(f"complaint_{name}.csv") for name in ("steps", "posts", "guards"))
CELLS = [(Stage(stage), Command(row["command"]), row[stage]) for row in STEPS for stage in Stage]


@pytest.mark.parametrize(("stage", "command", "expected"), CELLS)
def test_every_command_in_every_stage_leads_where_the_specification_says(
    stage: Stage, command: Command, expected: str
) -> None:
    if expected:
        assert lifecycle.step(stage, command) == expected
        return
    with pytest.raises(IllegalStep) as caught:
        lifecycle.step(stage, command)
    assert caught.value.facts == {"stage": stage.label, "command": command.label}


def test_the_tables_leave_out_no_command_no_stage_and_no_post() -> None:
    assert [row["command"] for row in STEPS] == [row["command"] for row in POSTS]
    assert {row["command"] for row in STEPS} == {row["command"] for row in GUARDS} == set(Command)
    assert set(STEPS[0]) == {"command", "source", *Stage}
    assert set(POSTS[0]) == {"command", "why", *Role}


@pytest.mark.parametrize("row", POSTS, ids=[row["command"] for row in POSTS])
def test_every_post_may_do_what_the_office_gave_it_and_nothing_else(row: dict[str, str]) -> None:
    command = Command(row["command"])
    may = {role for role in Role if access.allowed(frozenset({role}), command)}
    assert may == {role for role in Role if row[role] == "x"}


def test_posts_held_together_add_up() -> None:
    both = frozenset({Role.HANDLER, Role.EXECUTIVE})
    assert access.allowed(both, Command.PROPOSE)
    assert access.allowed(both, Command.APPROVE)
    assert not access.allowed(both, Command.ACCEPT)
    assert not access.allowed(frozenset(), Command.RECEIVE)


NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
REMEDIES = frozenset(RemedyKind)
ALL_MET = replace(
    CaseFacts(NOON, NOON, date(2026, 3, 2), date(2026, 3, 17)),
    **{one.name: True for one in fields(CaseFacts) if one.type == "bool" and one.name != "is_paused"},
    remedies=REMEDIES,
)
LACKING = {
    "dates": {"received_at": NOON + timedelta(seconds=1)},
    "remedies": {"remedies": REMEDIES - {RemedyKind.ARBITRATION}},
    "not_paused": {"is_paused": True},
}


def lacking(fact: str) -> CaseFacts:
    """Everything in order but this one."""
    return replace(ALL_MET, **LACKING.get(fact, {fact: False}))  # type: ignore[arg-type]


def unmet(command: Command, facts: CaseFacts) -> list[str]:
    return [item.name for item in guards.examine(command, facts) if not item.ok]


@pytest.mark.parametrize("row", GUARDS, ids=[f"{row['command']}-{row['fact']}" for row in GUARDS])
def test_one_missing_condition_alone_is_named_with_its_rule_and_article(row: dict[str, str]) -> None:
    items = guards.examine(Command(row["command"]), lacking(row["fact"]))
    missing = [item for item in items if not item.ok]
    assert [(item.name, item.rule, item.article) for item in missing if item.missing] == [
        (row["fact"], row["rule"], row["article"])
    ]


def _by_command() -> Iterator[tuple[Command, list[str]]]:
    for command in Command:
        yield command, [row["fact"] for row in GUARDS if row["command"] == command]


@pytest.mark.parametrize(("command", "names"), list(_by_command()))
def test_a_command_asks_its_conditions_in_order_and_no_other(command: Command, names: list[str]) -> None:
    assert [item.name for item in guards.examine(command, ALL_MET)] == names
    waiting = replace(ALL_MET, is_paused=True) if "is_paused" in names else ALL_MET
    assert unmet(command, waiting) == []


@pytest.mark.parametrize("left_out", list(RemedyKind))
def test_a_reply_lacking_any_one_remedy_is_refused(left_out: RemedyKind) -> None:
    assert unmet(Command.REPLY, replace(ALL_MET, remedies=REMEDIES - {left_out})) == ["remedies"]


def test_received_in_the_very_second_of_entry_is_in_order() -> None:
    assert unmet(Command.ACCEPT, replace(ALL_MET, received_at=NOON, entered_at=NOON)) == []


@pytest.mark.parametrize("stage", list(Stage))
def test_work_is_left_exactly_where_somebody_still_owes_an_answer(stage: Stage) -> None:
    ended = {"draft", "closed", "declined", "transferred", "withdrawn", "merged", "archived"}
    assert (stage in OPEN_STAGES) is (stage not in ended)
