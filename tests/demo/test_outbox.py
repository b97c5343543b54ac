"""Long past events wake nobody; the wiring comes back as it was, and open work gets its tasks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from xiaobao.base.events import registry
from xiaobao.demo.outbox import ASKED, REFERRED, begin_to_listen, nobody_listens

heard: list[tuple[str, Any]] = []


def moved(payload: Mapping[str, Any], key: str) -> None:
    heard.append(("moved", payload["complaint_id"]))


def lettered(payload: Mapping[str, Any], key: str) -> None:
    heard.append(("letter", payload["number"]))


@pytest.fixture(autouse=True)
def wired() -> Iterator[None]:
    before = registry.wiring()
    registry.connect({ASKED: (moved,), REFERRED: (lettered,)})
    heard.clear()
    yield
    registry.connect(before)


def test_inside_nobody_is_wired_and_afterwards_everybody_again() -> None:
    with nobody_listens():
        assert registry.wiring() == {}
    assert registry.handlers_of(ASKED)


def test_open_work_is_heard_and_a_letter_with_it() -> None:
    begin_to_listen([(7, ""), (8, "监消转〔2026〕1号")])
    assert heard == [("moved", 7), ("moved", 8), ("letter", "监消转〔2026〕1号")]
