"""Starting Django for a console command: set up, and make the database at first use."""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

from xiaobao.kernel.errors import NotConfigured

_LOCK_NUMBER = 7_102
_PAUSE = 0.1
"""Seconds between two looks whether another process is done."""
_LOOKS = 10
"""So often another process may be in the way before waiting for it is worth a word."""


def setup() -> None:
    """Start Django without touching the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaobao.site.settings")
    import django

    django.setup()


def setup_with_database() -> None:
    """Start Django; create and migrate the database if it is not up to date, saying so on stderr.

    One process at a time: another one waits, and finds the work done.
    """
    setup()
    from django.db import connection

    with _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite():
        _migrate_if_behind()


def _migrate_if_behind() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    _refuse_a_newer_one(executor.loader)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        where = connection.settings_dict["NAME"]
        print(f"正在建立或升级数据库 / preparing the database: {where}", file=sys.stderr)
        call_command("migrate", verbosity=0, stdout=sys.stderr)


@contextmanager
def _on_postgresql() -> Iterator[None]:
    """Alone in this database; the server gives the place free when the connection ends, however it ends."""
    from django.db import DatabaseError, connection

    def is_ours() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK_NUMBER])
            return bool(cursor.fetchone()[0])

    _wait_until(is_ours)
    try:
        yield
    finally:
        # What went wrong in between is told, not that the connection is gone with it.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])


@contextmanager
def _on_sqlite() -> Iterator[None]:
    """Alone at this file, by a lock on a file beside it: SQLite's own does not outlast a migration."""
    from django.db import connection

    place = Path(f"{connection.settings_dict['NAME']}.migrating")
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("ab") as beside:

        def is_ours() -> bool:
            try:
                fcntl.flock(beside, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        _wait_until(is_ours)
        yield


def _wait_until(is_ours: Callable[[], bool]) -> None:
    """Asks again and again; says on stderr that it waits when that takes longer than a look."""
    for look in count(1):
        if is_ours():
            return
        if look == _LOOKS:
            print(
                "另一个进程正在建立或升级数据库，等它完成 / another process is preparing the database: waiting",
                file=sys.stderr,
                flush=True,
            )
        time.sleep(_PAUSE)


def _refuse_a_newer_one(loader: Any) -> None:
    """Raises: NotConfigured `site.database_newer` when a later version of the product has migrated it."""
    from django.apps import apps

    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("xiaobao.")}
    unknown = sorted(
        f"{label}.{name}"
        for label, name in loader.applied_migrations
        if label in ours
        and (label, name) not in loader.disk_migrations
        and name not in _replaced(loader, label)
    )
    if unknown:
        raise NotConfigured(
            "site.database_newer",
            say=f"数据库由更新版本的小保建立（本版本不认识 {unknown[-1]}），没有作任何改动。"
            "请升级程序，或换用原来的数据文件夹\n"
            "the database was made by a newer version; upgrade the program or use another XIAOBAO_VAR",
        )


def _replaced(loader: Any, label: str) -> set[str]:
    """Migrations that a squashed one of this version stands for."""
    return {
        old
        for (app, _), migration in loader.disk_migrations.items()
        if app == label
        for _, old in migration.replaces
    }
