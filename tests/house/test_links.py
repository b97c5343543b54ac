"""The README and the docs lead somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house import links


def test_no_link_of_the_project_is_dead() -> None:
    assert links.dead() == []


@pytest.mark.parametrize(
    "link", ["[a](missing.md)", "![a](no.png)", "[a](#nowhere)", "[a](b.md#nowhere)", '<img src="no.png">']
)
def test_a_dead_link_is_seen(tmp_path: Path, link: str) -> None:
    (tmp_path / "b.md").write_text("# There\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text(f"# Here\n\n{link}\n", encoding="utf-8")
    assert len(list(links.dead_of(page))) == 1


@pytest.mark.parametrize(
    "link",
    [
        "[a](b.md)",
        "[a](#here-and-now)",
        "[a](b.md#there)",
        "[a](https://example.org/x)",
        "```\n[a](no.md)\n```",
    ],
)
def test_a_living_link_is_left_alone(tmp_path: Path, link: str) -> None:
    (tmp_path / "b.md").write_text("# There\n", encoding="utf-8")
    page = tmp_path / "a.md"
    page.write_text(f"# Here, and now\n\n{link}\n", encoding="utf-8")
    assert list(links.dead_of(page)) == []
