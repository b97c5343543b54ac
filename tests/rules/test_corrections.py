"""The list of rules the book was begun from: every row is a rule, every correction is written down."""

from __future__ import annotations

import csv
import re

import pytest

from tests.groups import ROOT, SHARED
from xiaobao.rules.book import book

TABLE = ROOT / "docs/reference/rule-corrections.md"
ROW = re.compile(r"^\| ([A-Z]{2,3}-\d{3}) \| (\S+) \| ([\d, -]+) \| (.+) \|$", re.MULTILINE)


def rows() -> dict[str, dict[str, str]]:
    with (SHARED / "data/rules.csv").open(encoding="utf-8-sig", newline="") as opened:
        return {row["rule_id"]: row for row in csv.DictReader(opened)}


@pytest.mark.real
def test_every_row_is_a_rule_and_every_rule_a_row() -> None:
    assert set(rows()) == set(book().rules)


@pytest.mark.real
def test_every_other_date_stands_in_the_table() -> None:
    differing = {
        name: ", ".join(version.name for version in book().rule(name).versions)
        for name, row in rows().items()
        if [row["effective_from"]] != [version.name for version in book().rule(name).versions]
    }
    written = {found[1]: found[3] for found in ROW.finditer(TABLE.read_text("utf-8"))}
    assert written == differing


def test_every_correction_has_its_ground() -> None:
    grounds = [found[4] for found in ROW.finditer(TABLE.read_text("utf-8"))]
    assert len(grounds) > 25
    assert all(len(ground) > 20 for ground in grounds)


def test_the_readings_on_the_page_are_those_of_the_book() -> None:
    table = TABLE.read_text("utf-8").partition("## Readings of our own")[2]
    told = dict(re.findall(r"^\| ([A-Z]{2,3}-\d{3}) \| (.+) \|$", table, re.MULTILINE))
    newest = {
        rule.id: next(version.reading for version in reversed(rule.versions) if version.reading)
        for rule in book()
        if any(version.reading for version in rule.versions)
    }
    assert told == newest


def test_what_was_mended_names_rules_of_the_book() -> None:
    section = TABLE.read_text("utf-8").partition("## What a second reading")[2].partition("\n## ")[0]
    named = set(re.findall(r"[A-Z]{2,3}-\d{3}", section))
    assert len(named) > 25
    assert named <= set(book().rules)
