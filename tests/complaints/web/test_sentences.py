"""What a refusal says beside the form, also when another room refused."""

from __future__ import annotations

from xiaobao.duties.complaints.web.screen import sentence
from xiaobao.kernel.errors import InvalidInput


def test_a_refused_file_is_told_in_the_evidence_rooms_words() -> None:
    error = InvalidInput("evidence.format", extension=".exe", allowed="pdf、png")
    assert sentence(error) == "不接受扩展名为 .exe 的文件。可上传：pdf、png。请转换格式后再上传。"


def test_an_unknown_refusal_still_says_what_to_do() -> None:
    assert "请稍后再试" in sentence(InvalidInput("nobody.knows"))
