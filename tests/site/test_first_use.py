"""Two processes on one new database: one prepares it, the other says that it waits and finds it ready."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from xiaobao.site.boot import _LOCK_NUMBER

COMMAND = "from xiaobao.site.cli import main; import sys; sys.exit(main(['audit', 'verify', '--json']))"
PREPARING, WAITING = "数据库 / preparing the database: ", "another process is preparing the database: waiting"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database: '' is SQLite in the test's own folder."""
    return request.getfixturevalue("pg") if request.param == "postgresql" else ""


def start(url: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND],
        env=os.environ | {"XIAOBAO_VAR": str(folder), "XIAOBAO_DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def preparing(url: str, folder: Path) -> Iterator[None]:
    """Somebody else is at work on the database."""
    if url:
        import psycopg

        with psycopg.connect(url, autocommit=True) as link:
            link.execute("SELECT pg_advisory_lock(%s::bigint)", [_LOCK_NUMBER])
            yield
    else:
        with (folder / "xiaobao.sqlite3.migrating").open("ab") as beside:
            fcntl.flock(beside, fcntl.LOCK_EX)
            yield


def test_two_at_once_prepare_it_once(url: str, tmp_path: Path) -> None:
    both = [start(url, tmp_path) for _ in range(2)]
    ends = [(one.communicate(timeout=300)[1], one.returncode) for one in both]
    assert [code for _, code in ends] == [0, 0], ends
    assert sum(PREPARING in said for said, _ in ends) == 1, ends


def test_one_that_comes_later_says_that_it_waits(url: str, tmp_path: Path) -> None:
    with preparing(url, tmp_path):
        later = start(url, tmp_path)
        assert later.stderr is not None
        assert WAITING in later.stderr.readline()
    _, said = later.communicate(timeout=300)
    assert (later.returncode, PREPARING in said) == (0, True), said
