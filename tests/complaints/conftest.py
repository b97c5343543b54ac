"""The room's ground: the cast, on a clock that stands still, with an empty cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from xiaobao.kernel import ports


@pytest.fixture
def clock() -> Iterator[ports.Ports]:
    """Ports standing at Monday 2026-03-02 10:00 Shanghai."""
    from tests.factories import complaints as make

    with make.at() as running:
        yield running


@pytest.fixture
def crew(db: Any, clock: ports.Ports) -> Iterator[Any]:
    """The bank of the tests."""
    from django.core.cache import cache

    from tests.factories import complaints as make

    cache.clear()
    yield make.cast()
    cache.clear()
