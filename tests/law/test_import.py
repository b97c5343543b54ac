"""Taking in a folder: whole texts only, again without effect, every refusal in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.law import library
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.law.models import Instrument, Node, Version
from xiaobao.base.law.selectors import place_show
from xiaobao.base.law.services import State, folder_import
from xiaobao.base.search.models import Document
from xiaobao.engines import lawtext
from xiaobao.engines.lawtext import parse
from xiaobao.kernel.errors import InvalidInput, NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return library.write(tmp_path)


def states(folder: Path) -> list[State]:
    return [one.state for one in library.take(folder)]


def test_a_folder_becomes_versions_with_a_trace(folder: Path) -> None:
    assert states(folder) == [State.STORED] * 3
    assert [str(v) for v in Version.objects.order_by("effective_on")] == [
        "试验信息条例 2013-03-15",
        "试验投诉办法 2015-01-01",
        "试验投诉办法 2020-03-01",
    ]
    newest = Version.objects.get(effective_on="2020-03-01")
    assert (newest.counts["articles"], newest.counts["items"], newest.counts["sections"]) == (5, 2, 1)
    trace = AuditEntry.objects.filter(tag="law:version:import")
    assert set(trace.values_list("object_id", flat=True)) >= {"N00@2020-03-01", "N00@2015-01-01"}


def test_importing_twice_changes_nothing(folder: Path) -> None:
    library.take(folder)
    before = list(Node.objects.values_list("pk", "text")), AuditEntry.objects.count()
    assert states(folder) == [State.UNCHANGED] * 3
    assert (list(Node.objects.values_list("pk", "text")), AuditEntry.objects.count()) == before


def test_a_corrected_file_renews_its_version_alone(folder: Path) -> None:
    library.take(folder)
    (folder / "N00_试验投诉办法.md").write_text(library.NEW.replace("十日内答复", "九日内答复"), "utf-8")
    assert states(folder) == [State.RENEWED, State.UNCHANGED, State.UNCHANGED]
    assert Node.objects.filter(text__contains="九日内答复").count() == 1
    assert Document.objects.filter(kind="law").count() == 5 + 4 + 3
    assert AuditEntry.objects.filter(tag="law:version:renew").count() == 1


def test_a_newer_splitter_reads_held_texts_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lawtext, "READING", "1")
    library.take(folder)
    versions = list(Version.objects.order_by("pk").values_list("pk", "effective_on"))
    cited = place_show(parse("N00@2020-03-01:2.1.2"))
    Node.objects.filter(text__contains="公布").update(text="旧的拆分")
    monkeypatch.undo()
    assert states(folder) == [State.RENEWED] * 3
    assert list(Version.objects.order_by("pk").values_list("pk", "effective_on")) == versions
    assert place_show(parse("N00@2020-03-01:2.1.2")) == cited
    assert not Node.objects.filter(text="旧的拆分").exists()
    assert Document.objects.filter(kind="law").count() == 5 + 4 + 3
    assert states(folder) == [State.UNCHANGED] * 3


def test_an_earlier_version_never_renames_the_instrument(folder: Path) -> None:
    library.take(folder)
    assert Instrument.objects.get(code="N00").issuer == "试验局"


@pytest.mark.parametrize(
    ("text", "say"),
    [
        (library.NEW.replace("第三条 机构", "机构"), "第三条缺"),
        (library.NEW.replace("第五条 本办法自2020年3月1日起施行。", ""), "目录表载5条，正文只读出4条"),
        (library.NEW.replace("第四条 情况", "第二条 情况"), "重复或颠倒"),
        ("# 试验投诉办法\n没有条文。", "没有找到任何条文"),
    ],
)
def test_a_text_that_is_not_whole_leaves_nothing(folder: Path, text: str, say: str) -> None:
    (folder / "N00_试验投诉办法.md").write_text(text, "utf-8")
    first, *rest = library.take(folder)
    assert first.state is State.REFUSED
    assert say in first.why
    assert first.file in first.why
    assert [one.state for one in rest] == [State.STORED] * 2
    assert not Version.objects.filter(effective_on="2020-03-01").exists()


def test_a_gap_the_text_itself_marks_is_taken_and_told(folder: Path) -> None:
    marked = library.NEW.replace("第三条 机构应当自收到投诉之日起十日内答复。", "〔此处源文件缺第三条〕")
    (folder / "N00_试验投诉办法.md").write_text(marked, "utf-8")
    first = library.take(folder)[0]
    assert first.state is State.STORED
    assert any("第三条缺" in remark.say for remark in first.remarks)


def test_a_broken_file_does_not_drive_out_the_good_one(folder: Path) -> None:
    library.take(folder)
    (folder / "N00_试验投诉办法.md").write_text(library.NEW.replace("第三条 机构", "机构"), "utf-8")
    assert states(folder)[0] is State.REFUSED
    assert Version.objects.get(effective_on="2020-03-01").counts["articles"] == 5


def test_a_file_of_the_index_that_is_absent(folder: Path) -> None:
    (folder / "R02_试验信息条例.md").unlink()
    refused = library.take(folder)[1]
    assert refused.state is State.REFUSED
    assert "index.csv 第3行：没有文件" in refused.why


@pytest.mark.parametrize(
    ("encoding", "state"),
    [("gb18030", State.STORED), ("utf-16", State.STORED), ("utf-16-le", State.REFUSED)],
)
def test_encodings(folder: Path, encoding: str, state: State) -> None:
    (folder / "N00_试验投诉办法.md").write_bytes(library.NEW.encode(encoding))
    first = library.take(folder)[0]
    assert first.state is state
    assert state is State.STORED or "编码无法识别" in first.why


@pytest.mark.parametrize(
    ("line", "say"),
    [
        ("N00_试验投诉办法.md,题,,,2020-13-01,,,", "施行日期“2020-13-01”不是日期"),
        ("试验投诉办法.md,题,,,2020-03-01,,,", "应以代号开头"),
        (library.NEW_LINE.strip(), "重复"),
    ],
)
def test_a_bad_row_is_named(folder: Path, line: str, say: str) -> None:
    (folder / "index.csv").write_text(library.INDEX + library.NEW_LINE + line + "\n", "utf-8")
    refused = library.take(folder)[1]
    assert refused.state is State.REFUSED
    assert say in refused.why
    assert "第3行" in refused.why


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    for folder, code in ((tmp_path, "law.no_index"), (tmp_path / "absent", "law.no_folder")):
        with pytest.raises(InvalidInput) as refused:
            library.take(folder)
        assert refused.value.code == code


def test_an_index_without_its_columns_is_refused(folder: Path) -> None:
    (folder / "index.csv").write_text("file,name\n", "utf-8")
    with pytest.raises(InvalidInput) as refused:
        library.take(folder)
    assert refused.value.facts["columns"] == "title、effective_date"


def test_only_the_console_imports(folder: Path) -> None:
    officer = Actor(1, "晓敏", frozenset({Role.OFFICER}), "0001.", "0001.")
    with pytest.raises(NotAllowed):
        folder_import(actor=officer, folder=folder)
