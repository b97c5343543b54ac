"""`xiaobao complaints`: answers on stdout alone, words on stderr, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints.models import Complaint
from xiaobao.site.cli import main

HEAD = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n"
ROWS = "101,UU1,井盖缺失,2019/3/5 15:36:21,井盖丢了三天,,\n102,UU2,停水,2019/3/5 10:00:00,停水,已恢复,2019/3/21 9:00:00\n"
SCRIPT = "import sys; from xiaobao.site.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def test_json_alone_on_stdout(crew: make.Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["complaints", "import", str(file), "--format", "gov_zh", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {
        "rows": 2,
        "imported": 2,
        "already": 0,
        "rejected": 0,
        "errors_file": None,
    }
    assert err == ""
    assert Complaint.objects.filter(org__code="000").count() == 2


def test_words_for_people(crew: make.Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["complaints", "import", str(file), "--format", "gov_zh", "--org", "33001"])
    assert "导入 2 件，已有 0 件，未导入 0 行" in capsys.readouterr().out
    main(["complaints", "report", "replies", "--source", "gov_zh"])
    assert "超过 15 个自然日：1 件（满24小时口径 0 件）" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["absent.csv", "--format", "gov_zh"], "没有文件"),
        ([".", "--format", "gov_zh"], "是文件夹"),
        (["in.csv", "--format", "xml"], "cfpb、gov_zh、csv"),
        (["in.csv", "--format", "cfpb"], "缺少列：Date received"),
        (["in.csv", "--format", "gov_zh", "--map", "in.csv"], "映射文件"),
        (["in.csv", "--format", "csv", "--map", "absent.yaml"], "读不出来"),
    ],
)
def test_wrong_use_is_one_sentence_and_code_two(
    crew: make.Cast,
    file: Path,
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(file.parent)
    assert main(["complaints", "import", *arguments, "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert "Traceback" not in err
    assert not Complaint.objects.exists()


def test_a_file_of_which_nothing_came_in_is_code_one(
    crew: make.Cast, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(HEAD + ROWS.replace("2019/3/5", "2019/2/30"), encoding="utf-8")
    assert main(["complaints", "import", str(file), "--format", "gov_zh", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["rejected"], Path(told["errors_file"]).suffix) == (2, ".xlsx")


def test_a_map_file_of_yaml_or_json_is_read(
    crew: make.Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("号,时间,内容\n1,10/01/2026,多收年费\n", encoding="gb18030")
    mapping = {
        "source": "crm",
        "columns": {"number": "号", "received_at": "时间", "facts": "内容"},
        "dates": ["%d/%m/%Y"],
    }
    (tmp_path / "m.json").write_text(json.dumps(mapping), encoding="utf-8")
    told = ["import", str(tmp_path / "a.csv"), "--format", "csv", "--map", str(tmp_path / "m.json"), "--json"]
    assert main(["complaints", *told]) == 0
    assert Complaint.objects.get().source_system == "crm"


def test_an_empty_folder_is_made_ready_first(file: Path, tmp_path: Path) -> None:
    env = os.environ | {"XIAOBAO_VAR": str(tmp_path / "var"), "XIAOBAO_DATABASE_URL": ""}
    told = ["complaints", "import", str(file), "--format", "gov_zh", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *told], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["imported"] == 2
    assert "建立或升级数据库" in done.stderr
    assert "已建立“总行”" in done.stderr


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)


def test_the_bar_is_drawn_for_people_only(
    crew: make.Cast,
    file: Path,
    terminal: Callable[[], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    terminal()
    main(["complaints", "import", str(file), "--format", "gov_zh", "--json"])
    out, err = capsys.readouterr()
    assert "100%" in err
    assert json.loads(out)["rows"] == 2
