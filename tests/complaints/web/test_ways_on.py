"""The ways on after an answer, as the complaint's page names them."""

from __future__ import annotations

from datetime import date

import pytest

from xiaobao.duties.complaints.web.page import _ways_on


@pytest.mark.parametrize(
    ("told_on", "said"),
    [
        (date(2026, 3, 2), "核查（2026-04-01 前可向上级机构书面申请）、诉讼"),
        (date(2020, 1, 9), "核查、诉讼"),
        (None, "核查、诉讼"),
    ],
)
def test_a_last_day_is_named_only_where_the_rule_stood(told_on: date | None, said: str) -> None:
    assert _ways_on({"told_on": told_on, "remedies": ["litigation", "recheck"]}) == said
