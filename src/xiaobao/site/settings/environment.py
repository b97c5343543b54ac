"""What the environment may set, with its defaults, in one frozen value."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from xiaobao.kernel import ports

OTHERS = 0o077
HELD = ("xiaobao.sqlite3", "xiaobao.sqlite3-wal", "xiaobao.sqlite3-shm", "evidence", "secret_key")
"""What lies in the folder and may have been made, or put there, open to others."""


def var_folder(env: Mapping[str, str] = os.environ) -> Path:
    """The folder that holds the database, the files and the keys: `$XIAOBAO_VAR` or `./var`, closed to others."""
    folder = Path(env.get("XIAOBAO_VAR") or "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for path in (folder, *(folder / name for name in HELD)):
        close_to_others(path)
    return folder


def close_to_others(path: Path) -> None:
    """Take from group and others every right to the path, where it is there, ours and not a shared /tmp."""
    try:
        found = path.stat()
        is_ours = found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX
        if is_ours and found.st_mode & OTHERS:
            path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)
    except OSError:
        return  # not there, or a disk without owners


@dataclass(frozen=True, slots=True)
class Environment:
    """The site's configuration. Every field is one line of the configuration table."""

    var: Path
    secret_key: str
    database_url: str
    allowed_hosts: list[str]
    trusted_origins: list[str]
    tls: bool
    demo: bool
    trusted_proxies: int = 0
    clamd: str = ""
    draft_days: int = 30

    @classmethod
    def read(cls, env: Mapping[str, str] = os.environ) -> Environment:
        """The configuration from environment variables named `XIAOBAO_…`."""
        var = var_folder(env)
        url = env.get("XIAOBAO_URL", "")
        host = urlsplit(url).hostname
        hosts = [name for name in env.get("XIAOBAO_ALLOWED_HOSTS", "").split(",") if name]
        return cls(
            var=var,
            secret_key=env.get("XIAOBAO_SECRET_KEY") or _kept_secret(var / "secret_key"),
            database_url=env.get("XIAOBAO_DATABASE_URL", ""),
            allowed_hosts=[*hosts, *([host] if host else []), "127.0.0.1", "localhost", "[::1]"],
            trusted_origins=[url] if url else [],
            tls=env.get("XIAOBAO_TLS") == "1",
            demo=env.get("XIAOBAO_DEMO") == "1",
            trusted_proxies=int(env.get("XIAOBAO_TRUSTED_PROXIES") or 0),
            clamd=env.get("XIAOBAO_CLAMD", ""),
            draft_days=int(env.get("XIAOBAO_DRAFT_DAYS") or 30),
        )


def _kept_secret(path: Path) -> str:
    """The secret of this installation, made at first use and readable by its owner alone."""
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(ports.new_id() + ports.new_id())
    return path.read_text(encoding="ascii").strip()
