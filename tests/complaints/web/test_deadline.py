"""A deadline is words, a kind and a share of the time: never colour alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from xiaobao.duties.complaints.domain.rows import Row
from xiaobao.duties.complaints.domain.values import Channel, DueSource, Stage
from xiaobao.duties.complaints.web.deadline import deadline_of

TODAY = date(2026, 11, 23)


def row(days_left: int, **facts: object) -> Row:
    due = TODAY + timedelta(days=days_left)
    plain = Row(
        id=1,
        no="TS20261108-0047",
        title="提前还款违约金",
        complainant="王*敏",
        channel=Channel.PHONE,
        stage=Stage.HANDLING,
        is_regulator=False,
        is_paused=False,
        product="",
        business_code="B3",
        reason_code="C3",
        org_path="0001.",
        org_name="杭州分行",
        handler_id=None,
        handler_name="",
        received_on=due - timedelta(days=15),
        due_on=due,
        legal_due_on=due,
        due_source=DueSource.LEGAL,
        hand_overs=0,
        version=1,
        days_left=days_left,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days_left", "kind", "words"),
    [
        (-2, "late", "逾期 2 天"),
        (0, "hot", "今天到期"),
        (1, "hot", "剩 1 天"),
        (3, "soon", "剩 3 天"),
        (4, "ok", "剩 4 天"),
    ],
)
def test_kind_follows_the_days_left(days_left: int, kind: str, words: str) -> None:
    due = deadline_of(row(days_left))
    assert (due.kind, due.words) == (kind, words)


@pytest.mark.parametrize(("days_left", "percent"), [(15, 0), (10, 33.3), (0, 100), (20, 0)])
def test_percent_is_the_share_of_time_gone(days_left: int, percent: float) -> None:
    facts = {"received_on": TODAY} if days_left == 20 else {}
    assert deadline_of(row(days_left, **facts)).percent == percent


def test_a_pause_is_no_lateness() -> None:
    assert deadline_of(row(-3, is_paused=True)).kind == "pause"


def test_a_date_that_is_not_the_law_names_its_source() -> None:
    assert deadline_of(row(5, due_source=DueSource.REFERRAL)).small == "11-28 · 监管给定时限"


@pytest.mark.parametrize(("late", "words", "kind"), [(True, "逾期办结", "end"), (False, "按期办结", "done")])
def test_an_ended_case_says_how_it_ended(late: bool, words: str, kind: str) -> None:
    ended = row(-30, stage=Stage.CLOSED, closed_at=datetime(2026, 11, 1, tzinfo=UTC), was_late=late)
    assert (deadline_of(ended).words, deadline_of(ended).kind) == (words, kind)


def test_a_recheck_after_closing_still_runs() -> None:
    again = row(4, stage=Stage.RECHECK, closed_at=datetime(2026, 11, 1, tzinfo=UTC), was_late=False)
    assert deadline_of(again).words == "剩 4 天"


@pytest.mark.parametrize(
    ("days_left", "lines"), [(-2, ("逾期", "2 天")), (0, ("今天", "到期")), (5, ("5", "天"))]
)
def test_ring_says_the_same_in_two_lines(days_left: int, lines: tuple[str, str]) -> None:
    assert deadline_of(row(days_left)).ring == lines


@pytest.mark.parametrize("days_left", [-9, 0, 2])
@pytest.mark.parametrize(
    ("late", "words", "kind"),
    [(False, "按期答复", "done"), (True, "逾期答复", "end"), (None, "已答复送达", "done")],
)
def test_an_answer_that_arrived_is_due_no_more(
    days_left: int, late: bool | None, words: str, kind: str
) -> None:
    answered = deadline_of(row(days_left, stage=Stage.REPLIED, is_told=True, was_late=late))
    assert (answered.words, answered.kind) == (words, kind)


def test_an_answer_without_proof_of_arrival_still_runs() -> None:
    assert deadline_of(row(0, stage=Stage.REPLIED)).words == "今天到期"
