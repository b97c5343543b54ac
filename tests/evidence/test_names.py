"""File names: shown as given where that is safe, refused with a reason where not. No database."""

from __future__ import annotations

import pytest

from xiaobao.base.evidence.names import plain_name
from xiaobao.kernel.errors import InvalidInput


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("身份证.jpg", "身份证.jpg"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("/etc/cron.d/a.txt", "a.txt"),
        ("C:\\scan\\a.pdf", "a.pdf"),
        ("  a.pdf ", "a.pdf"),
        ("é.txt".replace("é", "e\u0301"), "é.txt"),
        ("a;rm -rf $HOME'\"<b>.txt", "a;rm -rf $HOME'\"<b>.txt"),
        ("字" * 146 + ".jpg", "字" * 146 + ".jpg"),
    ],
)
def test_kept(given: str, kept: str) -> None:
    assert plain_name(given) == kept


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "name_empty"),
        ("   ", "name_empty"),
        ("..", "name_empty"),
        ("a/", "name_empty"),
        ("字" * 147 + ".jpg", "name_long"),
        ("a" * 100_000 + ".jpg", "name_long"),
        ("a\x00.jpg", "name_control"),
        ("a\r\nContent-Type: x.jpg", "name_control"),
        ("a\x1b[31m.jpg", "name_control"),
        ("a\u202egpj.exe", "name_control"),
        ("a\u200b.jpg", "name_control"),
        ("a\ud800.jpg", "name_control"),
        ("a\u2028.jpg", "name_control"),
    ],
)
def test_refused(given: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        plain_name(given)
    assert caught.value.code == f"evidence.{code}"
