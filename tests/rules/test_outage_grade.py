"""The grade of an outage: each figure of its table at its boundary, and one step below."""

from __future__ import annotations

import pytest

from xiaobao.rules.governance import outage_grade

CASES = [
    ({"浙江": 6.0}, "I"),
    ({"浙江": 5.9}, "II"),
    ({"浙江": 3.0, "上海": 3.0}, "I"),
    ({"浙江": 3.1, "上海": 2.9}, "II"),
    ({"浙江": 3.0}, "II"),
    ({"浙江": 2.9}, "III"),
    ({"浙江": 0.5, "上海": 0.5}, "II"),
    ({"浙江": 0.5, "上海": 0.4}, "III"),
    ({"浙江": 0.5}, "III"),
    ({"浙江": 0.4, "上海": 0.4}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("hours", "grade"), CASES)
def test_each_figure_of_the_table(hours: dict[str, float], grade: str) -> None:
    assert outage_grade(hours) == grade
