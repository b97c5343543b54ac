"""The demo's evidence are real files: the evidence room takes each in as what its name says."""

from __future__ import annotations

import pytest

from xiaobao.base.evidence import intake
from xiaobao.demo import papers

LINES = ("示例银行 交易流水", "11-09 10:05    -3,600.00", "经核对一致 <&>")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("流水.docx", papers.word_note(LINES), "wordprocessingml.document"),
        ("流水.pdf", papers.statement(LINES), "application/pdf"),
        ("截图.png", papers.screenshot([("11-09 10:05", "-3,600.00")]), "image/png"),
    ],
)
def test_the_evidence_room_takes_it_in(name: str, content: bytes, media_type: str) -> None:
    accepted = intake.accept(name, content)
    assert accepted.media_type.endswith(media_type)
    assert accepted.name == name


def test_the_statement_carries_its_words() -> None:
    assert "示例银行".encode("utf-16-be").hex().encode() in papers.statement(LINES)


def test_other_words_make_other_files() -> None:
    assert papers.word_note(LINES) == papers.word_note(LINES)
    assert papers.word_note(LINES) != papers.word_note(LINES[:1])
