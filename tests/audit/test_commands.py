"""`xiaobao audit ...` from an empty folder to a verified export."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.audit.journal import outsider
from xiaobao.base.audit import verifier


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


def xiaobao(folder: Path, *words: str) -> tuple[int, Any]:
    """Exit code and JSON answer of the console command."""
    environment = {key: value for key, value in os.environ.items() if key != "XIAOBAO_DATABASE_URL"}
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from xiaobao.site.cli import main; sys.exit(main())",
            *words,
            "--json",
        ],
        env=environment | {"XIAOBAO_VAR": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


def test_the_journal_is_kept_signed_exported_and_verified(folder: Path, tmp_path: Path) -> None:
    code, answer = xiaobao(folder, "audit", "head", "--out", str(tmp_path / "h.json"))
    assert (code, "还没有记录" in answer) == (1, True)
    assert xiaobao(folder, "people", "first-admins")[0] == 0
    code, head = xiaobao(folder, "audit", "head", "--out", str(tmp_path / "head.json"))
    assert (code, head["size"] >= 4) == (0, True)  # head office and three administrators
    code, check = xiaobao(folder, "audit", "verify")
    assert (code, check["sound"], check["rows"], check["alarm"]) == (0, True, head["size"], "")
    code, done = xiaobao(folder, "audit", "export", "--out", str(tmp_path / "export.jsonl.gz"))
    assert (code, done["rows"] > head["size"]) == (0, True)
    assert outsider(tmp_path / "export.jsonl.gz", tmp_path / "head.json")[0] == 0


def test_the_key_is_readable_by_its_owner_alone(folder: Path) -> None:
    xiaobao(folder, "people", "first-admins")
    xiaobao(folder, "audit", "head", "--out", str(folder / "head.json"))
    assert stat.S_IMODE((folder / "audit_key.pem").stat().st_mode) == 0o600


def test_an_export_into_no_folder_is_wrong_use_and_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    code, answer = xiaobao(folder, "audit", "export", "--out", str(tmp_path / "none" / "x.jsonl"))
    assert (code, "不存在" in answer, list(tmp_path.iterdir())) == (2, True, [])


def test_the_verifier_copied_out_runs_without_the_project(folder: Path, tmp_path: Path) -> None:
    assert xiaobao(folder, "audit", "verifier", "--out", str(tmp_path / "v.py"))[0] == 0
    done = subprocess.run(
        ["/usr/bin/python3", "-I", str(tmp_path / "v.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert "Standard library only" in done.stdout


def test_the_verifier_says_its_finding_in_chinese_and_english(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "export.jsonl"
    xiaobao(folder, "people", "first-admins")
    assert xiaobao(folder, "audit", "export", "--out", str(export))[0] == 0
    assert verifier.main([str(export)]) == 0
    told = capsys.readouterr().out
    assert "完好：" in told
    assert "未锚定" in told
    assert told.splitlines()[-1].startswith("sound: ")
    export.write_bytes(b"".join(export.read_bytes().splitlines(keepends=True)[:-1]))
    assert verifier.main([str(export)]) in {1, 2}
    assert "已被改动" in capsys.readouterr().out
