"""The ladder's moments and the reminder's words. No database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.base.inbox.sentences import TEXT_LENGTH, sentence, span
from xiaobao.base.inbox.values import LADDER, moment_of, next_moment, steps_passed

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
DUE = START + timedelta(days=20)


@pytest.mark.parametrize(
    ("day", "passed"),
    [(14, []), (15, [75]), (17, [75]), (18, [75, 90]), (20, [75, 90, 100]), (90, [75, 90, 100])],
)
def test_steps_pass_at_their_moment(day: int, passed: list[int]) -> None:
    found = steps_passed(START, DUE, START + timedelta(days=day))
    assert [step.percent for step in found] == passed


def test_no_time_at_all_means_every_step_at_once() -> None:
    assert {moment_of(step, DUE, START) for step in LADDER} == {START}


def test_the_tick_looks_again_at_the_next_step() -> None:
    assert next_moment(START, DUE, frozenset()) == START + timedelta(days=15)
    assert next_moment(START, DUE, frozenset({75})) == START + timedelta(days=18)
    assert next_moment(START, DUE, frozenset({75, 90, 100})) is None


@given(st.integers(0, 10**7), st.integers(0, 2 * 10**7))
def test_a_step_has_passed_exactly_from_its_moment_on(length: int, passed: int) -> None:
    due, now = START + timedelta(seconds=length), START + timedelta(seconds=passed)
    found = steps_passed(START, due, now)
    assert found == tuple(step for step in LADDER if passed * 100 >= length * step.percent)


@pytest.mark.parametrize(
    ("step", "now", "words"),
    [
        (0, DUE - timedelta(days=5), "“办理投诉”办理时限已用 75%，剩余 5 天，2026-03-22 09:00 到期。请尽快办理。"),
        (1, DUE - timedelta(hours=47, minutes=5), "“办理投诉”办理时限已用 90%，剩余 1 天 23 小时，2026-03-22 09:00 到期。请优先办理，机构负责人请督促。"),
        (2, DUE, "“办理投诉”已到期（到期时间 2026-03-22 09:00）。请立即办理并说明原因，机构负责人和消保办负责人请督办。"),
        (2, DUE + timedelta(hours=2), "“办理投诉”已逾期 2 小时（到期时间 2026-03-22 09:00）。请立即办理并说明原因，机构负责人和消保办负责人请督办。"),
        (0, DUE + timedelta(hours=2), "“办理投诉”办理时限已用完（到期时间 2026-03-22 09:00）。请尽快办理。"),
    ],
)  # fmt: skip
def test_what_a_reminder_says(step: int, now: datetime, words: str) -> None:
    assert sentence("办理投诉", LADDER[step], DUE, now) == words


def test_a_long_title_is_cut_so_that_the_due_time_stays() -> None:
    text = sentence("长" * 1_000, LADDER[2], DUE, DUE)
    assert len(text) == TEXT_LENGTH
    assert "…”已到期" in text


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=2), " 2 天"),
        (timedelta(days=2, hours=3, minutes=4), " 2 天 3 小时"),
        (timedelta(hours=3, minutes=4), " 3 小时 4 分钟"),
        (timedelta(minutes=59, seconds=59), " 59 分钟"),
        (timedelta(seconds=59), "不足 1 分钟"),
    ],
)
def test_lengths_of_time(length: timedelta, words: str) -> None:
    assert span(length) == words
