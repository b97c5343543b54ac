"""Small pure things: levels, codes, likeness, sentences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain import approval, codes, sentences
from xiaobao.duties.complaints.domain.jrt0169 import VERSION
from xiaobao.duties.complaints.domain.likeness import likeness
from xiaobao.duties.complaints.domain.rows import CauseChange, Load, Month, RadarDay
from xiaobao.duties.complaints.domain.values import Codes, Complexity
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role


def actor(role: Role, scope: str) -> Actor:
    return Actor(1, "某", frozenset({role}), scope, scope)


@pytest.mark.parametrize(
    ("role", "scope", "level"),
    [
        (Role.UNIT_HEAD, "0001.0002.0001.", "branch"),
        (Role.UNIT_HEAD, "0001.0002.", "superior"),
        (Role.LEADER, "0001.", "superior"),
        (Role.LEADER, "0001.0002.0001.", "complaint_lead"),
        (Role.EXECUTIVE, "0001.", "head_office"),
        (Role.HANDLER, "0001.", ""),
        (Role.UNIT_HEAD, "0001.0003.", "branch"),
    ],
)
def test_the_level_is_seen_from_the_complained_of_unit(role: Role, scope: str, level: str) -> None:
    assert approval.extension_level(actor(role, scope), "0001.0002.0001.") == level


@pytest.mark.parametrize(
    ("scope", "decided", "may"),
    [
        ("0001.", "0001.0002.0001.", True),
        ("0001.0002.", "0001.0002.0001.", True),
        ("0001.0002.0001.", "0001.0002.0001.", False),
        ("0001.0003.", "0001.0002.0001.", False),
        ("0001.", "0001.", True),
        ("", "0001.", False),
        ("z", "0001.", False),
    ],
)
def test_a_recheck_is_the_superiors_and_the_head_offices_own(scope: str, decided: str, may: bool) -> None:
    assert approval.is_superior(actor(Role.UNIT_HEAD, scope), decided) is may


@pytest.mark.parametrize(
    ("level", "to", "is_pboc", "may"),
    [
        ("branch", Complexity.COMPLEX, False, True),
        ("branch", Complexity.SPECIAL, False, False),
        ("complaint_lead", Complexity.SPECIAL, False, False),
        ("superior", Complexity.SPECIAL, False, True),
        ("head_office", Complexity.SPECIAL, False, True),
        ("branch", Complexity.COMPLEX, True, False),
        ("complaint_lead", Complexity.COMPLEX, True, True),
        ("", Complexity.COMPLEX, False, False),
    ],
)
def test_who_may_grant(level: str, to: Complexity, is_pboc: bool, may: bool) -> None:
    assert approval.may_grant(level, to, is_pboc=is_pboc) is may


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_more_money_never_needs_less(one: int, two: int) -> None:
    small, large = sorted((one, two))
    order = [level.label for level in approval.LEVELS]
    ranks = [order.index(approval.level_for(fen, is_regulator=False).label) for fen in (small, large)]
    assert ranks == sorted(ranks)


def test_codes_stand_in_their_facet_and_know_their_parents() -> None:
    for code in codes.code_table().values():
        assert not code.parent or code.parent in codes.code_table()
        assert code.code[0] in codes.FACETS
    assert codes.path_of("B2.2") == "银行卡 · 信用卡"
    assert [len(codes.facet(letter)) for letter in "ABC"] == [13, 49, 13]


def test_codes_not_read_in_the_standard_are_marked() -> None:
    assert codes.code_table()["B2.2.3"].verified is False
    assert codes.code_table()["C3"].verified is True


def test_recoding_goes_by_the_map_and_keeps_the_rest() -> None:
    found = codes.recoded(Codes("A1.1", "B3", "C3", VERSION), {"B3": "B31"}, "JRT0169-2030/1")
    assert found == Codes("A1.1", "B31", "C3", "JRT0169-2030/1")
    with pytest.raises(InvalidInput):
        codes.check(found)


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, two: str) -> None:
    assert 0.0 <= likeness(one, two) <= 1.0
    assert likeness(one, two) == likeness(two, one)


def test_the_peak_is_named_with_its_weekday() -> None:
    days = [RadarDay(date(2026, 11, 23), 0, 1), RadarDay(date(2026, 11, 27), 3, 11)]
    assert (
        sentences.peak(days, date(2026, 11, 23))
        == "27日（周五）14 件集中到期，其中 3 件为监管转办，建议今天先安排。"
    )


def test_where_no_day_stands_out_the_cases_due_are_still_counted() -> None:
    days = [RadarDay(date(2026, 11, 23 + n), n % 2, 0) for n in range(6)]
    assert sentences.peak(days, date(2026, 11, 23)) == "未来 6 天共 3 件到期，没有集中日。"
    assert sentences.peak([RadarDay(date(2026, 11, 23), 0, 0)], date(2026, 11, 23)) == ""


def test_findings_come_from_the_figures() -> None:
    months = [Month(f"2026-{n:02}", 1, n, 100, 20 - n) for n in range(1, 12)]
    causes = [CauseChange("C7", "因定价收费引起的投诉", 39, 30), CauseChange("C3", "制度", 40, 40)]
    loads = [Load(1, "林晓敏", 14, 20.0, True), Load(2, "何立", 6, 6.0, False)]
    said = sentences.findings(months, causes, loads)
    assert said == (
        "按期办结率连续 3 个月上升，上月 90.0%。",
        "11 月投诉量为近 12 个月最高（12 件）。",
        "因定价收费引起的投诉较上月同期增长 30%（30 件增至 39 件）。",
        "林晓敏在办 14 件，超出人均四分之一以上，建议调整分派。",
    )
    assert sentences.findings(months[:2], [], []) == ()
