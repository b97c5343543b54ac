"""The keeping time of a file, asked of the rule book; no number of years stands here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Kind, Verdict


def keep_until(rule_id: str, day: date, facts: Mapping[str, Any]) -> date | None:
    """Last day the file must be kept by the rule's version of `day`; None while a hold stands.

    Raises: InvalidInput `evidence.no_retention`.
    """
    rules = book()
    rule = rules.rules.get(rule_id)
    version = rule.at(day) if rule is not None and rule.kind is Kind.RETENTION else None
    if rule is None or version is None:
        raise InvalidInput("evidence.no_retention", rule=rule_id, missing="不是在用的保存期限规则")
    outcome = decide(rule, version, dict(facts))
    if outcome.verdict is Verdict.HOLD:
        return None
    if outcome.verdict is not Verdict.DUE or not isinstance(outcome.value, date):
        missing = "、".join(outcome.missing) or outcome.verdict.label
        raise InvalidInput("evidence.no_retention", rule=rule_id, missing=missing)
    return outcome.value
