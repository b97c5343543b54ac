"""No path leaves the table; what ends stays ended; every command is somewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain import access, events, guards, lifecycle
from xiaobao.duties.complaints.domain.values import OPEN_STAGES, UNDECIDED_STAGES, Command, Stage
from xiaobao.kernel.errors import IllegalStep
from xiaobao.kernel.roles import ADMIN_ROLES, Role

ENDS = {Stage.TRANSFERRED, Stage.WITHDRAWN, Stage.MERGED, Stage.ARCHIVED}


@given(st.lists(st.sampled_from(list(Command)), max_size=60))
def test_no_path_leaves_the_table(path: list[Command]) -> None:
    stage = Stage.DRAFT
    for command in path:
        before = stage
        try:
            stage = lifecycle.step(stage, command)
        except IllegalStep:
            assert (before, command) not in lifecycle.TABLE
        else:
            assert lifecycle.TABLE[before, command] is stage


@given(st.lists(st.sampled_from(list(Command)), max_size=60))
def test_what_ends_stays_ended(path: list[Command]) -> None:
    stage, ended = Stage.DRAFT, None
    for command in path:
        if (stage, command) in lifecycle.TABLE:
            stage = lifecycle.TABLE[stage, command]
        ended = ended or (stage if stage in ENDS else None)
    assert ended is None or stage is ended


@given(st.lists(st.sampled_from(list(Command)), max_size=80))
def test_closed_was_always_replied_before(path: list[Command]) -> None:
    stage, replied = Stage.DRAFT, False
    for command in path:
        if (stage, command) not in lifecycle.TABLE:
            continue
        stage = lifecycle.TABLE[stage, command]
        replied = (replied or stage is Stage.REPLIED) and command is not Command.REOPEN
        assert replied or stage not in {Stage.CLOSED, Stage.RECHECK}


def test_every_stage_is_reached_from_the_start() -> None:
    reached, grew = {Stage.DRAFT}, True
    while grew:
        more = {to for (source, _), to in lifecycle.TABLE.items() if source in reached} - reached
        grew, reached = bool(more), reached | more
    assert reached == set(Stage)


def test_open_and_undecided_agree_with_the_table() -> None:
    assert UNDECIDED_STAGES < OPEN_STAGES
    assert {stage for stage in Stage if not lifecycle.commands_from(stage)} == ENDS
    assert not ENDS & OPEN_STAGES


@pytest.mark.parametrize("command", list(Command))
def test_every_command_has_guards_an_event_a_post_and_a_row(command: Command) -> None:
    assert command in guards.GUARDS
    assert command in events.NAMES
    assert any(command in commands for commands in access.ACCESS.values())
    assert any(known is command for _, known in lifecycle.TABLE)


def test_admin_posts_do_nothing_and_read_nothing() -> None:
    for role in ADMIN_ROLES:
        assert access.ACCESS[role] == frozenset()
        assert role not in access.READERS | access.REVEALERS | access.NOTICE_ISSUERS
    assert set(access.ACCESS) == set(Role)


def test_the_diagram_shows_every_move() -> None:
    text = lifecycle.diagram()
    moves = {(a, c) for (a, c), b in lifecycle.TABLE.items() if a is not b}
    assert text.count("-->") == len(moves)
    assert "registered --> accepted: 受理" in text
