"""The antivirus port: a protocol, a small scanner of our own, and ClamAV's daemon. Away means refused."""

from __future__ import annotations

import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

from xiaobao.kernel.errors import NotConfigured

CHUNK = 256 * 1024
TIMEOUT_SECONDS = 20
# The industry's harmless test file, put together here so that this module is not taken for it.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURES = {"EICAR-Test-File": EICAR}


class Scanner(Protocol):
    """Looks through a file for malware."""

    @property
    def name(self) -> str:
        """What the verdict calls it."""
        ...

    def find(self, path: Path) -> str:
        """Name of what was found, '' for nothing. Raises: NotConfigured `evidence.scanner_away`."""
        ...


@dataclass(frozen=True, slots=True)
class OwnScanner:
    """Byte signatures; no replacement for a real scanner, but never away."""

    name: str = "内置特征"

    def find(self, path: Path) -> str:
        """Name of the first signature in the file."""
        return look(path.read_bytes())


def look(data: bytes) -> str:
    """Name of the first signature in the bytes, '' for none."""
    return next((name for name, signature in SIGNATURES.items() if signature in data), "")


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """ClamAV's daemon over INSTREAM; `address` is `unix:/path` or `host:port`."""

    address: str
    name: str = "ClamAV"

    def find(self, path: Path) -> str:
        """Name of the malware ClamAV found."""
        try:
            answer = self._ask(path)
        except OSError as error:
            raise NotConfigured("evidence.scanner_away", detail=type(error).__name__) from error
        if answer.endswith("FOUND"):
            return answer.removeprefix("stream:").removesuffix("FOUND").strip() or "未命名病毒"
        if answer != "stream: OK":
            raise NotConfigured("evidence.scanner_away", detail=answer[:80])
        return ""

    def _ask(self, path: Path) -> str:
        with self._connect() as link, path.open("rb") as file:
            link.sendall(b"zINSTREAM\0")
            while chunk := file.read(CHUNK):
                link.sendall(struct.pack("!L", len(chunk)) + chunk)
            link.sendall(struct.pack("!L", 0))
            answer = b""
            while not answer.endswith(b"\0") and (part := link.recv(4096)):
                answer += part
        return answer.rstrip(b"\0\n").decode("utf-8", "replace").strip()

    def _connect(self) -> socket.socket:
        if self.address.startswith("unix:"):
            link = socket.socket(socket.AF_UNIX)
            link.settimeout(TIMEOUT_SECONDS)
            link.connect(self.address.removeprefix("unix:"))
            return link
        host, _, port = self.address.rpartition(":")
        if not (host and port.isdigit()):
            raise OSError("address is neither unix:/path nor host:port")
        return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)


def scanners() -> Sequence[Scanner]:
    """Our own, and the one the site is configured with (`XIAOBAO_CLAMD`)."""
    address = getattr(settings, "CLAMD_ADDRESS", "")
    return (OwnScanner(), ClamdScanner(address)) if address else (OwnScanner(),)
