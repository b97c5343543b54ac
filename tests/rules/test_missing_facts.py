"""A fact nobody tells is asked for or said to be assumed; it is never silently read as no."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.asking import ask
from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Outcome, Verdict

DAY = date(2026, 3, 1)
NOTICE = ("handler", "purpose", "kinds", "rights")
TOLD = ("cause", "remedy", "papers", "appeal")


def asked(rule: str, **facts: Any) -> Outcome:
    """The rule of 2026-03-01 on these facts."""
    return decide(book().rule(rule), book().get(rule, DAY), facts)


@pytest.mark.parametrize(
    ("rule", "facts", "missing"),
    [
        ("PI-005", {"given": NOTICE, "notice_exempt": False}, "sensitive"),
        ("MKT-007", {"given": ("ad_label",)}, "pop_up"),
        ("AF-002", {"given": TOLD}, "appeal_upheld"),
        ("CMP-016", {"asked": ("claim",)}, "already_held"),
        ("CMP-017", {"asked": ("agent_id",)}, "already_held"),
        ("DR-001", {"at_branch": True, "in_sales_area": True, "recorded": False}, "product"),
        ("MKT-018", {"in_school": True}, "is_public_good"),
    ],
)
def test_undecided_names_the_missing_fact(rule: str, facts: dict[str, Any], missing: str) -> None:
    found = asked(rule, **facts)
    assert (found.verdict, found.missing) == (Verdict.UNDECIDED, (missing,))


@pytest.mark.parametrize(
    ("rule", "facts", "verdict"),
    [
        ("PI-005", {"given": ("handler",)}, Verdict.FAIL),
        ("MKT-007", {"given": ("ad_label", "close_mark", "one_click_close")}, Verdict.PASS),
        ("CMP-016", {"asked": ("notarised_copy",)}, Verdict.REFUSE),
        ("CMP-016", {"asked": ()}, Verdict.PASS),
        ("MKT-018", {"in_school": False, "on_school_things": False}, Verdict.PASS),
    ],
)
def test_a_fact_that_changes_nothing_is_not_asked(rule: str, facts: dict[str, Any], verdict: Verdict) -> None:
    assert asked(rule, **facts).verdict is verdict


@pytest.mark.parametrize(
    ("rule", "facts", "known", "said"),
    [
        ("DR-006", {"contract_end_on": DAY}, {"dispute_open": False, "legal_hold": False}, "纠纷未终结"),
        ("GOV-007", {"relation_end_on": DAY}, {"dispute_open": False}, "纠纷未终结"),
        ("CMP-025", {"closed_on": DAY}, {"dispute_open": False, "legal_hold": False}, "纠纷未终结"),
        ("CMP-035", {"agreed_on": DAY}, {"both_apply": True}, "双方共同申请"),
        ("CMP-013", {"decision_received_on": DAY}, {"by_branch": True}, "分支机构"),
    ],
)
def test_a_day_that_rests_on_an_assumption_says_so(
    rule: str, facts: dict[str, Any], known: dict[str, Any], said: str
) -> None:
    open_, told = asked(rule, **facts), asked(rule, **facts, **known)
    assert open_.verdict is told.verdict is Verdict.DUE
    assert open_.value == told.value
    assert any(step.ours and "未填" in step.say and said in step.say for step in open_.steps)
    assert not any("未填" in step.say for step in told.steps)


def test_a_leak_without_the_danger_has_no_day_and_without_a_time_is_asked_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, answer, _ = ask(capsys, "due PI-010 --received 2026-03-01T09:00")
    assert (answer["due"], answer["verdict"], answer["missing"]) == (None, "undecided", ["endangers"])
    for line in (
        "due PI-010 --received 2026-03-01 --no-danger",
        "check PI-010 --on 2026-03-01 --fact confirmed_at=2026-03-01 --fact endangers=否",
    ):
        code, answer, said = ask(capsys, line)
        assert (code, answer) == (2, {}), line
        assert "2026-03-01T09:00" in said or "日期和时刻" in said
