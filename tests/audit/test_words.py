"""The journal is read in Chinese: every tag the house writes has its words, so has every changed field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from xiaobao.base.audit import words
from xiaobao.duties.complaints.domain.values import Command
from xiaobao.duties.complaints.services.stepping import _SHOWN

SOURCE = Path(words.__file__).parents[2]
WRITTEN = re.compile(r'tag="([a-z]+:[a-z_]+:[a-z_]+)"')


def written() -> set[str]:
    """Tags that stand in the sources as they are."""
    found = (WRITTEN.findall(path.read_text()) for path in SOURCE.rglob("*.py"))
    return {tag for tags in found for tag in tags}


def test_every_tag_in_the_sources_has_words() -> None:
    tags = written()
    assert len(tags) > 12
    assert [tag for tag in sorted(tags) if words.tag_words(tag) == tag] == []


def test_every_command_has_its_own_label() -> None:
    shown = [words.tag_words(f"complaints:complaint:{command}") for command in Command]
    assert shown == [f"投诉 · {command.label}" for command in Command]


def test_every_column_a_command_changes_has_a_name() -> None:
    assert [name for name in _SHOWN if words.field_words(name) == name] == []


def test_what_no_room_has_named_is_shown_as_written() -> None:
    assert words.tag_words("moon:rock:lift") == "moon:rock:lift"
    assert words.field_words("rock") == "rock"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("stage", "registered", "待受理"),
        ("complexity", "special", "情况特别复杂或者有其他特殊原因"),
        ("is_paused", True, "是"),
        ("told_on", None, "—"),
        ("cause", "", "—"),
        ("amount_fen", 26700, "267.00 元"),
        ("roles", ["officer", "handler"], "消保专员、经办人"),
        ("handling_path", "0001.", "总行"),
        ("handling_path", "0009.", "0009."),
        ("due_at", "2020-01-16T16:00:00+00:00", "2020-01-17 00:00"),
        ("due_on", "2020-01-17", "2020-01-17"),
        ("filters", {"tab": "open"}, '{"tab": "open"}'),
    ],
)
def test_a_value_is_read_as_the_office_reads_it(name: str, value: object, shown: str) -> None:
    assert words.value_words(name, value, {"0001.": "总行"}) == shown


def test_the_filter_offers_a_thing_whole_and_each_of_its_deeds() -> None:
    offered = {prefix: (thing, dict(deeds)) for prefix, thing, deeds in words.tag_choices()}
    thing, deeds = offered["people:org:"]
    assert (thing, deeds["people:org:create"]) == ("机构", "新建")


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("complaint:679", "投诉 679"),
        ("complaint:679:notify", "投诉 679 · 告知延期"),
        ("complaint:679:extension", "投诉 679 · 延期审批"),
        ("complaint:679:hand-over", "投诉 679 · 流转协调"),
        ("complaint:679:referral:监转〔2026〕7号", "投诉 679 · 监管转办 监转〔2026〕7号"),
        ("12", "12"),
        ("N00@2020-03-01", "N00@2020-03-01"),
        ("F03", "F03"),
    ],
)
def test_the_object_of_a_task_is_named(key: str, shown: str) -> None:
    assert words.object_words(key) == shown
