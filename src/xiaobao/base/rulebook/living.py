"""The examples of a rule, run now, in front of the reader: what was expected, what came out."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from xiaobao.base.rulebook.plain import labels_of
from xiaobao.kernel.errors import XiaobaoError
from xiaobao.rules.deciding import decide
from xiaobao.rules.fact_words import fact_word, value_word
from xiaobao.rules.values import Example, Rule, Step, Verdict, Version

# The number of the case an example was taken from says nothing to a reader.
_CASE = re.compile(r"^[A-Z]+-[\w-]+\s*", re.ASCII)
CORNERS = {"pass": "符合的情形", "fail": "不符合的情形", "boundary": "临界", "missing": "缺少事实"}


class Ran(NamedTuple):
    """One example that was run: the facts in words, what was expected and found, and whether they agree.

    `corner` says which corner it stands in; `missing` are the facts the rule asked for and did not get.
    """

    corner: str
    why: str
    facts: tuple[tuple[str, str], ...]
    expected: str
    found: str
    passed: bool
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()


def run(rule: Rule, version: Version) -> tuple[Ran, ...]:
    """Every example of the version, run now."""
    return tuple(_run(rule, version, example) for example in version.examples)


def _run(rule: Rule, version: Version, example: Example) -> Ran:
    labels = labels_of(version.params)
    facts = tuple((fact_word(name), value_word(name, value, labels)) for name, value in example.facts.items())
    expected = answer_words(example.verdict, example.value, labels)
    corner, why = CORNERS.get(example.corner, example.corner), _CASE.sub("", example.why)
    try:
        outcome = decide(rule, version, example.facts)
    except XiaobaoError as error:
        return Ran(corner, why, facts, expected, error.say or error.code, False)
    same = example.value is None or outcome.value == example.value
    missing = tuple(_item_word(name, labels) for name in outcome.missing)
    found = answer_words(outcome.verdict, outcome.value if example.value is not None else None, labels)
    return Ran(
        corner, why, facts, expected, found, outcome.verdict is example.verdict and same,
        tuple(step for step in outcome.steps[1:] if step.say), missing,
    )  # fmt: skip


def _item_word(name: str, labels: dict[str, str]) -> str:
    fact, dot, key = name.partition(".")
    return labels.get(key, key) if dot else fact_word(fact)


def answer_words(verdict: Verdict, value: Any, labels: dict[str, str]) -> str:
    """The verdict, with its value where it has one worth reading."""
    if value is None or isinstance(value, bool) or value in ((), {}):
        return verdict.label
    return f"{verdict.label}：{value_word('value', value, labels)}"
