"""Gates: what must hold before a thing may be done, and what happens otherwise.

Tighter means the worse of the two answers: worst(law, own). A refusal is never turned into a pass.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NamedTuple

from xiaobao.rules.values import Condition, Finding, Step, Verdict


class GateParams(NamedTuple):
    """Every test of `require` must hold (or one of them, when `any_of`), and one of each group of `one_of`; else `effect`.

    A group of `one_of` is what the article joins by 或者, beside what it joins by 并.
    """

    require: tuple[Condition, ...]
    effect: Verdict = Verdict.REFUSE
    any_of: bool = False
    one_of: tuple[tuple[Condition, ...], ...] = ()

    @property
    def tests(self) -> tuple[Condition, ...]:
        """Every condition the gate looks at once, alternatives too."""
        return tuple(dict.fromkeys((*self.require, *(test for group in self.one_of for test in group))))


_OPS: dict[str, Callable[[Any, Any], bool]] = {
    "==": eq,
    "!=": ne,
    ">=": ge,
    "<=": le,
    ">": gt,
    "<": lt,
    "in": lambda fact, allowed: fact in allowed,
    "not in": lambda fact, barred: fact not in barred,
    "is": lambda fact, wanted: bool(fact) is wanted,
}
SEVERITY = (Verdict.PASS, Verdict.UNDECIDED, Verdict.HOLD, Verdict.FAIL, Verdict.REFUSE)


def holds(test: Condition, facts: dict[str, Any]) -> bool | None:
    """Whether the test holds; None when the fact is unknown."""
    fact = facts.get(test.fact)
    return None if fact is None else _OPS[test.op](fact, test.value)


def all_hold(tests: tuple[Condition, ...], facts: dict[str, Any]) -> bool | None:
    """Three-valued and: one false decides, else one unknown leaves it open."""
    answers = [holds(test, facts) for test in tests]
    return False if False in answers else None if None in answers else True


def any_holds(tests: tuple[Condition, ...], facts: dict[str, Any]) -> bool | None:
    """Three-valued or: one true decides, else one unknown leaves it open."""
    answers = [holds(test, facts) for test in tests]
    return True if True in answers else None if None in answers else False


def unknown(tests: tuple[Condition, ...], facts: dict[str, Any]) -> tuple[str, ...]:
    """Names of the facts the tests ask for and nobody knows."""
    return tuple(dict.fromkeys(test.fact for test in tests if facts.get(test.fact) is None))


def _is_barred(test: Condition) -> bool:
    """Whether the words name what must not be so: the test holds when they do not."""
    return test.op == "is" and test.value is False


def decide(params: GateParams, facts: dict[str, Any]) -> Finding:
    """Pass, the gate's effect, or undecided with the unknown facts."""
    parts = [(params.require, (any_holds if params.any_of else all_hold)(params.require, facts))]
    parts += [(group, any_holds(group, facts)) for group in params.one_of]
    answers = [answer for _, answer in parts]
    if False not in answers and None in answers:
        open_ = (name for part, answer in parts if answer is None for name in unknown(part, facts))
        return Finding(Verdict.UNDECIDED, missing=tuple(dict.fromkeys(open_)))
    steps = tuple(
        Step(f"{test.say}：{'是' if held is not _is_barred(test) else '否'}", held)
        for test in params.tests
        if (held := holds(test, facts)) is not None
    )
    answer = False not in answers
    return Finding(Verdict.PASS if answer else params.effect, answer, steps)


def worst(one: Verdict, other: Verdict) -> Verdict:
    """The stricter of two answers."""
    return max(one, other, key=SEVERITY.index)
