"""Six attacks on an exported journal, found by somebody who holds only an earlier head."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.audit.journal import START, export_lines, keep_head, outsider, save_lines, write
from xiaobao.base.audit.sequencer import sequence
from xiaobao.engines.ledger import Tree, leaf_hash
from xiaobao.kernel import ports

pytestmark = pytest.mark.django_db
HELD, ROWS = 21, 30


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[list[Any]]:
    """An export of 30 rows; the head over the first 21 was handed out earlier."""
    with ports.use(ports.seeded(7, START)):
        write(HELD)
        sequence(sign=True)
        keep_head(tmp_path / "head.json")
        write(ROWS - HELD)
        yield export_lines(tmp_path / "export.jsonl")


def first_row(lines: list[Any]) -> int:
    return next(place for place, line in enumerate(lines) if isinstance(line, list))


def judged(tmp_path: Path, lines: list[Any]) -> tuple[int, dict[str, Any]]:
    return outsider(save_lines(tmp_path / "attacked.jsonl", lines), tmp_path / "head.json")


def resealed(lines: list[Any], rows: list[list[Any]]) -> list[Any]:
    """What an attacker with the database and a key of his own would export: consistent everywhere."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    rows = [[n, r[1], leaf_hash(bytes.fromhex(r[1]), r[3].encode()).hex(), r[3]] for n, r in enumerate(rows)]
    tree = Tree().grown(bytes.fromhex(row[2]) for row in rows)
    head = {**lines[first_row(lines) - 1]["head"], "size": tree.size, "root": tree.root.hex()}
    head |= {"peaks": [peak.hex() for peak in tree.peaks], "public_key": public.hex()}
    head["key_id"] = hashlib.sha256(public).hexdigest()[:16]
    text = "".join(f"{head[part]}\n" for part in ("format", "size", "root", "at", "key_id"))
    head["signature"] = key.sign(text.encode()).hex()
    return [{**lines[0], "size": tree.size, "heads": 1}, {"head": head}, *rows, {"end": tree.size}]


def test_an_untouched_export_is_sound(tmp_path: Path, lines: list[Any]) -> None:
    code, answer = judged(tmp_path, lines)
    assert (code, answer["sound"], answer["rows"], answer["anchored"]) == (0, True, ROWS, HELD)


@pytest.mark.parametrize("row", [0, 13, HELD - 1, HELD, ROWS - 1])
def test_a_changed_row_is_named(tmp_path: Path, lines: list[Any], row: int) -> None:
    lines[first_row(lines) + row][3] = lines[first_row(lines) + row][3].replace("registered", "closed")
    code, answer = judged(tmp_path, lines)
    assert (code, answer["first_bad"]) == (1, row)


@pytest.mark.parametrize("row", [0, 13, ROWS - 1])
def test_a_deleted_row_is_named(tmp_path: Path, lines: list[Any], row: int) -> None:
    del lines[first_row(lines) + row]
    code, answer = judged(tmp_path, lines)
    assert (code, answer["first_bad"]) == (1, row)


def test_an_inserted_row_is_named(tmp_path: Path, lines: list[Any]) -> None:
    place = first_row(lines) + 13
    lines.insert(place, list(lines[place]))
    code, answer = judged(tmp_path, lines)
    assert (code, answer["first_bad"]) == (1, 14)


def test_two_swapped_rows_are_named(tmp_path: Path, lines: list[Any]) -> None:
    place = first_row(lines)
    lines[place + 4], lines[place + 9] = lines[place + 9], lines[place + 4]
    code, answer = judged(tmp_path, lines)
    assert (code, answer["first_bad"]) == (1, 4)


def test_a_file_cut_off_is_named(tmp_path: Path, lines: list[Any]) -> None:
    code, answer = judged(tmp_path, lines[: first_row(lines) + 17])
    assert (code, answer["first_bad"]) == (1, 17)


def test_a_tail_cut_off_and_sealed_with_an_older_head_is_found(tmp_path: Path, lines: list[Any]) -> None:
    rows = [line for line in lines if isinstance(line, list)][:9]
    code, answer = judged(tmp_path, resealed(lines, rows))
    assert (code, {one["problem"] for one in answer["findings"]}) == (1, {"re-signed"})
    assert answer["first_bad"] == 8


def test_everything_rewritten_and_signed_again_is_found(tmp_path: Path, lines: list[Any]) -> None:
    rows = [line for line in lines if isinstance(line, list)]
    for row in rows:
        row[3] = row[3].replace("晓敏", "小陈")
    code, answer = judged(tmp_path, resealed(lines, rows))
    assert (code, answer["first_bad"]) == (1, 0)
    assert {one["problem"] for one in answer["findings"]} == {"re-signed", "rewritten"}


@pytest.mark.parametrize(
    ("change", "first", "last"), [("swap", 16, 19), ("delete", 16, 19), ("insert", 16, 19)]
)
def test_an_attack_sealed_again_is_narrowed_to_the_subtree(
    tmp_path: Path, lines: list[Any], change: str, first: int, last: int
) -> None:
    rows = [line for line in lines if isinstance(line, list)]
    if change == "swap":
        rows[17], rows[18] = rows[18], rows[17]
    elif change == "delete":
        del rows[17]
    else:
        rows.insert(17, list(rows[3]))
    code, answer = judged(tmp_path, resealed(lines, rows))
    rewritten = next(one for one in answer["findings"] if one["problem"] == "rewritten")
    assert (code, rewritten["first_bad"], rewritten["last_bad"]) == (1, first, last)


def test_without_a_held_head_the_answer_says_so(tmp_path: Path, lines: list[Any]) -> None:
    code, answer = outsider(save_lines(tmp_path / "same.jsonl", lines))
    assert (code, answer["sound"], answer["anchored"]) == (0, True, 0)


def test_a_damaged_held_head_is_wrong_use(tmp_path: Path, lines: list[Any]) -> None:
    head = json.loads((tmp_path / "head.json").read_text())
    (tmp_path / "head.json").write_text(json.dumps({**head, "size": head["size"] + 1}))
    code, answer = judged(tmp_path, lines)
    assert (code, "sound tree head" in answer["stderr"]) == (2, True)
