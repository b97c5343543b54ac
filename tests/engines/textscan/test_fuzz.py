"""A short fuzz: torn and twisted files, endless and odd texts. The long form is `FUZZ=20000 pytest tests/engines/textscan/test_fuzz.py`."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.textscan.test_files import docx, pdf, run
from xiaobao.engines.textscan import document_of, request_of, scan, shipped
from xiaobao.engines.textscan.files import UnreadableError, read
from xiaobao.kernel.errors import InvalidInput

TIMES = int(os.environ.get("FUZZ", "60"))
SHORT = settings(
    max_examples=TIMES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PIECES = st.sampled_from(
    ["保本", "零风险", "第一", "不", "承诺", "甲方", "有权", "变更", "，", "。", "\n", " ", "*", "《", "》", "“", "”", "5%", "年化", "利率", "贷款",
     "视为", "同意", "不承担", "责任", "individual", "🔥", "\u200b", "(", "[", "\\", "最", "高", "理财", "【某银行】", "退订", "隐私", "信息"]
)  # fmt: skip


def twisted(content: bytes, at: int, junk: bytes) -> bytes:
    place = at % (len(content) + 1)
    return content[:place] + junk + content[place + len(junk) // 2 :]


@SHORT
@given(at=st.integers(0, 10_000), junk=st.binary(max_size=40))
def test_twisted_office_files_are_read_or_refused(tmp_path: Path, at: int, junk: bytes) -> None:
    path = docx(tmp_path / "a.docx", f"<w:p>{run('保本理财')}</w:p>" * 3)
    path.write_bytes(twisted(path.read_bytes(), at, junk))
    with contextlib.suppress(UnreadableError):
        assert read(path).blocks is not None


@SHORT
@given(at=st.integers(0, 10_000), junk=st.binary(max_size=40))
def test_twisted_pdf_files_are_read_or_refused(tmp_path: Path, at: int, junk: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(twisted(pdf("1. APR 7.2 percent.", "2. No.1 bank."), at, junk))
    with contextlib.suppress(UnreadableError):
        assert read(path).blocks is not None


@SHORT
@given(
    st.lists(PIECES, max_size=60).map("".join),
    st.sampled_from(["海报", "短信", "合同", "隐私政策", "话术", "催收", "公告", ""]),
)
def test_any_text_is_scanned_and_spans_are_its_own(text: str, material: str) -> None:
    report = scan(document_of(text), request_of(text, material=material), shipped().plan)
    assert all(text[finding.start : finding.end] == finding.span for finding in report.findings)


@SHORT
@given(st.text(max_size=200))
def test_any_overlay_is_taken_or_refused(text: str) -> None:
    from xiaobao.engines.textscan.overlay import overlay_from

    with contextlib.suppress(InvalidInput):
        assert overlay_from(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "甲方有权" * 20_000,
        "保证" + "收益" * 30_000,
        "（" * 50_000,
        "贷款 利率 " * 15_000,
        "不" * 50_000 + "保本",
        "《" * 30_000,
        "信息提供给" * 15_000,
        "a" * 200_000,
    ],
    ids=range(8),
)
@pytest.mark.parametrize("material", ["海报", "合同", "隐私政策", "话术"])
def test_a_sentence_without_end_does_not_hang(text: str, material: str) -> None:
    began = time.process_time()
    scan(document_of(text), request_of(text, material=material), shipped().plan)
    assert time.process_time() - began < 20
