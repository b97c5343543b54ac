"""SQLite in the var folder, or PostgreSQL named by a URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from xiaobao.kernel.errors import NotConfigured

CONNECT_SECONDS = "10"  # a server that never answers is away
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;"
)
PREPARED_FROM = 3
"""A connection prepares a statement at its third use."""
NO_JIT = "-c jit=off"
"""Compiling a plan to machine code costs more than any statement of ours takes."""


def database_from_url(url: str, var: Path) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name`, or SQLite for ''."""
    if not url:
        return _sqlite(var / "xiaobao.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise NotConfigured(
            "site.database_url",
            say=f"XIAOBAO_DATABASE_URL 只支持 postgresql://，收到的是 {parts.scheme}://\n"
            "XIAOBAO_DATABASE_URL must begin with postgresql://",
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "xiaobao.site.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": CONNECT_SECONDS} | _prepared(query),
    }


def _prepared(query: dict[str, str]) -> dict[str, Any]:
    """The URL's options, and values travelling apart from the statement: one seen before is not planned again.

    `?prepare_threshold=0` turns that off, for a pooler that cannot keep prepared statements.
    """
    threshold = int(query.pop("prepare_threshold", PREPARED_FROM))
    own = {"server_side_binding": True, "prepare_threshold": threshold} if threshold else {}
    return {"options": NO_JIT, **own, **query}


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": SQLITE_START},
    }
