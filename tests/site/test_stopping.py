"""`xiaobao serve` ends at once, with everything it started, while browsers hold their connections."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

XIAOBAO = Path(sys.executable).with_name("xiaobao")
CLIENTS = 12  # two browsers keep six connections each
BAR_SECONDS = {False: 2.9, True: 8.0}
"""Idle: before a worker that does not answer is ended, after 3. Busy: requests in hand are answered first."""


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture
def serving(var: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The product as a process group of its own, and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {"XIAOBAO_VAR": str(var), "XIAOBAO_DATABASE_URL": ""}
    command = [XIAOBAO, "serve", "--port", str(port), "--workers", "2"]
    running = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        _wait_for(lambda: _get(http.client.HTTPConnection("127.0.0.1", port, timeout=5)), 60)
        yield running, port
    finally:
        if _group(running.pid):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _get(link: http.client.HTTPConnection) -> bool:
    link.request("GET", "/accounts/login/")
    return bool(link.getresponse().read())


def _wait_for(ready: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if ready():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} seconds")


def _group(leader: int) -> list[str]:
    """Processes alive in the group; a zombie is dead."""
    told = subprocess.run(["ps", "-A", "-o", "pgid=,stat=,args="], capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=2) for line in told.stdout.splitlines()]
    return [row[-1] for row in rows if row[0] == str(leader) and not row[1].startswith("Z")]


@contextmanager
def browsing(port: int, *, busy: bool) -> Iterator[None]:
    """Twelve kept connections: each asks on and on when busy, else once and stays connected."""
    over = threading.Event()

    def browse() -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            while not over.is_set():
                _get(link)
                over.wait(0 if busy else 60)
        except (OSError, http.client.HTTPException):
            return

    threads = [threading.Thread(target=browse, daemon=True) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    yield
    over.set()


@pytest.mark.xdist_group("stopping")
@pytest.mark.parametrize("busy", [True, False])
@pytest.mark.parametrize("stop", ["ctrl-c", "terminate"])
def test_it_ends_at_once_with_everything_it_started(
    serving: tuple[subprocess.Popen[str], int], stop: str, busy: bool
) -> None:
    running, port = serving
    _wait_for(lambda: len(_group(running.pid)) == 4, 20)  # itself, two workers, scheduled work
    with browsing(port, busy=busy):
        began = time.monotonic()
        if stop == "ctrl-c":  # the terminal tells every process of the group
            os.killpg(running.pid, signal.SIGINT)
        else:
            running.terminate()
        told = running.communicate(timeout=60)[1]
        took = time.monotonic() - began
    assert running.returncode == 0
    assert took < BAR_SECONDS[busy], f"{took:.1f} s"
    assert _group(running.pid) == []
    assert "Traceback" not in told


@pytest.mark.xdist_group("stopping")
def test_killed_it_leaves_nothing_on_the_port(serving: tuple[subprocess.Popen[str], int]) -> None:
    running, _ = serving
    _wait_for(lambda: len(_group(running.pid)) == 4, 20)
    running.kill()
    running.wait()
    _wait_for(lambda: _group(running.pid) == [], 10)
