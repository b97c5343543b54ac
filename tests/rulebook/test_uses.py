"""What uses a rule is read from the code: nothing is listed by hand, so nothing can be forgotten."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from xiaobao.base.rulebook import uses
from xiaobao.base.rulebook.uses import LeanerKind
from xiaobao.rules.book import book
from xiaobao.rules.calculators.registry import CALCULATORS


def found(rule: str, kind: LeanerKind) -> dict[str, str]:
    return {use.name: use.place for use in dict(uses.uses_of(rule)).get(kind, ())}


def test_a_guard_is_named_in_chinese() -> None:
    place = found("CMP-005", LeanerKind.GUARD)["批准人级别符合第十八条"]
    assert place.startswith("duties/complaints/domain/guards.py:")


def test_every_rule_a_guard_names_is_indexed() -> None:
    source = (uses.SRC / "duties/complaints/domain/guards.py").read_text("utf-8")
    named = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and re.fullmatch(r"CMP-\d{3}", str(node.value))
    }
    assert named
    assert all(found(str(rule), LeanerKind.GUARD) for rule in named)


@pytest.mark.django_db
def test_a_figure_says_which_rules_it_leans_on() -> None:
    assert any(name.startswith("F12") for name in found("CMP-003", LeanerKind.FIGURE))


def test_every_calculator_is_a_use_of_its_rules() -> None:
    for calculator in CALCULATORS.values():
        assert all(calculator.title in found(rule, LeanerKind.CALCULATOR) for rule in calculator.rules)


def test_tests_are_found_by_their_name() -> None:
    assert "test_what_is_barred_is_told_as_barred" in found("MKT-011", LeanerKind.TEST)
    assert any(name.endswith("行）") for name in found("CMP-003", LeanerKind.TEST))


def test_the_clock_is_a_use_but_a_definition_is_not() -> None:
    assert any(
        place.startswith("rules/complaint_plan.py") for place in found("CMP-003", LeanerKind.CLOCK).values()
    )
    places = {use.place for found in uses.index().values() for use in found}
    assert not [place for place in places if place.startswith(("rules/complaints/", "rules/marketing/"))]


def test_only_rules_of_the_book_are_listed_each_once_a_kind() -> None:
    assert set(uses.index()) <= set(book().rules)
    for listed in uses.index().values():
        names = [(use.kind, use.name) for use in listed]
        assert len(names) == len(set(names))


def test_an_installed_package_has_no_tests(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(uses, "TESTS", tmp_path / "absent")
    assert list(uses._tests()) == []


def files_naming(rule: str) -> set[str]:
    """Every file of code, page or test that writes the rule's id as a whole string, the shelves that define it left out."""
    own = (
        "complaints",
        "recordings",
        "privacy",
        "marketing",
        "review.py",
        "service.py",
        "governance.py",
        "calculators",
    )
    aside = (*(f"rules/{name}" for name in own), "base/rulebook/", "demo/")
    found = set()
    for root, prefix in ((uses.SRC, ""), (uses.TESTS, "tests/")):
        for path in root.rglob("*"):
            place = prefix + path.relative_to(root).as_posix()
            if path.suffix not in (".py", ".html", ".csv") or place.startswith(aside):
                continue
            text = path.read_text("utf-8-sig")
            quoted = f'"{rule}"' if path.suffix == ".py" else rule
            if quoted in text:
                found.add(place)
    return found


@pytest.mark.parametrize(
    "rule",
    [
        "CMP-003",
        "CMP-013",
        "CMP-018",
        "PI-010",
        "PI-016",
        "DR-003",
        "MKT-017",
        "REV-001",
        "GOV-005",
        "AGE-001",
    ],
)
def test_the_page_names_every_file_a_search_finds(rule: str) -> None:
    named = {use.place.partition(":")[0] for _, found in uses.uses_of(rule) for use in found}
    wanted = {
        place
        for place in files_naming(rule)
        if not place.startswith("tests/") or "/test_" in place or place.endswith(".csv")
    }
    assert wanted - named == set()
