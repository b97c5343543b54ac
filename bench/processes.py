"""CPU used by a tree of processes, and a served product whose tree can be measured."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(roots: list[int]) -> float:
    """CPU seconds so far of these processes, their descendants, and descendants already reaped."""
    own: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = _stat(entry)
            if fields:
                own[int(entry.name)] = sum(map(int, fields[11:15]))
                children.setdefault(int(fields[1]), []).append(int(entry.name))
    waiting, seen = list(roots), set()
    while waiting:
        pid = waiting.pop()
        if pid not in seen:
            seen.add(pid)
            waiting += children.get(pid, [])
    return sum(own.get(pid, 0) for pid in seen) / TICKS


def _stat(entry: Path) -> list[str]:
    try:
        return (entry / "stat").read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()
    except OSError:
        return []


@dataclass(frozen=True, slots=True)
class Server:
    """A running `xiaobao serve` with two workers."""

    port: int
    pid: int


@contextmanager
def served(settings: dict[str, str], *, workers: int = 2) -> Iterator[Server]:
    """The product, served by granian on a free port until the block ends.

    Scheduled work is left out: it is no request's cost, and is measured on its own.
    """
    port = free_port()
    command = [
        Path(sys.executable).with_name("xiaobao"),
        "serve",
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--no-tick",
    ]
    running = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL)
    try:
        wait_for(port, running)
        settle(running.pid)
        yield Server(port, running.pid)
    finally:
        running.terminate()
        running.wait(timeout=30)


def settle(pid: int) -> None:
    """Until every worker has done with starting: a second in which their CPU stood still."""
    for _ in range(60):
        before = cpu_seconds([pid])
        time.sleep(1)
        if cpu_seconds([pid]) - before <= 2 / TICKS:
            return
    raise RuntimeError("the server's processes did not come to rest within a minute")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, running: subprocess.Popen[bytes], page: str = "/accounts/login/") -> None:
    """Until the server answers. Raises: RuntimeError when it ended, or after 30 seconds."""
    for _ in range(300):
        if running.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", page)
            link.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within 30 seconds")
