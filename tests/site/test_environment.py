"""What the environment sets, and the database it names."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from xiaobao.kernel.errors import NotConfigured
from xiaobao.site.settings.database import database_from_url
from xiaobao.site.settings.environment import Environment, var_folder


def read(tmp_path: Path, **names: str) -> Environment:
    return Environment.read({"XIAOBAO_VAR": str(tmp_path), **names})


def test_nothing_set_is_a_closed_installation_on_sqlite(tmp_path: Path) -> None:
    env = read(tmp_path)
    assert env.allowed_hosts == ["127.0.0.1", "localhost", "[::1]"]
    assert (env.trusted_origins, env.tls, env.demo, env.trusted_proxies, env.clamd) == (
        [],
        False,
        False,
        0,
        "",
    )
    assert database_from_url(env.database_url, env.var)["NAME"] == tmp_path / "xiaobao.sqlite3"


def test_the_address_people_type_is_host_and_trusted_origin(tmp_path: Path) -> None:
    env = read(tmp_path, XIAOBAO_URL="https://xb.example:8443", XIAOBAO_ALLOWED_HOSTS="a.example,b.example")
    assert env.allowed_hosts[:3] == ["a.example", "b.example", "xb.example"]
    assert env.trusted_origins == ["https://xb.example:8443"]


@pytest.mark.parametrize(("text", "on"), [("1", True), ("0", False), ("", False), ("yes", False)])
def test_a_switch_is_on_for_one_alone(tmp_path: Path, text: str, on: bool) -> None:
    env = read(tmp_path, XIAOBAO_TLS=text, XIAOBAO_DEMO=text)
    assert (env.tls, env.demo) == (on, on)


def test_the_secret_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key
    assert first == second
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert read(tmp_path, XIAOBAO_SECRET_KEY="given").secret_key == "given"


def test_the_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    assert var_folder({"XIAOBAO_VAR": str(tmp_path / "a/b")}).is_dir()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_folder_that_stood_open_is_closed_to_others(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir(mode=0o755)
    names = ("xiaobao.sqlite3", "xiaobao.sqlite3-wal", "xiaobao.sqlite3-shm")
    for name in names:
        (tmp_path / name).touch(mode=0o644)
    tmp_path.chmod(0o755)
    var_folder({"XIAOBAO_VAR": str(tmp_path)})
    assert (mode(tmp_path), mode(tmp_path / "evidence")) == (0o700, 0o700)
    assert [mode(tmp_path / name) for name in names] == [0o600] * 3


def test_a_folder_shared_like_tmp_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    var_folder({"XIAOBAO_VAR": str(tmp_path)})
    assert mode(tmp_path) == 0o1777


def test_what_a_command_makes_is_private(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    made = {**os.environ, "XIAOBAO_VAR": str(folder), "XIAOBAO_DATABASE_URL": ""}
    command = "import os, sys; os.umask(0o022); from xiaobao.site import cli; sys.exit(cli.main(['manage', 'migrate', 'search', '-v0']))"
    subprocess.run([sys.executable, "-c", command], env=made, check=True, timeout=60)
    assert {path.name: oct(mode(path)) for path in folder.iterdir() if mode(path) & 0o077} == {}
    assert mode(folder / "xiaobao.sqlite3") == 0o600


def test_a_worker_of_the_server_makes_private_files(tmp_path: Path) -> None:
    command = "import os; os.umask(0o022); import xiaobao.site.wsgi; print(oct(os.umask(0)))"
    env = {**os.environ, "XIAOBAO_VAR": str(tmp_path), "XIAOBAO_DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", command], env=env, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "0o77", done.stderr


def test_a_postgresql_address_is_taken_apart(tmp_path: Path) -> None:
    url = "postgresql://me%40bank:p%2Fss@db.example:5433/xb?sslmode=verify-full"
    settings = database_from_url(url, tmp_path)
    assert settings["ENGINE"].endswith("postgresql")
    assert (settings["USER"], settings["PASSWORD"]) == ("me@bank", "p/ss")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "5433", "xb")
    assert settings["OPTIONS"]["sslmode"] == "verify-full"
    assert settings["OPTIONS"]["connect_timeout"] == "10"


def test_a_socket_folder_and_a_patience_of_ones_own(tmp_path: Path) -> None:
    settings = database_from_url("postgresql:///xb?host=/run/postgresql&connect_timeout=2", tmp_path)
    assert settings["HOST"] == "/run/postgresql"
    assert settings["OPTIONS"]["connect_timeout"] == "2"


def test_another_kind_of_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="只支持"):
        database_from_url("mysql://db/xb", tmp_path)
