"""The limits are checked, and the check sees what is too large."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house import sizes, source


@pytest.fixture
def small_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (sizes, source):
        monkeypatch.setattr(module, "ROOT", tmp_path)
        for name, folder in {"SRC": "src/xiaobao", "TESTS": "tests", "BENCH": "bench"}.items():
            monkeypatch.setattr(module, name, tmp_path / folder)
    (tmp_path / "src/xiaobao/duties/room").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    return tmp_path


def _body(lines: int) -> str:
    return "    pass\n" * lines


def test_nothing_is_larger_than_the_house_allows() -> None:
    assert sizes.offenders() == []


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("src/xiaobao/a.py", "\n" * 401),
        ("src/xiaobao/a.py", "def f():\n" + _body(50)),
        ("src/xiaobao/a.py", "def f(*, actor, a, b, c, d, e, f):\n    pass\n"),
        ("tests/test_a.py", "def test_a():\n" + _body(40)),
        ("tests/a.py", "\n" * 401),
    ],
)
def test_each_limit_is_seen(small_house: Path, place: str, text: str) -> None:
    (small_house / place).write_text(text, encoding="utf-8")
    assert len(sizes.offenders()) == 1


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("src/xiaobao/a.py", "\n" * 400),
        ("src/xiaobao/a.py", "def f():\n" + _body(49)),
        ("src/xiaobao/a.py", "def f(self, *, actor, a, b, c, d, e):\n    pass\n"),
        ("tests/test_a.py", "def test_a():\n" + _body(39)),
    ],
)
def test_the_limit_itself_is_allowed(small_house: Path, place: str, text: str) -> None:
    (small_house / place).write_text(text, encoding="utf-8")
    assert sizes.offenders() == []


def test_a_room_past_5000_lines_needs_a_decision(small_house: Path) -> None:
    room = small_house / "src/xiaobao/duties/room"
    (room / "apps.py").write_text("", encoding="utf-8")
    for number in range(13):
        (room / f"m{number}.py").write_text("\n" * 390, encoding="utf-8")
    assert len(sizes.offenders()) == 1
    decisions = small_house / "docs/decisions"
    decisions.mkdir(parents=True)
    (decisions / "0009-size-of-room.md").write_text("", encoding="utf-8")
    assert sizes.offenders() == []
