"""What is installed from a wheel is the whole product: it can build the demo bank, and draws its pages."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.source import ROOT

pytest.importorskip("hatchling", reason="the builder is absent: make install")

# Runs the installed copy, not the source tree: the folder stands first on the path.
RUN = "import sys; from xiaobao.site.cli import main; sys.exit(main())"
PAGE = """
import xiaobao
from xiaobao.site.boot import setup
setup()
from django.test import Client
from django.contrib.staticfiles import finders
answer = Client().get("/accounts/login/", headers={"host": "localhost"})
print(xiaobao.__file__, answer.status_code, bool(finders.find("xb/xb.css")))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def run(installed: Path, var: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(installed), "XIAOBAO_VAR": str(var), "XIAOBAO_DATABASE_URL": ""}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=env, cwd=var, capture_output=True, text=True, check=False)


def test_everything_beside_the_code_is_in_it(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    kept = {".html", ".css", ".js", ".csv", ".json", ".yaml", ".svg", ".mo", ".po", ".onnx", ".npz", ".txt"}
    wanted = {
        path.relative_to(source).as_posix()
        for path in (source / "xiaobao").rglob("*")
        if path.suffix in kept and "__pycache__" not in path.parts
    }
    assert len(wanted) > 40
    assert sorted(wanted - packed) == []
    assert [name for name in packed if name.startswith("tests/")] == []


def test_it_builds_the_demo_bank(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, RUN, "demo", "--scale", "0.002")
    assert done.returncode == 0, done.stderr
    assert "建成" in done.stderr
    assert (tmp_path / "demo.json").exists()


def test_its_pages_and_their_style_are_there(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, RUN, "tick").returncode == 0
    done = run(installed, tmp_path, PAGE)
    where, status, style = done.stdout.split()
    assert where.startswith(str(installed))
    assert (status, style) == ("200", "True"), done.stderr
