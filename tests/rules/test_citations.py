"""Citations against their texts: what stands, what is missing, and faults with file, row, rule and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.groups import SHARED
from tests.rules.asking import ask
from xiaobao.rules.book import book
from xiaobao.rules.citations import check_citations, every_cite
from xiaobao.rules.instruments import is_held
from xiaobao.rules.values import Cite
from xiaobao.site import cli

TEXTS = SHARED / "data/regulations"


def words_of(cite: Cite) -> str | None:
    return cite.words


def nothing(cite: Cite) -> str | None:
    raise LookupError(cite)


def test_words_in_place_stand_and_texts_nobody_has_are_counted() -> None:
    cites = [cite for *_, cite in every_cite(book())]
    held = sum(map(is_held, cites))
    found = check_citations(book(), words_of)
    assert (found.standing, found.not_held, found.faults) == (held, len(cites) - held, ())
    assert check_citations(book(), nothing).not_given == held


def test_a_place_that_is_not_there_is_named_with_file_row_rule() -> None:
    found = check_citations(book(), lambda cite: None if cite.full == "N00@2020-03-01:20" else cite.words)
    assert {fault.rule for fault in found.faults} == {"CMP-013"}
    fault = found.faults[0]
    assert (fault.version, fault.cite) == ("2020-03-01", "N00@2020-03-01:20")
    assert fault.say == "投诉办法没有这一处：投诉办法第二十条"
    assert fault.place.startswith("complaints/proceedings.py第")


def test_words_that_are_not_in_the_place_are_named() -> None:
    found = check_citations(book(), lambda cite: "别的话" if cite.instrument == "L15" else cite.words)
    assert {fault.rule for fault in found.faults} == {"CMP-035"}
    assert "里没有“三十日内共同向人民法院”" in found.faults[0].say


@pytest.mark.real
def test_every_citation_of_the_book_stands_in_the_shared_texts(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = ask(capsys, f"verify --law '{TEXTS}'")
    assert (code, answer["faults"], answer["not_given"]) == (0, [], 0)
    assert answer["standing"] > 180


@pytest.mark.real
def test_a_text_with_an_article_changed_is_a_fault_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.csv").write_bytes((TEXTS / "index.csv").read_bytes())
    name = next(TEXTS.glob("N00_*.md")).name
    text = (TEXTS / name).read_text("utf-8")
    (tmp_path / name).write_text(text.replace("15日内作出处理决定", "20日内作出处理决定"), "utf-8")
    assert cli.main(["rules", "verify", "--law", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert "CMP-003@2020-03-01  N00@2020-03-01:18.1" in said
    assert "里没有“15日内作出处理决定”" in said
    assert "clocks.py第" in said


def test_without_texts_the_book_alone_is_checked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XIAOBAO_LAW", raising=False)
    assert cli.main(["rules", "verify"]) == 0
    assert f"规则{len(book())}条" in capsys.readouterr().out


def test_a_folder_without_an_index_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, said = ask(capsys, f"verify --law {tmp_path}")
    assert (code, answer) == (2, {})
    assert "没有 index.csv" in said
