"""Required fields: what a paper, record or notice must carry, and who has to supply it.

Tighter means more fields borne by the bank. Asking more of the customer is looser, not tighter (N00:13).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xiaobao.rules.values import Finding, Step, Verdict


@dataclass(frozen=True, slots=True)
class FieldsParams:
    """`fields` are pairs (fact, label); `bearer` is bank or customer.

    `at_most` turns the rule round: nothing beyond these fields may be asked. `effect` is the answer
    when something is lacking (or asked too much).
    """

    fields: tuple[tuple[str, str], ...]
    bearer: str = "bank"
    given: str = "given"
    at_most: bool = False
    effect: Verdict = Verdict.FAIL


def decide(params: FieldsParams, facts: dict[str, Any]) -> Finding:
    """Pass, or the list of what is lacking; undecided when nobody says what is there.

    The fact `given` holds the names present; the fact `asked` those demanded of a customer.
    """
    given = facts.get(params.given)
    if given is None:
        return Finding(Verdict.UNDECIDED, missing=(params.given,))
    labels = dict(params.fields)
    if params.at_most:
        wrong = tuple(name for name in given if name not in labels)
        return _answer(params, wrong, tuple(wrong), "不得要求提供")
    wrong = tuple(name for name in labels if name not in given)
    return _answer(params, wrong, tuple(labels[name] for name in wrong), "缺少")


def _answer(params: FieldsParams, wrong: tuple[str, ...], said: tuple[str, ...], word: str) -> Finding:
    if not wrong:
        return Finding(Verdict.PASS, (), (Step(f"{len(params.fields)}项已核对", len(params.fields)),))
    return Finding(params.effect, wrong, (Step(f"{word}：" + "、".join(said), wrong),))
