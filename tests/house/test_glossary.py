"""One Chinese word, one English word: the terms of the code agree with docs/reference/glossary.md."""

from __future__ import annotations

import importlib
import re

import pytest

from tests.house.source import ROOT, SRC, is_migration, modules, tree
from xiaobao.kernel.terms import Term

GLOSSARY = ROOT / "docs/reference/glossary.md"
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)


def rows() -> dict[str, set[str]]:
    """Chinese word -> English words of its row; what stands in brackets is a gloss."""
    words: dict[str, set[str]] = {}
    for chinese, english in ROW.findall(GLOSSARY.read_text(encoding="utf-8")):
        plain = re.sub(r"[(（].*?[)）]", "", chinese)
        pairs = (
            zip(plain.split("/"), english.split("/"), strict=False) if "/" in english else [(plain, english)]
        )
        for word, code in pairs:
            words.setdefault(word.strip(), set()).add(code.strip())
    return words


def terms() -> list[type[Term]]:
    """Every Term class of the source, found by its definition."""
    found = []
    for path in modules(SRC):
        text = path.read_text(encoding="utf-8")
        if "(Term)" in text and not is_migration(path):
            name = path.relative_to(SRC.parent).with_suffix("").as_posix().replace("/", ".")
            module = importlib.import_module(name.removesuffix(".__init__"))
            found += [
                getattr(module, word) for word in re.findall(r"^class (\w+)\(Term\)", text, re.MULTILINE)
            ]
    return found


def _same(value: str, english: str) -> bool:
    """Whether a stored value is the glossary's word or a form of it: close, closed."""
    stem = english.rstrip("e")[: max(4, len(english) - 2)]
    return (
        value == english
        or value.startswith(stem)
        or english in value.split("_")
        or value in english.split("_")
    )


def test_the_glossary_gives_one_english_word_for_each_chinese_one() -> None:
    words = [chinese for chinese, _ in ROW.findall(GLOSSARY.read_text(encoding="utf-8"))]
    assert not {word for word in words if words.count(word) > 1}
    assert len(rows()) > 90


@pytest.mark.parametrize("term", terms(), ids=lambda term: f"{term.__module__}.{term.__name__}")
def test_the_labels_of_a_term_use_the_glossary(term: type[Term]) -> None:
    words = rows()
    wrong = {
        str(member): (member.label, words[member.label])
        for member in term
        if member.label in words and not any(_same(str(member), english) for english in words[member.label])
    }
    assert not wrong


def test_every_term_has_a_chinese_label() -> None:
    bare = [
        f"{term.__name__}.{member.name}"
        for term in terms()
        for member in term
        if not re.search(r"[\u4e00-\u9fff]", member.label) and not member.label.isdigit()
    ]
    assert not bare


def test_the_source_has_terms_to_check() -> None:
    assert len(terms()) > 10
    assert tree(SRC / "kernel/terms.py")
