"""A place that fails the command is told in one sentence each of Chinese and English, never with a traceback."""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError

from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotConfigured
from xiaobao.site import failures
from xiaobao.site.cli import COMMANDS

XIAOBAO = Path(sys.executable).with_name("xiaobao")
NOBODY_LISTENS = "postgresql://me:secret@127.0.0.1:1/xiaobao"

# One call of each command that opens the database; those that do not are named below.
CALLS: dict[str, tuple[str, ...]] = {
    "serve": ("--port", "0"),
    "demo": (),
    "tick": (),
    "law": ("list",),
    "complaints": ("report", "replies"),
    "figures": ("list",),
    "people": ("first-admins",),
    "audit": ("verify",),
    "manage": ("token_issue", "cti", "--name", "x", "--grant", "read"),
}
WITHOUT_DATABASE = set(COMMANDS) - set(CALLS)


def run(
    var: Path, *arguments: str, url: str = "", prepare: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command on a folder of its own."""
    env = os.environ | {"XIAOBAO_VAR": str(var), "XIAOBAO_DATABASE_URL": url}
    command = [XIAOBAO, *arguments]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, check=False, preexec_fn=prepare, timeout=60
    )


@pytest.mark.parametrize("name", CALLS)
def test_a_database_that_is_away_is_said_by_every_command(tmp_path: Path, name: str) -> None:
    done = run(tmp_path, name, *CALLS[name], url=NOBODY_LISTENS)
    assert done.returncode == 2
    assert "连不上数据库" in done.stderr
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert done.stdout == ""


def test_commands_without_a_database_do_not_import_django() -> None:
    names = ", ".join(f"'{COMMANDS[name][0]}'" for name in sorted(WITHOUT_DATABASE))
    code = (
        f"import importlib, sys\nfor name in ({names},): importlib.import_module('xiaobao.site.commands.' + name)\n"
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_wrong_address_of_the_database_is_said(tmp_path: Path) -> None:
    done = run(tmp_path, "tick", url="mysql://db/xiaobao")
    assert done.returncode == 2
    assert "只支持 postgresql://" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["tick", "manage"])
def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = run(tmp_path / "file" / "var", name, *CALLS[name])
    assert done.returncode == 2
    assert "XIAOBAO_VAR" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_said_and_kept(tmp_path: Path) -> None:
    content = b"these are somebody's notes, not a database" * 100
    (tmp_path / "xiaobao.sqlite3").write_bytes(content)
    done = run(tmp_path, "figures", "list")
    assert done.returncode == 2
    assert "不是 xiaobao 的数据库" in done.stderr
    assert (tmp_path / "xiaobao.sqlite3").read_bytes() == content


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    done = run(tmp_path, "figures", "list", prepare=no_room)
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("migrated")
    done = run(var, "manage", "migrate", "-v", "0")
    assert done.returncode == 0, done.stderr
    return var


def test_a_locked_database_is_said_by_a_command_that_writes(migrated: Path) -> None:
    with closing(sqlite3.connect(migrated / "xiaobao.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        done = run(migrated, "people", "first-admins")
    assert done.returncode == 2
    assert "正被另一个程序占用" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_refusal_of_a_managing_command_is_one_sentence(migrated: Path) -> None:
    done = run(migrated, "manage", *CALLS["manage"])
    assert done.returncode == 1
    assert done.stderr.strip() == "没有找到该人员，或不在您的管理范围内。"


def test_a_database_of_a_newer_version_is_left_alone(migrated: Path, tmp_path: Path) -> None:
    path = tmp_path / "xiaobao.sqlite3"
    path.write_bytes((migrated / "xiaobao.sqlite3").read_bytes())
    with closing(sqlite3.connect(path)) as link:
        link.execute(
            "insert into django_migrations (app, name, applied) values ('complaints', '0999_later', '2030-01-01')"
        )
        link.commit()
    done = run(tmp_path, "figures", "list")
    assert done.returncode == 2
    assert "更新版本" in done.stderr
    assert "complaints.0999_later" in done.stderr


@pytest.mark.parametrize(
    ("error", "word", "code"),
    [
        (OperationalError("database is locked"), "占用", 2),
        (OperationalError("database or disk is full"), "磁盘已满", 2),
        (OperationalError("attempt to write a readonly database"), "XIAOBAO_VAR", 2),
        (DatabaseError("file is not a database"), "备份", 2),
        (InterfaceError("connection already closed"), "连不上", 2),
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满", 2),
        (InvalidInput("x", say="请填写"), "请填写", 2),
        (NotConfigured("x", say="没有配置"), "没有配置", 2),
        (NotAllowed("x", say="没有权限"), "没有权限", 1),
        (IllegalStep("complaint.step", command="办结", stage="已登记", latest=""), "办结", 1),
    ],
)
def test_what_is_said_and_the_exit_code(error: Exception, word: str, code: int) -> None:
    told = failures.explain(error)
    assert told is not None
    assert word in told[0]
    assert told[1] == code


@pytest.mark.parametrize(
    "error", [ValueError("ours"), IntegrityError("ours"), FileNotFoundError(errno.ENOENT, "no", "/elsewhere")]
)
def test_a_fault_of_our_own_keeps_its_traceback(error: Exception) -> None:
    assert failures.explain(error) is None
