"""What the environment sets, and the database it names."""

from __future__ import annotations

import stat
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
