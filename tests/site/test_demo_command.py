"""`xiaobao demo`: builds once, keeps, rebuilds on wish, and never touches what is not its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.postgres import Cluster

XIAOBAO = Path(sys.executable).with_name("xiaobao")
TINY = ("--scale", "0.002")


def run(var: Path, *arguments: str, url: str = "") -> subprocess.CompletedProcess[str]:
    """The command on a folder of its own."""
    env = os.environ | {"XIAOBAO_VAR": str(var), "XIAOBAO_DATABASE_URL": url}
    return subprocess.run([XIAOBAO, *arguments], env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    var = tmp_path_factory.mktemp("bank")
    done = run(var, "demo", *TINY)
    assert done.returncode == 0, done.stderr
    (var / "told").write_text(done.stderr)
    return var


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def _count(var: Path, table: str) -> int:
    with closing(sqlite3.connect(var / "xiaobao.sqlite3")) as link:
        return int(link.execute(f"select count(*) from {table}").fetchone()[0])


@pytest.mark.xdist_group("demo")
def test_the_bank_is_built_with_outlets_complaints_and_a_mark(built: Path) -> None:
    assert _count(built, "people_orgunit") == 366
    assert _count(built, "complaints_complaint") >= 12
    assert json.loads((built / "demo.json").read_text())["finished"] is True


@pytest.mark.xdist_group("demo")
def test_the_year_is_told_to_its_end_and_work_is_open_today(built: Path) -> None:
    with closing(sqlite3.connect(built / "xiaobao.sqlite3")) as link:
        year = "from complaints_complaint where received_on < '2021-01-01'"
        assert link.execute(f"select count(*) {year} and is_open").fetchone() == (0,)
        assert link.execute(f"select count(*) {year}").fetchone() == (8,)
        assert link.execute("select count(*) from complaints_emergencynotice").fetchone() == (4,)
        open_now = link.execute("select count(*) from complaints_complaint where is_open").fetchone()[0]
    assert 15 <= open_now <= 40


@pytest.mark.xdist_group("demo")
def test_every_state_of_work_is_there_today(built: Path) -> None:
    with closing(sqlite3.connect(built / "xiaobao.sqlite3")) as link:
        stages = {row[0] for row in link.execute("select stage from complaints_complaint where is_open")}
        paused = link.execute("select count(*) from complaints_complaint where is_paused").fetchone()[0]
        asked = {row[0] for row in link.execute("select state from complaints_extension")}
        letters = link.execute("select count(*) from complaints_referral").fetchone()[0]
        files = {row[0].rpartition(".")[2] for row in link.execute("select name from evidence_evidence")}
        tasks = link.execute("select count(*) from inbox_task where state = 'open'").fetchone()[0]
    assert stages == {"registered", "accepted", "handling", "pending", "replied", "recheck"}
    assert paused == 1
    assert {"asked", "granted"} <= asked
    assert letters >= 4
    assert {"docx", "png"} <= files
    assert tasks >= 15


@pytest.mark.xdist_group("demo")
def test_notes_say_either_what_was_laid_in_or_why_nothing(built: Path) -> None:
    with closing(sqlite3.connect(built / "xiaobao.sqlite3")) as link:
        notes = link.execute("select evidence, none_because from complaints_note").fetchall()
    assert all((files != "[]") != bool(reason) for files, reason in notes)
    assert sum(files != "[]" for files, _ in notes) >= 10


@pytest.mark.xdist_group("demo")
def test_the_integration_account_has_a_token_that_was_shown_once(built: Path) -> None:
    shown = (built / "told").read_text().split("API token, shown once:")[1].split()[0]
    assert shown.startswith("xb_")
    with closing(sqlite3.connect(built / "xiaobao.sqlite3")) as link:
        rows = link.execute("select hint, expires_at > '2021-12-31' from integrations_apitoken").fetchall()
        kept = "\n".join(link.iterdump())
    assert rows == [(shown[:8], 1)]
    assert shown not in kept


@pytest.mark.xdist_group("demo")
def test_a_folder_of_statutes_that_is_not_there_is_said(built: Path, tmp_path: Path) -> None:
    wrong = run(built, "demo", *TINY, "--law", str(tmp_path / "nowhere"))
    assert wrong.returncode == 2
    assert "nowhere" in wrong.stderr


@pytest.mark.real
@pytest.mark.xdist_group("demo")
def test_the_statutes_at_hand_fill_the_library(built: Path, shared: Path) -> None:
    folder = str(shared / "data/regulations")
    first, second = (run(built, "demo", *TINY, "--law", folder) for _ in range(2))
    assert first.returncode == second.returncode == 0, first.stderr
    assert "法规库：已导入" in first.stderr
    assert "法规库" not in second.stderr
    assert _count(built, "law_version") > 20


@pytest.mark.xdist_group("demo")
def test_a_second_run_keeps_everything(built: Path) -> None:
    before = (built / "xiaobao.sqlite3").stat().st_mtime_ns
    done = run(built, "demo", *TINY)
    assert done.returncode == 0
    assert "数据保留" in done.stderr
    assert (built / "xiaobao.sqlite3").stat().st_mtime_ns == before


def test_a_busy_port_is_said_before_anything_is_built(tmp_path: Path, taken: int) -> None:
    done = run(tmp_path, "demo", "--serve", "--port", str(taken))
    assert done.returncode == 2
    assert f"{taken} 已被占用" in done.stderr
    assert not (tmp_path / "xiaobao.sqlite3").exists()


@pytest.mark.parametrize("scale", ["0", "-1", "9"])
def test_an_impossible_scale_is_refused(tmp_path: Path, scale: str) -> None:
    done = run(tmp_path, "demo", "--scale", scale)
    assert done.returncode == 2
    assert "--scale" in done.stderr


@pytest.mark.parametrize("fresh", [(), ("--fresh",)])
def test_a_real_bank_is_left_alone(tmp_path: Path, fresh: tuple[str, ...]) -> None:
    made = run(tmp_path, "manage", "migrate", "-v", "0")
    assert made.returncode == 0, made.stderr
    with closing(sqlite3.connect(tmp_path / "xiaobao.sqlite3")) as link:
        link.execute(
            "insert into people_orgunit (code, name, kind, path, is_active, created_at)"
            " values ('HO', '真银行', 'head_office', '0001.', 1, '2026-01-01')"
        )
        link.commit()
    done = run(tmp_path, "demo", *TINY, *fresh)
    assert done.returncode == 2
    assert "未作任何改动" in done.stderr
    assert _count(tmp_path, "people_orgunit") == 1


def test_an_unfinished_build_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text(
        '{"database": "sqlite", "scale": 0.1, "year": 2020, "finished": false}'
    )
    (tmp_path / "xiaobao.sqlite3").write_bytes(b"")
    (tmp_path / "keep.txt").write_text("mine")
    done = run(tmp_path, "demo", *TINY)
    assert done.returncode == 0, done.stderr
    assert _count(tmp_path, "people_orgunit") == 366
    assert (tmp_path / "keep.txt").read_text() == "mine"


@pytest.mark.xdist_group("demo")
def test_it_serves_tells_the_accounts_and_ends_cleanly(built: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {"XIAOBAO_VAR": str(built), "XIAOBAO_DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    serving = subprocess.Popen(
        [XIAOBAO, "demo", "--serve", "--port", str(port)], env=env, stdout=subprocess.PIPE, text=True
    )
    try:
        page = _first_page(port)
    finally:
        serving.send_signal(signal.SIGINT)
        told = serving.communicate(timeout=20)[0]
    assert "用户名" in page
    assert f"http://127.0.0.1:{port}/" in told
    assert "officer" in told
    assert serving.returncode == 0


def _first_page(port: int) -> str:
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/") as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.1)
    raise AssertionError("no page within 20 seconds")


@pytest.mark.postgres
def test_it_builds_on_postgresql_and_fresh_empties_only_its_own(
    tmp_path: Path, cluster: Cluster, pg: str
) -> None:
    first = run(tmp_path, "demo", *TINY, url=pg)
    assert first.returncode == 0, first.stderr
    again = run(tmp_path, "demo", *TINY, "--fresh", url=pg)
    assert again.returncode == 0, again.stderr
    assert "building" in again.stderr
    other = run(tmp_path, "demo", *TINY, "--fresh", url=cluster.create("another"))
    assert other.returncode == 0, other.stderr
    kept = run(tmp_path, "manage", "shell", "-v", "0", "-c", _COUNT, url=pg)
    assert kept.stdout.strip() == "366", kept.stderr


_COUNT = "from xiaobao.base.people.models import OrgUnit; print(OrgUnit.objects.count())"
