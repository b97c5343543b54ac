"""No share from a handful of cases: below twenty the counts themselves are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain.rows import MIN_BASE, CauseChange, Month
from xiaobao.duties.complaints.domain.sentences import findings


@pytest.mark.parametrize(
    ("closed", "late", "share", "words"),
    [
        (0, 0, None, "本月还没有办结"),
        (2, 1, None, "办结 2 件，1 件逾期；不足 20 件，不计比率"),
        (19, 0, None, "办结 19 件，都在期限内；不足 20 件，不计比率"),
        (20, 1, 95.0, ""),
    ],
)
def test_punctuality(closed: int, late: int, share: float | None, words: str) -> None:
    month = Month("2026-03", 0, closed, closed, late)
    assert month.on_time == share
    assert share is not None or month.punctuality == words


@pytest.mark.parametrize(
    ("now", "before", "change"), [(30, 20, 50), (30, 19, None), (5, 0, None), (10, 40, -75)]
)
def test_change_of_a_cause(now: int, before: int, change: int | None) -> None:
    assert CauseChange("C3", "服务质量", now, before).change == change


def test_a_rise_from_a_small_base_is_said_in_cases() -> None:
    small = CauseChange("C3", "服务质量", 9, 1)
    assert findings((), (small,), ()) == ("服务质量较上月同期多 8 件（1 件增至 9 件）。",)


def test_a_rise_from_a_fair_base_is_said_as_a_share() -> None:
    fair, small = CauseChange("C8", "定价收费", 30, 20), CauseChange("C3", "服务质量", 19, 1)
    assert findings((), (small, fair), ()) == ("定价收费较上月同期增长 50%（20 件增至 30 件）。",)


def test_four_more_are_no_finding() -> None:
    assert findings((), (CauseChange("C3", "服务质量", 5, 1),), ()) == ()


def test_no_trend_is_told_from_months_of_few() -> None:
    months = [Month(f"2026-{n:02}", 0, 5, 5, 5 - n) for n in range(1, 6)]
    assert not any("按期办结率" in sentence for sentence in findings(months, (), ()))


@given(st.integers(0, 60), st.integers(0, 60))
def test_no_sentence_holds_a_share_below_the_base(now: int, before: int) -> None:
    said = "".join(findings((), (CauseChange("C3", "服务质量", now, before),), ()))
    assert "%" not in said or before >= MIN_BASE
