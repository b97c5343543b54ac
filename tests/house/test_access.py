"""Who may do what is literal and complete: every command stands in its table, every service asks an actor."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

from tests.house.source import SRC, name_of, open_functions
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain import access, lifecycle
from xiaobao.duties.complaints.domain.values import Command
from xiaobao.kernel.roles import Role

TABLES = sorted(path for path in SRC.glob("*/*/**/access.py"))
ACTING = ("people", "audit", "evidence", "inbox", "figures", "complaints", "integrations")


def _module(path: Path) -> str:
    return path.relative_to(SRC.parent).with_suffix("").as_posix().replace("/", ".")


@pytest.mark.parametrize("path", TABLES, ids=name_of)
def test_every_post_has_its_line_in_each_access_table(path: Path) -> None:
    table = getattr(importlib.import_module(_module(path)), "ACCESS", None)
    if table is not None and all(isinstance(key, Role) for key in table):
        assert set(table) == set(Role)


def test_there_are_access_tables_to_check() -> None:
    assert len(TABLES) >= 4


def test_every_command_is_somebodys() -> None:
    given = frozenset().union(
        *(commands for role, commands in access.ACCESS.items() if role is not Role.SYSTEM)
    )
    assert set(Command) - given == {Command.ARCHIVE}  # history comes in by the importer alone


def test_every_command_has_a_row_in_the_table_of_steps() -> None:
    assert {command for _, command in lifecycle.TABLE} == set(Command)


@pytest.mark.parametrize("command", Command)
def test_every_command_has_its_service(command: Command) -> None:
    assert callable(getattr(services, f"complaint_{command}"))


def test_the_admin_posts_hold_no_command_on_complaints() -> None:
    for role in (
        Role.SYSTEM_ADMIN,
        Role.AUDIT_ADMIN,
        Role.SECURITY_ADMIN,
        Role.EXAMINER,
        Role.INTERNAL_AUDIT,
    ):
        assert access.ACCESS[role] == frozenset()
        assert (role in access.READERS) == (role in {Role.EXAMINER, Role.INTERNAL_AUDIT})


def _services() -> list[Path]:
    rooms = [folder for name in ACTING for folder in SRC.glob(f"*/{name}")]
    files = [
        path for room in rooms for path in (room / "services.py", *sorted((room / "services").glob("*.py")))
    ]
    return [path for path in files if path.exists()]


@pytest.mark.parametrize("path", _services(), ids=name_of)
def test_every_command_takes_its_actor_by_keyword(path: Path) -> None:
    for node in open_functions(path):
        arguments = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        if not node.name.startswith("_") and "actor" in [argument.arg for argument in node.args.kwonlyargs]:
            assert node.args.kwonlyargs[0].arg == "actor", f"{node.name}: the actor comes first"
            assert not arguments, f"{node.name}: keywords only"


def test_a_noun_and_a_verb_name_each_command() -> None:
    named = [
        name for name in dir(services) if name.startswith(("complaint_", "complaints_", "notice_", "draft_"))
    ]
    tree = ast.parse((SRC / "duties/complaints/services/__init__.py").read_text(encoding="utf-8"))
    offered = {item.name for node in tree.body if isinstance(node, ast.ImportFrom) for item in node.names}
    assert set(named) <= offered
