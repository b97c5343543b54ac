"""What is looked at before an Office file is unpacked or parsed, told as this package tells it."""

from __future__ import annotations

from pathlib import Path

from xiaobao.engines.pii.files.values import UnreadableFileError
from xiaobao.kernel import archives


def checked(path: Path) -> None:
    """Return when the archive may be opened. Raises: UnreadableFileError."""
    try:
        archives.checked(path)
    except archives.UnsafeArchiveError as error:
        raise UnreadableFileError(str(error)) from None
