"""The folder as people really hand it over: Word and web pages, spreadsheets' dates, files that are no law."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from tests.law import library
from xiaobao.base.law import files
from xiaobao.base.law.models import Version
from xiaobao.base.law.services import State
from xiaobao.engines.paper import Line, Paper, docx
from xiaobao.kernel.errors import InvalidInput

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library.write(tmp_path)


def index(folder: Path, *lines: str) -> None:
    (folder / "index.csv").write_text("\n".join((library.INDEX.strip(), *lines)) + "\n", "utf-8")


def first(folder: Path) -> tuple[State, str]:
    done = library.take(folder)[0]
    return done.state, done.why


PLAIN = library.NEW.replace("# ", "").replace("#", "")


def test_a_word_file_is_taken(folder: Path) -> None:
    lines = tuple(Line((line,)) for line in PLAIN.splitlines() if line)
    (folder / "N00_试验投诉办法.docx").write_bytes(docx(Paper("试验投诉办法", lines)))
    index(folder, library.NEW_LINE.strip().replace(".md", ".docx"))
    assert first(folder) == (State.STORED, "")
    assert Version.objects.get(effective_on="2020-03-01").counts["items"] == 2


def test_a_web_page_is_taken(folder: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in PLAIN.splitlines() if line)
    page = f"<html><head><style>p{{}}</style></head><body>{body}<div>【打印】【关闭】</div></body></html>"
    (folder / "N00_试验投诉办法.html").write_text(page, "utf-8")
    index(folder, library.NEW_LINE.strip().replace(".md", ".html"))
    assert first(folder) == (State.STORED, "")


@pytest.mark.parametrize(
    ("name", "say"),
    [("N00_甲.pdf", "PDF 的一行不是一款"), ("N00_甲.doc", "旧版 Word"), ("N00_甲.zip", "不能读.zip文件")],
)
def test_what_cannot_be_read_says_what_can(folder: Path, name: str, say: str) -> None:
    index(folder, f"{name},甲,,,2020-03-01,,,")
    state, why = first(folder)
    assert state is State.REFUSED
    assert say in why
    assert ".docx" in why


def test_a_word_file_that_is_none(folder: Path) -> None:
    with zipfile.ZipFile(folder / "N00_甲.docx", "w") as archive:
        archive.writestr("a.txt", "甲")
    index(folder, "N00_甲.docx,甲,,,2020-03-01,,,")
    assert first(folder) == (State.REFUSED, "N00_甲.docx：压缩包里没有正文，不是 Word 文档")


def test_a_binary_file_named_markdown(folder: Path) -> None:
    (folder / "N00_试验投诉办法.md").write_bytes(b"PK\x03\x04\0\0" * 9)
    assert first(folder)[1] == "N00_试验投诉办法.md：编码无法识别，请另存为 UTF-8"


def test_a_file_too_large_is_not_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (folder / "N00_试验投诉办法.md").open("wb") as opened:
        opened.truncate(files.MOST_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    with pytest.raises(files.TextError, match="超过 8 MB"):
        files.read(files.Source(folder / "N00_试验投诉办法.md", "第2行", "N00", "甲", date(2020, 3, 1)))


@pytest.mark.parametrize("name", ["N00_../../甲.md", "N00_a/b.md", "N00_a\\b.md"])
def test_no_file_outside_the_folder(folder: Path, name: str) -> None:
    index(folder, f"{name},甲,,,2020-03-01,,,")
    assert "应以代号开头" in first(folder)[1]


def test_a_folder_in_place_of_a_file(folder: Path) -> None:
    (folder / "N00_试验投诉办法.md").unlink()
    (folder / "N00_试验投诉办法.md").mkdir()
    assert "没有文件" in first(folder)[1]


@pytest.mark.parametrize("day", ["2020/3/1", "2020年3月1日", "20200301", "２０２０-０３-０１"])
def test_a_spreadsheet_s_days_are_read(folder: Path, day: str) -> None:
    index(folder, library.NEW_LINE.strip().replace("2020-03-01", day))
    assert first(folder)[0] is State.STORED


@pytest.mark.parametrize(("column", "longest"), [(1, 200), (2, 120), (3, 80), (7, 500)])
def test_a_cell_too_long_for_its_column(folder: Path, column: int, longest: int) -> None:
    cells = library.NEW_LINE.strip().split(",")
    cells[column] = "甲" * (longest + 1)
    index(folder, ",".join(cells))
    assert f"一列超过{longest}字" in first(folder)[1]


def test_a_number_of_articles_that_is_none_asks_nothing(folder: Path) -> None:
    index(folder, library.NEW_LINE.strip().replace(",5,", ",²,"))
    assert first(folder)[0] is State.STORED


def test_a_torn_index_names_its_row(folder: Path) -> None:
    index(folder, '"' + "甲" * 200_000)
    with pytest.raises(InvalidInput) as refused:
        library.take(folder)
    assert refused.value.code == "law.index_broken"


def test_a_text_without_its_first_articles_needs_the_index_s_word(folder: Path) -> None:
    (folder / "N00_试验投诉办法.md").write_text("# 甲\n第三条 丙。\n第四条 丁。\n", "utf-8")
    index(folder, library.NEW_LINE.strip().replace(",5,", ",,"))
    assert "正文从第三条起" in first(folder)[1]
    index(folder, library.NEW_LINE.strip().replace(",5,", ",2,"))
    assert first(folder)[0] is State.STORED


def test_a_refusal_with_many_grounds_tells_some_and_their_number(folder: Path) -> None:
    text = "# 甲\n第一条 甲。\n" + "第一条 又是。\n" * 40
    (folder / "N00_试验投诉办法.md").write_text(text, "utf-8")
    why = first(folder)[1]
    assert why.count("重复或颠倒") == 12
    assert "等40处" in why
