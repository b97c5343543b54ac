"""The rules this package ships, by subject. Every one proves itself when the book is opened."""

from __future__ import annotations

from xiaobao.engines.textscan.rulebook import (
    absolutes,
    claims,
    clauses,
    colloquial,
    dealings,
    disclosure,
    lending,
    money,
    papers,
    privacy,
    promises,
    pushing,
    reaching,
    returns,
    selling,
    unfair,
)
from xiaobao.engines.textscan.rules import Rule

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (
        *(returns, absolutes, selling, money, reaching, unfair, lending, privacy, papers, colloquial),
        *(promises, pushing, clauses, disclosure, claims, dealings),
    )
    for rule in module.RULES
)
