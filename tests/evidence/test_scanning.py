"""The antivirus port against a daemon of our own that speaks INSTREAM. No database."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.factories import files
from xiaobao.base.evidence import intake, scanning
from xiaobao.kernel.errors import InvalidInput, NotConfigured


@contextmanager
def daemon(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """Address of a daemon that reads one stream and answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_serve, args=(server, answer), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def _serve(server: socket.socket, answer: Callable[[bytes], bytes]) -> None:
    link, _ = server.accept()
    with link, link.makefile("rb") as wire:
        assert wire.read(10) == b"zINSTREAM\0"
        body = b""
        while size := struct.unpack("!L", wire.read(4))[0]:
            body += wire.read(size)
        link.sendall(answer(body))


def verdict(body: bytes) -> bytes:
    """What ClamAV would say."""
    return b"stream: Eicar FOUND\0" if files.EICAR in body else b"stream: OK\0"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Any:
    """A folder of the test's own; the settings come back."""
    settings.MEDIA_ROOT = tmp_path
    return settings


def test_clean_is_said_by_both(folder: Any) -> None:
    with daemon(verdict) as folder.CLAMD_ADDRESS:
        assert intake.accept("a.txt", b"x" * 600_000).verdict == "未发现病毒（内置特征、ClamAV）"


def test_found_by_the_daemon_is_refused(folder: Any) -> None:
    with (
        daemon(lambda body: b"stream: Win.Worm-1 FOUND\0") as folder.CLAMD_ADDRESS,
        pytest.raises(InvalidInput) as caught,
    ):
        intake.accept("a.txt", b"words")
    assert (caught.value.code, caught.value.facts["found"]) == ("evidence.virus", "Win.Worm-1")


@pytest.mark.parametrize("said", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: O"])
def test_an_answer_that_is_no_answer_is_refused(folder: Any, said: bytes) -> None:
    with daemon(lambda body: said) as folder.CLAMD_ADDRESS, pytest.raises(NotConfigured) as caught:
        intake.accept("a.txt", b"words")
    assert caught.value.code == "evidence.scanner_away"


@pytest.mark.parametrize("address", ["127.0.0.1:1", "unix:/nowhere/clamd.ctl", "nonsense", ":3310"])
def test_a_daemon_that_is_away_means_refused(folder: Any, address: str) -> None:
    folder.CLAMD_ADDRESS = address
    with pytest.raises(NotConfigured):
        intake.accept("a.txt", b"words")


def test_own_signatures_find_the_test_file() -> None:
    assert scanning.look(b"before" + files.EICAR) == "EICAR-Test-File"
    assert scanning.look(b"words") == ""
