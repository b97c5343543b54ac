"""A throwaway PostgreSQL cluster: Debian's initdb and pg_ctl, as an unprivileged user, on a free port."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "postgresql"
# Nothing here outlives the run, so nothing needs to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def tools() -> Path | None:
    """Folder of initdb and pg_ctl, newest version first; None where Debian's package is absent."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster; `url("name")` is what XIAOBAO_DATABASE_URL takes."""

    folder: Path
    port: int

    def url(self, database: str = "postgres") -> str:
        """The address of a database through the cluster's unix socket."""
        return f"postgresql://owner@localhost:{self.port}/{database}?host={self.folder}"

    @property
    def postmaster(self) -> int:
        """Process id of the cluster's first process."""
        return int((self.folder / "data/postmaster.pid").read_text().split()[0])

    def create(self, database: str) -> str:
        """Makes an empty database; its URL comes back."""
        self.sql(f'create database "{database}"')
        return self.url(database)

    def sql(self, statement: str, database: str = "postgres") -> None:
        """Runs one statement outside any transaction."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as link:
            link.execute(statement)

    def stop(self) -> None:
        """Ends the cluster at once and removes its folder."""
        _run(["pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop"], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def halt(self) -> None:
        """Ends the cluster in order; its folder stays, for `start` to take up again."""
        _run(["pg_ctl", "-D", f"{self.folder}/data", "-m", "fast", "-w", "-t", "120", "stop"])


def start(settings: Sequence[str] = FAST, kept: Path | None = None) -> Cluster:
    """A running cluster: a new one in a folder of its own under the temp folder, or that of the folder `kept`."""
    folder = kept or Path(tempfile.mkdtemp(prefix="xb-pg-"))
    folder.mkdir(parents=True, exist_ok=True)
    data = f"{folder}/data"
    if not Path(data).exists():
        _make(folder, data)
    port = _free_port()
    words = [f"port={port}", f"unix_socket_directories={folder}", "listen_addresses=127.0.0.1", *settings]
    options = " ".join(f"-c {word}" for word in words)
    _run(["pg_ctl", "-D", data, "-l", f"{folder}/log", "-w", "-t", "60", "-o", options, "start"])
    return Cluster(folder, port)


def _make(folder: Path, data: str) -> None:
    owner = _owner()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    _run(["initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])


def _owner() -> pwd.struct_passwd | None:
    """The unprivileged account the cluster runs as; None when we are not root ourselves."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("no unprivileged account for PostgreSQL: neither postgres nor nobody exists")


def _run(command: list[str], *, check: bool = True) -> None:
    folder = tools()
    if folder is None:
        raise RuntimeError(f"initdb is absent: apt-get install {PACKAGE}")
    owner = _owner()
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    done = subprocess.run(
        [str(folder / command[0]), *command[1:]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        check=False,
        **who,  # type: ignore[arg-type]
    )
    if check and done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def shared(note: Path) -> Cluster:
    """The cluster written down at `note`, started by whoever asks first."""
    note.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{note}.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not note.exists():
            cluster = start()
            note.write_text(f"{cluster.folder}\n{cluster.port}\n", encoding="utf-8")
        return read_note(note)


def read_note(note: Path) -> Cluster:
    """The cluster written down at `note`."""
    folder, port = note.read_text(encoding="utf-8").split()
    return Cluster(Path(folder), int(port))
