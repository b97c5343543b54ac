"""File names as people gave them: shown and downloaded under, never used as a place on the disk."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from xiaobao.kernel.errors import InvalidInput

NAME_LENGTH = 150
# Cc control, Cf invisible and direction marks (they can turn gpj.exe around), Cs halves of a pair, Zl and Zp line ends.
_FORBIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def plain_name(given: str) -> str:
    """The last segment of the name in NFC, blanks at the ends removed.

    A path before the name is dropped, as browsers do. Raises: InvalidInput
    `evidence.name_empty`, `evidence.name_long`, `evidence.name_control`.

    >>> plain_name("../../etc/身份证.jpg"), plain_name("C:\\\\scan\\\\a.pdf")
    ('身份证.jpg', 'a.pdf')
    """
    name = given.replace("\\", "/").rsplit("/", 1)[-1].strip()
    if not name.strip(". "):
        raise InvalidInput("evidence.name_empty", field="file")
    if len(name) > NAME_LENGTH:
        raise InvalidInput("evidence.name_long", field="file", length=len(name), limit=NAME_LENGTH)
    if any(unicodedata.category(sign) in _FORBIDDEN for sign in name):
        raise InvalidInput("evidence.name_control", field="file")
    return unicodedata.normalize("NFC", name)


def extension_of(name: str) -> str:
    """The extension in lower case without the dot; '' where there is none.

    >>> extension_of("a.b.JPG"), extension_of("readme")
    ('jpg', '')
    """
    return PurePosixPath(name).suffix.lower().lstrip(".")


def renamed(name: str, extension: str) -> str:
    """The name with this extension in place of its own.

    >>> renamed("scan.bmp", "png")
    'scan.png'
    """
    return f"{PurePosixPath(name).stem}.{extension}"
