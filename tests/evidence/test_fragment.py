"""The list and the upload form that other rooms put on their pages. No database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import engines

from xiaobao.base.evidence.models import Evidence
from xiaobao.base.evidence.web.forms import UploadForm

KINDS = [("photo", "现场照片")]


def drawn(call: str, **context: object) -> str:
    """What the macro draws."""
    source = "{% import 'evidence/files.html' as files with context %}{{ files." + call + " }}"
    return engines["jinja2"].from_string(source).render(context)


@pytest.fixture
def one() -> Evidence:
    """A file that tries to break out of its line."""
    return Evidence(
        pk=7,
        kind="photo",
        name="<b>.jpg",
        size=34_900,
        sha256="ab" * 32,
        verdict="未发现病毒（内置特征）",
        stored_at=datetime(2026, 3, 2, 1, tzinfo=UTC),
        stored_by_name="陈晓",
        keep_until=date(2029, 3, 2),
    )


def test_a_file_with_its_facts(one: Evidence) -> None:
    page = drawn("list(rows, labels)", rows=[one], labels=dict(KINDS))
    for words in (
        "/evidence/7/",
        "&lt;b&gt;.jpg",
        "现场照片",
        "34 KB",
        "陈晓",
        "保存至 2029-03-02",
        "abababababab…",
    ):
        assert words in page


def test_no_file_yet() -> None:
    assert "还没有材料" in drawn("list([])")


def test_the_form_names_types_and_limits() -> None:
    form = UploadForm(kinds=KINDS)
    page = drawn("upload(form, '/there/', csrf_input)", form=form, csrf_input="")
    for words in ('action="/there/"', 'enctype="multipart/form-data"', "现场照片", "20 MB", ".docx"):
        assert words in page


def test_a_refusal_stands_beside_its_field() -> None:
    form = UploadForm({"kind": "photo"}, {}, kinds=KINDS)
    form.add_error("file", "文件是空的")
    assert drawn("upload(form, '/', csrf_input)", form=form, csrf_input="").count("文件是空的") == 2
