"""What the desk says of its own figures: the day, the trend and the load that stand out, and nothing that does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain import sentences
from xiaobao.duties.complaints.domain.rows import CauseChange, Load, Month, RadarDay
from xiaobao.duties.complaints.web import charts

TODAY = date(2026, 11, 23)


def day(after: int, regulator: int, others: int) -> RadarDay:
    return RadarDay(TODAY + timedelta(after), regulator, others)


def month(name: str, count: int = 100, closed: int = 100, late: int = 0) -> Month:
    return Month(f"2026-{name}", 0, count, closed, late)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], ""),
        ([day(0, 0, 0), day(1, 0, 0)], ""),
        ([day(0, 0, 1), day(1, 1, 0)], "未来 2 天共 2 件到期，没有集中日。"),
        ([day(0, 0, 2)], "23日（周一）2 件集中到期，请今天办结。"),
        ([day(1, 2, 0)], "24日（周二）2 件集中到期，其中 2 件为监管转办，建议今天先安排。"),
        ([day(7, 0, 5)], "30日（周一）5 件集中到期，建议今天先安排。"),
        ([day(8, 0, 5)], "1日（周二）5 件集中到期，请提前安排。"),
        ([day(2, 0, 4), day(5, 1, 3)], "25日（周三）4 件集中到期，建议今天先安排。"),
    ],
)
def test_the_peak_says_day_number_and_what_to_do(days: list[RadarDay], sentence: str) -> None:
    assert sentences.peak(days, TODAY) == sentence


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=15))
def test_no_other_day_has_more_than_the_one_that_is_named(counts: list[tuple[int, int]]) -> None:
    days = [day(after, *count) for after, count in enumerate(counts)]
    said = sentences.peak(days, TODAY)
    most = max(sum(count) for count in counts)
    assert (f"{most} 件集中到期" in said) is (most >= sentences.QUIET)
    assert (said == "") is (most == 0)


@pytest.mark.parametrize(
    ("late", "words"),
    [
        ((9, 6, 3), "按期办结率连续 3 个月上升，上月 97.0%。"),
        ((3, 6, 9), "按期办结率连续 3 个月下降，上月 91.0%。"),
        ((3, 3, 9), ""),
        ((9, 3, 6), ""),
        ((5, 5, 5), ""),
    ],
)
def test_a_trend_is_three_full_months_in_one_direction(late: tuple[int, int, int], words: str) -> None:
    seen = [month(f"{8 + n:02}", late=count) for n, count in enumerate(late)]
    said = "".join(sentences.findings([*seen, month("11", 1, 1, 1)], [], []))
    assert ("按期办结率" in said) is bool(words)
    assert words in said


@given(st.lists(st.integers(1, 400), min_size=3, max_size=12))
def test_finding_and_chart_name_the_same_greatest_month(counts: list[int]) -> None:
    seen = [month(f"{n + 1:02}", count, closed=0) for n, count in enumerate(counts)]
    (said,) = sentences.findings(seen, [], [])
    top = counts.index(max(counts)) + 1
    assert said == f"{top} 月投诉量为近 12 个月最高（{max(counts)} 件）。"
    assert charts.months_sentence(seen).startswith(f"{top}月投诉量为近 12 个月最高（{max(counts)} 件）")


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (24, 20, "增长 20%（20 件增至 24 件）"),
        (23, 20, ""),
        (24, 19, "多 5 件（19 件增至 24 件）"),
        (23, 19, ""),
        (20, 24, ""),
    ],
)
def test_a_cause_rises_from_a_fifth_or_from_five_cases(now: int, before: int, words: str) -> None:
    said = "".join(sentences.findings([], [CauseChange("C8", "定价收费", now, before)], []))
    assert words in said
    assert bool(said) is bool(words)


def test_the_first_of_those_who_carry_too_much_is_named() -> None:
    loads = [
        Load(1, "何立", 20, 30.0, False),
        Load(2, "林晓敏", 14, 25.0, True),
        Load(3, "陈", 9, 24.0, True),
    ]
    assert sentences.findings([], [], loads) == ("林晓敏在办 14 件，超出人均四分之一以上，建议调整分派。",)
