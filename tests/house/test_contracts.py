"""The contracts hold, and each catches the fault it is there for: one is planted in a copy and seen."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, SRC

ROOM = "duties/complaints"

# contract: (file of the copy, line written into it)
FAULTS = {
    "floors": ("kernel/planted.py", "import xiaobao.rules"),
    "furniture": (f"{ROOM}/domain/planted.py", "import xiaobao.duties.complaints.services"),
    "pure": ("rules/planted.py", "import django.db"),
    "independent-duties": ("duties/planted/__init__.py", "import xiaobao.duties.complaints.domain"),
    "independent-engines": ("engines/planted/__init__.py", "import xiaobao.engines.another"),
    "own-tables": (f"{ROOM}/web/planted.py", "import xiaobao.duties.complaints.models"),
    "no-circles": ("kernel/planted.py", "import xiaobao.kernel.planted_too"),
}
BESIDE = {
    "independent-engines": ("engines/another/__init__.py", ""),
    "no-circles": ("kernel/planted_too.py", "import xiaobao.kernel.planted"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(SRC, tmp_path / "src/xiaobao", ignore=lambda _, names: {n for n in names if _is_data(n)})
    shutil.copy(ROOT / ".importlinter", tmp_path)
    for name in ("services", "models"):
        _ensure_module(tmp_path / f"src/xiaobao/{ROOM}/{name}")
    return tmp_path


def _ensure_module(place: Path) -> None:
    if place.is_dir():
        (place / "__init__.py").touch()
    elif not place.with_suffix(".py").exists():
        place.with_suffix(".py").touch()


def _is_data(name: str) -> bool:
    return "." in name and not name.endswith(".py")


def _plant(copy: Path, place: str, line: str) -> None:
    path = copy / "src/xiaobao" / place
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(line + "\n", encoding="utf-8")


def _lint(copy: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    lint = Path(sys.executable).with_name("lint-imports")
    chosen = [word for name in contracts for word in ("--contract", name)]
    return subprocess.run(
        [lint, "--no-cache", "--no-logo", *chosen],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def _contracts() -> dict[str, configparser.SectionProxy]:
    read = configparser.ConfigParser()
    read.read(ROOT / ".importlinter")
    return {name.rsplit(":", 1)[1]: read[name] for name in read.sections() if ":" in name}


def test_the_tree_keeps_every_contract(copy: Path) -> None:
    done = _lint(copy)
    assert done.returncode == 0, done.stdout


def test_no_contract_has_an_exception() -> None:
    assert not [name for name, section in _contracts().items() if "ignore_imports" in section]


def test_every_contract_has_a_planted_fault() -> None:
    assert set(_contracts()) == set(FAULTS)


@pytest.mark.parametrize("contract", FAULTS)
def test_a_planted_fault_is_caught(copy: Path, contract: str) -> None:
    if contract in BESIDE:
        _plant(copy, *BESIDE[contract])
    _plant(copy, *FAULTS[contract])
    done = _lint(copy, contract)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "planted" in done.stdout


def test_an_unlisted_folder_is_caught(copy: Path) -> None:
    _plant(copy, "planted/__init__.py", "")
    done = _lint(copy, "floors")
    assert done.returncode == 1
    assert "planted" in done.stdout + done.stderr
