"""The freshly migrated database, kept aside and put back after tests that really commit.

Django's own way is to delete every row; our append-only tables refuse that, as they should.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.db import connections


def take() -> None:
    """Keep a copy of the test database as it stands now."""
    connection = connections["default"]
    connection.close()
    if connection.vendor == "sqlite":
        _checkpoint(connection)
        shutil.copy(_file(connection), _kept(connection))
    else:
        name = connection.settings_dict["NAME"]
        _copy_database(connection, f"{name}_kept", name)


def put_back() -> None:
    """Throw away what the last test committed."""
    connections.close_all()
    connection = connections["default"]
    if connection.vendor == "sqlite":
        # A new file under the old name: a request still under way at the test's end holds the old one
        # and, closing it, writes its log into that one, not into the next test's.
        fresh = _file(connection).with_suffix(".fresh")
        shutil.copy(_kept(connection), fresh)
        for tail in ("-wal", "-shm"):
            Path(f"{_file(connection)}{tail}").unlink(missing_ok=True)
        fresh.replace(_file(connection))
    else:
        name = connection.settings_dict["NAME"]
        _copy_database(connection, name, f"{name}_kept")


def _file(connection: Any) -> Path:
    return Path(connection.settings_dict["NAME"])


def _kept(connection: Any) -> Path:
    return _file(connection).with_suffix(".kept")


def _checkpoint(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _copy_database(connection: Any, target: str, source: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
