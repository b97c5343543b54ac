"""A group whose tool is absent skips with one line that says what to install; under CI it fails."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import groups, run
from tests.house.source import ROOT

REAL = "tests/complaints/importing/test_real.py"


def skipping(tmp_path: Path, **names: str) -> subprocess.CompletedProcess[str]:
    """A pass over tests that need the real data, where there is none."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "XB_", "CI"))}
    env = kept | {"XIAOBAO_SHARED": str(tmp_path / "nothing"), **names}
    return subprocess.run(run.command([REAL]), cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_skipped_in_one_line_with_the_reason(tmp_path: Path) -> None:
    done = skipping(tmp_path)
    lines = [line for line in done.stdout.splitlines() if "the real data is absent" in line]
    assert done.returncode == 0, done.stdout
    assert len(lines) == 1
    assert str(tmp_path / "nothing") in lines[0]


def test_under_ci_nothing_may_skip(tmp_path: Path) -> None:
    done = skipping(tmp_path, CI="true")
    assert done.returncode == 1
    assert "skipped under CI" in done.stdout


@pytest.mark.parametrize(
    ("group", "package"),
    [("browser", "apt-get install chromium"), ("postgres", "apt-get install postgresql")],
)
def test_the_debian_package_is_named(monkeypatch: pytest.MonkeyPatch, group: str, package: str) -> None:
    monkeypatch.setattr(groups, "CHROMIUM", Path("/nothing/chromium"))
    monkeypatch.setattr("tests.postgres.tools", lambda: None)
    assert package in groups.absent(group)
