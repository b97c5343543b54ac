"""Tests do not hear each other through the caches."""

from __future__ import annotations

import pytest
from django.core.cache import cache, caches


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_remembers_is_forgotten_before_the_next(time: str) -> None:
    assert cache.get("heard") is None
    cache.set("heard", time)
    assert cache.get("heard") == time


def test_every_configured_cache_can_be_emptied() -> None:
    for name in caches:
        caches[name].set("x", 1)
        caches[name].clear()
        assert caches[name].get("x") is None
