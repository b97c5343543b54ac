"""What a console command says when the place it runs in fails it: database, disk, folder.

Django is only looked at when the command has loaded it, so that the commands of the rules stay quick.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import ModuleType

from xiaobao.kernel.errors import XiaobaoError
from xiaobao.site.exits import FAILED, WRONG_USE

AWAY = (
    "连不上数据库，什么也没有改动。请检查 XIAOBAO_DATABASE_URL，并确认 PostgreSQL 已启动、可以连接",
    "the database cannot be reached, nothing was changed; check XIAOBAO_DATABASE_URL and that PostgreSQL runs",
)
LOCKED = (
    "数据库正被另一个程序占用，本次没有改动。请稍候再试，或先停止占用它的程序",
    "the database is locked by another program, nothing was changed; try again later",
)
FULL = (
    "磁盘已满，未完成的改动已撤销。请腾出空间后再试",
    "the disk is full, unfinished changes were undone; make room and try again",
)
UNWRITABLE = (
    "数据文件夹不能写入。请用 XIAOBAO_VAR 指定一个可写的文件夹，或更正它的权限",
    "the data folder cannot be written; name a writable one in XIAOBAO_VAR or mend its permissions",
)
BROKEN = (
    "数据文件不是 xiaobao 的数据库，或已损坏，没有作任何改动。请从备份恢复，或用 XIAOBAO_VAR 另指文件夹",
    "the data file is no database of xiaobao, or is damaged; restore a backup or name another folder",
)

# What SQLite says -> what it means. Anything else from a database is "away".
SAID: tuple[tuple[str, tuple[str, str]], ...] = (
    ("locked", LOCKED),
    ("disk is full", FULL),
    ("disk i/o error", FULL),
    ("no space left", FULL),
    ("unable to open database", UNWRITABLE),
    ("readonly database", UNWRITABLE),
    ("not a database", BROKEN),
    ("malformed", BROKEN),
)
FULL_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
UNWRITABLE_NUMBERS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT}


def explain(error: Exception) -> tuple[str, int] | None:
    """What to print on stderr and the exit code; None for a fault of our own, which keeps its traceback."""
    if isinstance(error, XiaobaoError):
        return _sentence(error), WRONG_USE if error.status in {400, 503} else FAILED
    told = _of_database(error) or _of_folder(error)
    if told is None:
        return None
    return f"{told[0]}。\n{told[1]}.\n（{_detail(error)}）", WRONG_USE


def _sentence(error: XiaobaoError) -> str:
    apps: ModuleType | None = sys.modules.get("django.apps")
    if error.say or apps is None or not apps.apps.ready:
        return error.say or str(error)
    from xiaobao.site.refusals import sentence_of

    return sentence_of(error)


def _of_database(error: Exception) -> tuple[str, str] | None:
    database: ModuleType | None = sys.modules.get("django.db")
    if database is None or not isinstance(error, (database.DatabaseError, database.InterfaceError)):
        return None
    words = str(error).lower()
    known = next((told for said, told in SAID if said in words), None)
    is_away = isinstance(error, (database.OperationalError, database.InterfaceError))
    return known or (AWAY if is_away else None)


def _of_folder(error: Exception) -> tuple[str, str] | None:
    if not isinstance(error, OSError):
        return None
    if error.errno in FULL_NUMBERS:
        return FULL
    return UNWRITABLE if error.errno in UNWRITABLE_NUMBERS and _in_data_folder(error) else None


def _in_data_folder(error: OSError) -> bool:
    folder = Path(os.environ.get("XIAOBAO_VAR") or "var").resolve()
    return str(error.filename or "").startswith(str(folder))


def _detail(error: Exception) -> str:
    """The first line of what the system said; a database's address and password never stand in it."""
    return " ".join(str(error).splitlines()[:1])[:200]
