"""`xiaobao serve`: granian in front of Django's WSGI application."""

from __future__ import annotations

import argparse
import importlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from xiaobao.kernel.errors import NotConfigured

TICK_SECONDS = 60
STOP_SECONDS = 3  # a worker that still hangs after Ctrl-C is ended


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Address, port and number of worker processes."""
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port")
    parser.add_argument("--workers", type=int, default=0, help="进程数，默认等于核数 / worker processes")
    parser.add_argument(
        "--no-tick",
        action="store_true",
        help="不在旁边执行定时工作 / leave scheduled work to another process",
    )


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    from xiaobao.site.boot import setup_with_database

    check_port(options.host, options.port)
    setup_with_database()
    with nullcontext() if options.no_tick else ticking():
        serve(options.host, options.port, options.workers or os.cpu_count() or 1)
    return 0


@contextmanager
def ticking() -> Iterator[None]:
    """Scheduled work once a minute in a process beside the server, ended with it."""
    tick = (
        "import sys; from xiaobao.site import cli, lifeline; lifeline.end_with_parent(); "
        f"sys.exit(cli.main(['tick', '--every', '{TICK_SECONDS}']))"
    )
    beside = subprocess.Popen([sys.executable, "-c", tick], stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield
    finally:
        beside.terminate()
        beside.wait()


def check_port(host: str, port: int) -> None:
    """Raises: NotConfigured `serve.port_busy` when somebody else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise NotConfigured(
                "serve.port_busy",
                say=f"端口 {host}:{port} 已被占用。请换一个端口，例如 make demo PORT={port + 1}，或先停止占用它的程序",
            ) from None


def serve(host: str, port: int, workers: int) -> None:
    """Run granian's WSGI server in this process until it is told to stop."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "xiaobao.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        workers_kill_timeout=STOP_SECONDS,
        log_enabled=False,
    ).serve(target_loader=load_in_worker)


def load_in_worker(target: str) -> Any:
    """The WSGI application `module:name`, in a worker that leaves Ctrl-C to the server's main process."""
    from xiaobao.site.lifeline import end_with_parent

    end_with_parent()
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)
