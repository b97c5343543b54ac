"""The peer of the pages: django-helpdesk on the same texts, served beside us in an environment of its own.

`python -m bench.helpdesk` installs it under the running environment's folder, for the benchmark alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.processes import Server, free_port, settle, wait_for

FOLDER = Path(sys.prefix) / "bench/helpdesk"
PINNED = (
    "django-helpdesk==2.6.1",
    "Django==5.2.*",
    "gunicorn",
    "psycopg[binary]",
    "django-bootstrap4-form",
    "packaging",
)
ROOT = Path(__file__).resolve().parents[1]
SITE = "bench.helpdesk_site"
PASSWORD = "benchpass"  # of the throwaway site
NAME = "django-helpdesk 2.6.1"


def install() -> Path:
    """The environment's Python, with the pinned peer installed."""
    python = FOLDER / "bin/python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet", "install", *PINNED]
    subprocess.run(pip, check=True)
    return python


def is_there() -> bool:
    """Whether the peer is installed."""
    return (FOLDER / "bin/gunicorn").exists()


def load(url: str, count: int) -> dict[str, int]:
    """Tables and `count` tickets with our generator's texts; `open` of them are open, `first` is the lowest id."""
    ran = subprocess.run(
        [str(FOLDER / "bin/python"), "-m", SITE, str(count)],
        cwd=ROOT,
        env=_env(url),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    loaded: dict[str, int] = json.loads(ran.stdout.splitlines()[-1])
    return loaded


@contextmanager
def served(url: str) -> Iterator[Server]:
    """The peer under gunicorn with two workers."""
    port = free_port()
    command = [FOLDER / "bin/gunicorn", "-w", "2", "-t", "180", "-b", f"127.0.0.1:{port}"]
    running = subprocess.Popen(
        [*command, f"{SITE}:application"],
        cwd=ROOT,
        env=_env(url),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, running, "/login/")
        settle(running.pid)
        yield Server(port, running.pid)
    finally:
        running.terminate()
        running.wait(timeout=30)


def _env(url: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
    }
    return kept | {"XB_PEER_URL": url, "PYTHONPATH": str(ROOT)}


if __name__ == "__main__":
    print(install(), file=sys.stderr)
