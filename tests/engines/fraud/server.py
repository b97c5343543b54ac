"""A served engine of its own for a test: the real command, a real port, real signals."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.engines.fraud.bank import approved

ROOT = Path(__file__).parents[3]
RUN = "import sys; from xiaobao.site.cli import main; sys.exit(main())"


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Served:
    """`xiaobao fraud serve` on a folder; start it again after a kill, on the same folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.port = free_port()
        rules = folder / "rules.json"
        if not rules.exists():
            rules.write_text(json.dumps(approved()), "utf-8")
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-c", RUN, "fraud", "serve", "--rules", str(rules)),
                *("--data", str(folder / "data"), "--port", str(self.port), *options),
            ],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self.process.stdout is not None
        self.ready = self.process.stdout.readline()
        assert "已就绪" in self.ready, self.ready + self.process.stdout.read()

    def connect(self) -> http.client.HTTPConnection:
        """A connection of one's own."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, Any]:
        """Status and answer; JSON decoded."""
        connection = self.connect()
        connection.request(method, path, body)
        found = connection.getresponse()
        data = found.read()
        connection.close()
        is_json = "json" in found.headers["content-type"]
        return found.status, json.loads(data) if is_json else data.decode()

    def decide(self, body: bytes) -> tuple[int, Any]:
        """One event."""
        return self.ask("POST", "/v1/decisions", body)

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def stop(self) -> tuple[int, str]:
        """Exit code and last words after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        said, _ = self.process.communicate(timeout=20)
        return self.process.returncode, said
