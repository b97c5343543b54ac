"""The short form of `make fuzz`: every reader answers or refuses, whatever became of its file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.changes import CHANGES, Change, changed
from tests.fuzz.targets import TARGETS, Target


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
@settings(
    max_examples=10,
    deadline=5000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(changes=CHANGES, inside=st.booleans())
def test_a_reader_answers_or_refuses(
    tmp_path: Path, target: Target, changes: list[Change], inside: bool
) -> None:
    path = tmp_path / f"in{target.suffix}"
    path.write_bytes(changed(target, changes, inside=inside))
    target.read(path)


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_the_seed_itself_is_read(tmp_path: Path, target: Target) -> None:
    """A reader that refuses its seed would be fuzzed in vain."""
    path = tmp_path / f"in{target.suffix}"
    path.write_bytes(target.seed())
    assert target.read(path) == 0
