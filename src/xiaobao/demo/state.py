"""What the var folder says about the demo bank in it, and how it is cleared away. No Django here."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

MARK = "demo.json"
DATABASE = "xiaobao.sqlite3"
# Everything the demo bank leaves in the folder; nothing else is ever removed.
FILES = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}-journal", MARK)
FOLDERS = ("evidence",)


@dataclass(frozen=True, slots=True)
class Mark:
    """Which bank was built, on which database (without password), and whether it was finished."""

    database: str
    scale: float
    year: int
    finished: bool = False


def read(var: Path) -> Mark | None:
    """The folder's mark; None when no demo bank was ever begun here."""
    path = var / MARK
    return Mark(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def write(var: Path, mark: Mark) -> None:
    """Leave the mark: unfinished before the first row, finished after the last."""
    (var / MARK).write_text(json.dumps(asdict(mark)), encoding="utf-8")


def wipe(var: Path) -> None:
    """Remove the demo bank's SQLite database, its files and its mark, and nothing else."""
    for name in FILES:
        (var / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(var / name, ignore_errors=True)


def without_password(url: str) -> str:
    """The database URL as it may be written down: user and password left out."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if rest else "sqlite"
