"""Gates: what an article joins by 并, what by 或者, and what nobody knows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.rules.kinds.gate import GateParams, decide
from xiaobao.rules.values import Verdict
from xiaobao.rules.writing import no, yes

GATE = GateParams((yes("a", "甲"), no("b", "乙")), one_of=((yes("c", "丙"), yes("d", "丁")),))
FACTS = st.fixed_dictionaries({}, optional={name: st.booleans() for name in "abcd"})

CASES: list[tuple[dict[str, Any], Verdict, tuple[str, ...]]] = [
    ({"a": True, "b": False, "c": True, "d": False}, Verdict.PASS, ()),
    ({"a": True, "b": False, "d": True}, Verdict.PASS, ()),
    ({"a": True, "b": False, "c": False, "d": False}, Verdict.REFUSE, ()),
    ({"c": False, "d": False}, Verdict.REFUSE, ()),
    ({"a": False}, Verdict.REFUSE, ()),
    ({"a": True, "b": False, "c": False}, Verdict.UNDECIDED, ("d",)),
    ({"a": True, "c": True}, Verdict.UNDECIDED, ("b",)),
    ({}, Verdict.UNDECIDED, ("a", "b", "c", "d")),
]


@pytest.mark.parametrize(("facts", "verdict", "missing"), CASES)
def test_every_condition_and_one_of_each_group(
    facts: dict[str, Any], verdict: Verdict, missing: tuple[str, ...]
) -> None:
    found = decide(GATE, facts)
    assert (found.verdict, found.missing) == (verdict, missing)


@given(FACTS, FACTS)
def test_more_facts_never_take_back_an_answer(facts: dict[str, bool], more: dict[str, bool]) -> None:
    found = decide(GATE, facts)
    if found.verdict is not Verdict.UNDECIDED:
        assert decide(GATE, more | facts).verdict is found.verdict


def test_an_alternative_in_two_groups_is_said_once() -> None:
    gate = GateParams((), one_of=((yes("a", "甲"), yes("c", "丙")), (yes("b", "乙"), yes("c", "丙"))))
    found = decide(gate, {"a": False, "b": False, "c": True})
    assert (found.verdict, [step.say for step in found.steps]) == (
        Verdict.PASS,
        ["甲：否", "丙：是", "乙：否"],
    )
