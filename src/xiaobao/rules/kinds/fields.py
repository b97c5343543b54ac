"""Required fields: what a paper, record or notice must carry, and who has to supply it.

Tighter means more fields borne by the bank. Asking more of the customer is looser, not tighter (N00:13).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from xiaobao.rules.kinds.checklist import Placed, by_place
from xiaobao.rules.values import Finding, Step, Verdict


class FieldsParams(NamedTuple):
    """`fields` are pairs (fact, label); `bearer` is bank or customer.

    `at_most` turns the rule round: nothing beyond these fields may be asked. `effect` is the answer
    when something is lacking (or asked too much); `held` names the fact listing what the bank already has;
    `more` are fields needed only when the fact `more_if` is true; a fact nobody tells leaves the answer open
    where it would change it; `places` are the fields that stand elsewhere than on the rule's basis.
    """

    fields: tuple[tuple[str, str], ...]
    bearer: str = "bank"
    given: str = "given"
    at_most: bool = False
    held: str = ""
    more: tuple[tuple[str, str], ...] = ()
    more_if: str = ""
    effect: Verdict = Verdict.FAIL
    places: tuple[Placed, ...] = ()


def decide(params: FieldsParams, facts: dict[str, Any]) -> Finding:
    """Pass, or the list of what is lacking; undecided when nobody says what is there.

    The fact `given` holds the names present; the fact `asked` those demanded of a customer.
    """
    given = facts.get(params.given)
    if given is None:
        return Finding(Verdict.UNDECIDED, missing=(params.given,))
    labels = dict(params.fields + (params.more if facts.get(params.more_if) else ()))
    if params.at_most:
        held = facts.get(params.held)
        wrong = tuple(name for name in given if name not in labels or name in (held or ()))
        if given and not wrong and params.held and held is None:
            return Finding(Verdict.UNDECIDED, missing=(params.held,))
        return _answer(params, wrong, labels, "不得要求提供")
    wrong = tuple(name for name in labels if name not in given)
    open_ = any(name not in given for name, _ in params.more) and facts.get(params.more_if) is None
    if open_ and not wrong:
        return Finding(Verdict.UNDECIDED, missing=(params.more_if,))
    found = _answer(params, wrong, labels, "缺少")
    return found._replace(missing=(params.more_if,)) if open_ else found


def _answer(params: FieldsParams, wrong: tuple[str, ...], labels: dict[str, str], word: str) -> Finding:
    if not wrong:
        return Finding(Verdict.PASS, (), (Step(f"{len(params.fields)}项已核对", len(params.fields)),))
    return Finding(params.effect, wrong, by_place(params.places, labels, wrong, word))
