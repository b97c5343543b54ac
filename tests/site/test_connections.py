"""A connection kept between requests: looked at without a statement, and given up when the server closed it."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from django.db import DataError, connection
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import register_tzloader
from django.db.utils import load_backend

from xiaobao.site.settings.database import database_from_url


@pytest.fixture
def link(pg: str, tmp_path, django_db_blocker):
    """A wrapper of our own on an empty database."""
    kept = connection.settings_dict | database_from_url(pg, tmp_path)
    wrapper = load_backend(kept["ENGINE"]).DatabaseWrapper(kept, "kept")
    wrapper.inc_thread_sharing()
    with django_db_blocker.unblock():
        wrapper.connect()
        yield wrapper
        wrapper.close()


@pytest.mark.postgres
def test_a_sound_connection_is_usable_and_asked_nothing(link, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(_: base.DatabaseWrapper) -> bool:
        raise AssertionError("the server was asked")

    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", asked)
    assert link.is_usable()


@pytest.mark.postgres
def test_one_the_server_closed_is_not(link, pg: str, tmp_path) -> None:
    import psycopg

    with psycopg.connect(pg, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [link.connection.info.backend_pid])
    for _ in range(50):  # the server's farewell crosses the wire in its own time
        if not link.is_usable():
            return
        time.sleep(0.05)
    pytest.fail("a connection the server closed still counts as usable")


@pytest.mark.postgres
def test_a_statement_seen_before_is_prepared(link) -> None:
    with link.cursor() as cursor:
        for number in range(5):
            cursor.execute("SELECT %s::int", [number])
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    ("asked", "found"), [("", 3), ("?prepare_threshold=9", 9), ("?prepare_threshold=0", None)]
)
def test_a_pooler_may_turn_preparing_off(asked: str, found: int | None, tmp_path) -> None:
    options = database_from_url(f"postgresql://u@h/n{asked}", tmp_path)["OPTIONS"]
    assert options.get("prepare_threshold") == found
    assert options.get("server_side_binding", False) is bool(found)


def read(link, word: str, *, by_django: bool = False) -> datetime:
    with link.cursor() as cursor:
        if by_django:
            register_tzloader(link.timezone, cursor.cursor)
        cursor.execute("SELECT %s::timestamptz", [word])
        return cursor.fetchone()[0]


@pytest.mark.postgres
@pytest.mark.parametrize(
    "word",
    [
        "2026-11-20 09:30:00+08",
        "2026-11-20 09:30:00.1+08",
        "2026-11-20 09:30:00.123456+00",
        "0001-01-01 00:00:00+00",
        "9999-12-31 23:59:59.999999+00",
    ],
)
def test_a_moment_is_read_as_django_reads_it(link, word: str) -> None:
    fast, slow = read(link, word), read(link, word, by_django=True)
    assert (fast, fast.tzinfo) == (slow, slow.tzinfo)


@pytest.mark.postgres
@pytest.mark.parametrize("word", ["infinity", "0044-03-15 12:00:00+00 BC", "12026-11-20 09:30:00+00"])
def test_a_moment_python_does_not_know_is_refused_as_django_refuses_it(link, word: str) -> None:
    refusals = []
    for by_django in (False, True):
        with pytest.raises(DataError) as refused:
            read(link, word, by_django=by_django)
        refusals.append(str(refused.value))
    assert refusals[0] == refusals[1]
