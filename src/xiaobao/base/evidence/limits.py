"""How large is too large. One frozen value, so that a test can ask for small limits."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, files and pixels the room accepts; `request_bytes` bounds a whole upload request.

    Up to `readable_bytes` a form that is too large is still read, its files thrown away as they
    come, so that what was typed beside them is not lost.
    """

    file_bytes: int = 20 * MIB
    request_bytes: int = 25 * MIB
    readable_bytes: int = 100 * MIB
    owner_bytes: int = 200 * MIB
    owner_files: int = 100
    pixels: int = 40_000_000
    parts: int = 2_000
    unpacked_bytes: int = 200 * MIB
    ratio: int = 100
    ratio_from_bytes: int = MIB
    pdf_objects: int = 200_000
    pdf_seconds: int = 10
    pdf_memory: int = 512 * MIB


LIMITS = Limits()


def megabytes(size: int) -> str:
    """A size as people say it: `20` for 20 MiB, one decimal where it is not whole."""
    return f"{size / MIB:.1f}".removesuffix(".0")
