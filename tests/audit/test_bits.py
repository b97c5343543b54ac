"""Every single bit of an export counts."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

from tests.audit.journal import START, keep_head, outsider, write
from xiaobao.base.audit import verifier
from xiaobao.base.audit.export import journal_export
from xiaobao.base.audit.sequencer import sequence
from xiaobao.kernel import ports

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path: Path) -> Path:
    with ports.use(ports.seeded(7, START)):
        write(3)
        sequence(sign=True)
        keep_head(tmp_path / "head.json")
        write(2)
        journal_export(tmp_path / "export.jsonl")
    return tmp_path / "export.jsonl"


def test_no_bit_can_be_flipped_unseen(export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bit of one row; one bit of every third other byte."""
    monkeypatch.setattr(verifier, "signature_holds", cache(verifier.signature_holds))
    whole = export.read_bytes()
    held = json.loads((export.parent / "head.json").read_text())
    row = whole.index(b"\n[2,") + 1
    places = [(n, n % 8) for n in range(0, len(whole), 3)]
    places += [(n, bit) for n in range(row, whole.index(b"\n", row) + 1) for bit in range(8)]
    target = export.with_name("flipped.jsonl")
    unseen = []
    for place, bit in places:
        target.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        if verifier.check_file(str(target), [held])["sound"]:
            unseen.append((place, bit))
    assert unseen == []


def test_a_torn_compressed_export_is_broken_where_it_ends(export: Path) -> None:
    packed = export.with_suffix(".gz")
    packed.write_bytes(gzip.compress(export.read_bytes())[:-20])
    code, answer = outsider(packed, export.parent / "head.json")
    assert (code, answer["sound"]) == (1, False)


def test_a_compressed_export_is_read(export: Path) -> None:
    packed = export.with_suffix(".gz")
    packed.write_bytes(gzip.compress(export.read_bytes()))
    assert outsider(packed, export.parent / "head.json")[0] == 0


@pytest.mark.parametrize("text", ["", "{}\n", "[]\n", '{"format":"xiaobao-audit-export/1"}\n', "\x00\n"])
def test_what_is_no_export_is_broken_and_never_a_traceback(export: Path, text: str) -> None:
    strange = export.with_name("strange")
    strange.write_text(text)
    code, answer = outsider(strange, export.parent / "head.json")
    assert (code, answer["findings"][0]["problem"]) == (1, "unreadable")
