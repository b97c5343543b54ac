"""PDF: nothing before or behind it, and nothing in it that acts, carries files or needs a password."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from xiaobao.base.evidence import pdf_reader
from xiaobao.base.evidence.limits import LIMITS
from xiaobao.kernel.errors import InvalidInput

_TAIL = 1024
_SAYS = {
    "active": "evidence.pdf_active",
    "locked": "evidence.pdf_locked",
    "large": "evidence.pdf_large",
}


def check(path: Path, data: bytes) -> None:
    """Raises: InvalidInput `evidence.torn`, `.pdf_active`, `.pdf_locked`, `.pdf_large`."""
    if b"%%EOF" not in data[-_TAIL:] or data[-_TAIL:].rsplit(b"%%EOF", 1)[1].strip(b" \t\r\n\x00"):
        raise _torn("EOF")
    answer = _read_apart(path)
    problem = answer.get("problem", "torn")
    if problem in _SAYS:
        raise InvalidInput(_SAYS[problem], field="file", found=answer.get("found", ""))
    if problem:
        raise _torn(problem)


def _read_apart(path: Path) -> dict[str, str]:
    """What the reader said; a reader that ran out of memory or time, or fell over, says torn."""
    numbers = (LIMITS.pdf_memory, LIMITS.pdf_seconds, LIMITS.pdf_objects)
    command = [sys.executable, "-I", str(Path(pdf_reader.__file__)), str(path), *map(str, numbers)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file with our own arguments, no shell
            command, capture_output=True, timeout=LIMITS.pdf_seconds * 2, check=True, stdin=subprocess.DEVNULL
        )
        found: dict[str, str] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"problem": "torn"}
    return found


def _torn(detail: str) -> InvalidInput:
    return InvalidInput("evidence.torn", field="file", what="PDF", detail=detail)
