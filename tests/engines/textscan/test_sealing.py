"""The seal over the shipped rules: it fits what is shipped, and any change of a source breaks it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xiaobao.engines.textscan import book, book_of, shipped
from xiaobao.engines.textscan.anchors import ways
from xiaobao.engines.textscan.matchers import Pattern
from xiaobao.engines.textscan.rulebook import RULES
from xiaobao.engines.textscan.sealing import FILE, key, needles_under_seal, seal, sealed


def test_the_seal_fits_what_is_shipped() -> None:
    told = "a source of the review changed: run `python -m xiaobao.engines.textscan`"
    assert needles_under_seal() is not None, told


def test_sealed_rules_prove_themselves_and_are_the_same_book() -> None:
    proven = book_of(RULES)
    assert proven.name == shipped().name
    assert FILE.read_text("utf-8") == sealed(rule.matcher for rule in proven)


def test_the_needles_under_the_seal_are_those_of_the_patterns() -> None:
    needles = needles_under_seal() or {}
    patterns = [rule.matcher.pattern for rule in RULES if isinstance(rule.matcher, Pattern)]
    assert len(patterns) > 100
    assert all(needles[key(pattern)] == ways(pattern) for pattern in patterns)


def test_a_changed_source_breaks_the_seal(tmp_path: Path) -> None:
    (tmp_path / "rule.py").write_text("x = 1\n")
    before = seal({}, [tmp_path])
    (tmp_path / "rule.py").write_bytes(b"x = 1\r\n")
    assert seal({}, [tmp_path]) == before
    (tmp_path / "rule.py").write_text("x = 2\n")
    assert seal({}, [tmp_path]) != before
    assert seal({"a": [[["b"]]]}, [tmp_path]) != seal({}, [tmp_path])


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"seal": "x", "needles": {}}'])
def test_a_seal_that_does_not_fit_is_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "sealed.json"
    path.write_text(content)
    assert needles_under_seal(path) is None
    assert needles_under_seal(tmp_path / "none.json") is None


def test_forged_needles_break_the_seal(tmp_path: Path) -> None:
    told = json.loads(FILE.read_text("utf-8"))
    told["needles"][next(iter(told["needles"]))] = [[["别的"]]]
    path = tmp_path / "sealed.json"
    path.write_text(json.dumps(told))
    assert needles_under_seal(path) is None


def test_rules_prove_themselves_only_where_the_seal_does_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    proven: list[str] = []
    monkeypatch.setattr(book, "prove", lambda rule, plan: proven.append(rule.id))
    book.shipped.__wrapped__()
    assert proven == []
    monkeypatch.setattr(book, "needles_under_seal", lambda: None)
    book.shipped.__wrapped__()
    assert len(proven) == len(RULES)
