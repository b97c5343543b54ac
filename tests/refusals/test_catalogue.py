"""One catalogue: every code a room raises has its sentence, and everybody who shows it says the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django import forms

from xiaobao.base.refusals import catalogue, sentence_of
from xiaobao.duties.complaints.services.bulk import _refusal
from xiaobao.duties.complaints.web.screen import put_error, sentence
from xiaobao.kernel.errors import InvalidInput, RuleBroken, XiaobaoError
from xiaobao.site import refusals as site

SOURCE = Path(__file__).resolve().parents[2] / "src" / "xiaobao"
FAMILIES = {"InvalidInput", "NotAllowed", "NotFound", "IllegalStep", "RuleBroken", "NotConfigured"}
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")


def _raised(tree: ast.AST) -> Iterator[str]:
    """Codes of refusals made without words of their own."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in FAMILIES):
            continue
        if any(word.arg in ("say", None) for word in node.keywords):
            continue
        for told in node.args[:2]:
            if isinstance(told, ast.Constant) and CODE.fullmatch(str(told.value)):
                yield str(told.value)


def _without_a_sentence(folder: Path) -> list[str]:
    codes = {
        code for path in folder.rglob("*.py") for code in _raised(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert codes, folder
    return sorted(codes - set(catalogue()))


@pytest.mark.parametrize("floor", ["base", "duties"])
def test_every_code_a_room_raises_has_its_sentence(floor: str) -> None:
    assert _without_a_sentence(SOURCE / floor) == []


def test_the_reader_of_codes_misses_none() -> None:
    tree = ast.parse('raise RuleBroken("CMP-001", "a.b_c", source="x")\nraise NotFound("d.e", say="有话")')
    assert list(_raised(tree)) == ["a.b_c"]


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        ("evidence.no_file", {}, "文件"),
        ("people.reveal.no_reason", {}, "事由"),
        ("complaint.reason.missing", {"what": "改派理由"}, "改派理由"),
    ],
)
def test_page_program_and_list_say_the_same(code: str, facts: dict[str, Any], words: str) -> None:
    error = InvalidInput(code, field="x", **facts)
    assert words in sentence_of(error)
    assert sentence(error) == site.sentence_of(error) == _refusal(1, None, error).reason == sentence_of(error)


def test_a_form_shows_an_evidence_refusal_in_its_words() -> None:
    form = forms.Form(data={})
    form.full_clean()
    put_error(form, InvalidInput("evidence.no_file", field="attachments"))
    assert form.non_field_errors() == [catalogue()["evidence.no_file"]]


def test_own_words_come_first_and_an_unknown_code_has_none() -> None:
    assert sentence_of(InvalidInput("evidence.no_file", say="另有说明")) == "另有说明"
    assert sentence_of(XiaobaoError("no.such.code")) == ""


def test_a_form_adds_rule_and_article_where_the_sentence_names_none() -> None:
    error = RuleBroken("CMP-099", "complaint.bulk.command", source="某条", command="办结")
    assert sentence(error).endswith("（规则 CMP-099，某条）")
    assert "CMP-099" not in sentence_of(error)
