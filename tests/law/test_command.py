"""`xiaobao law …`: on the library, and on a folder without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.law import library
from xiaobao.site import cli


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library.write(tmp_path)


@pytest.fixture
def stocked(db: None, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["law", "import", str(folder)]) == 0
    assert "已导入 3 部" in capsys.readouterr().out


def law(*words: str) -> int:
    return cli.main(["law", *words])


@pytest.mark.usefixtures("stocked")
def test_import_as_json_says_what_was_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "N00_试验投诉办法.md").write_text(library.NEW.replace("第三条 机构", "机构"), "utf-8")
    assert law("import", str(folder), "--json") == 1
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert (answer["refused"], answer["unchanged"], answer["stored"]) == (1, 2, 0)
    assert answer["texts"][0]["gaps"] == ["第三条缺"]
    assert "第三条缺" in told.err


@pytest.mark.usefixtures("stocked")
def test_show_has_heads_text_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert law("show", "N00:3") == 0
    told = capsys.readouterr().out
    assert all(
        words in told for words in ("第二章 办理", "第一节 期限", "第三条", "十日内答复", "2020-03-01")
    )
    assert law("show", "N00@2015-01-01:2", "--json") == 0
    assert json.loads(capsys.readouterr().out)["cite"] == "N00@2015-01-01:2"


@pytest.mark.usefixtures("stocked")
def test_show_gives_each_item_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert law("show", "N00:2", "--json") == 0
    assert json.loads(capsys.readouterr().out)["lines"] == [
        "机构应当公布下列事项：",
        "（一）办理渠道；",
        "（二）办理期限。",
        "机构不得收取费用。",
    ]


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["show", "X01:1"], 1, "尚无原文"),
        (["show", "N00:99"], 1, "没有第九十九条"),
        (["show", "Q77:1"], 1, "没有代号为“Q77”的法规"),
        (["show", "第十八条"], 2, "不是引用"),
        (["show", "N00:3..2"], 2, "首尾颠倒"),
        (["diff", "N00@2020-03-01..2015-01-01"], 2, "先后写反"),
        (["diff", "N00"], 2, "应写作"),
        (["search", " "], 2, "请输入要查的词"),
        (["diff", "N00@2001-01-01..2015-01-01"], 1, "没有 2001-01-01 版"),
    ],
)
def test_refusals_in_one_sentence(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law(*words) == code
    told = capsys.readouterr()
    assert said in told.err
    assert not told.out


@pytest.mark.usefixtures("stocked")
@pytest.mark.parametrize(
    "cite",
    [
        "Ｎ００：２．１",
        "n00:2.1",
        " N00 : 2.1 ",
        "投诉办法第二条第一款",
        "《银行业保险业消费投诉处理管理办法》第二条第一款",
    ],
)
def test_a_place_as_people_write_it(cite: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert law("show", cite, "--json") == 0
    assert json.loads(capsys.readouterr().out)["cite"] == "N00@2020-03-01:2.1"


@pytest.mark.usefixtures("stocked")
def test_count_list_search_diff(capsys: pytest.CaptureFixture[str]) -> None:
    law("count", "--json")
    assert json.loads(capsys.readouterr().out) == [
        {"file": "N00_试验投诉办法.md", "articles": 5, "paragraphs": 6, "items": 2, "chapters": 2},
        {"file": "R02_试验信息条例.md", "articles": 2, "paragraphs": 2, "items": 2, "chapters": 0},
    ]
    law("list", "--json")
    assert {"X01", "N00"} <= {one["instrument"] for one in json.loads(capsys.readouterr().out)}
    law("search", "延长", "--json")
    assert json.loads(capsys.readouterr().out)["count"] == 2
    law("diff", "N00@2015-01-01..2020-03-01", "--json")
    assert json.loads(capsys.readouterr().out)["counts"]["gone"] == 1


def test_a_folder_is_counted_without_a_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert law("count", str(folder), "--json") == 0
    assert [row["articles"] for row in json.loads(capsys.readouterr().out)] == [5, 2]
    (folder / "index.csv").unlink()
    (folder / "N00_试验投诉办法.md").write_text(library.NEW.replace("第三条 机构", "机构"), "utf-8")
    assert law("count", "--folder", str(folder)) == 1
    assert "第三条缺" in capsys.readouterr().err


def test_a_folder_is_read_without_a_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert law("show", "N00:2.1.2", "--folder", str(folder)) == 0
    assert capsys.readouterr().out == "《试验投诉办法》第二条第一款第（二）项\n办理期限。\n"
    assert law("show", "P01:1", "--folder", str(folder)) == 1
    assert "尚无原文" in capsys.readouterr().err


def test_a_folder_without_an_index_is_not_imported(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law("import", str(tmp_path)) == 2
    assert "里没有 index.csv" in capsys.readouterr().err


@pytest.mark.usefixtures("stocked")
def test_an_appendix_is_shown_with_its_own_title_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert law("show", "R02:a1") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "附录 名词解释"
    assert law("show", "R02:1") == 0
    first = capsys.readouterr().out.splitlines()[2:-1]
    assert first
    assert not set(first) & set(lines[1:-1])
