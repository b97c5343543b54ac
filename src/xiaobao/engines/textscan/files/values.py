"""What the readers of files share."""

from __future__ import annotations

FILE_BYTES = 50 * 1024 * 1024
CHARACTERS = 5_000_000
LINE_CHARACTERS = 2_000_000


class UnreadableError(ValueError):
    """A file that cannot or must not be read; the Chinese message says why and what to do."""
