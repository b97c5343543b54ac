"""A book of rules. A rule whose own tests fail does not get in; a bank's overlay adds and tightens."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from xiaobao.engines.textscan.documents import document_of
from xiaobao.engines.textscan.engine import Plan, is_exempt
from xiaobao.engines.textscan.hinting import Hints, shipped_hints
from xiaobao.engines.textscan.requests import request_of
from xiaobao.engines.textscan.rules import Rule
from xiaobao.engines.textscan.sealing import needles_under_seal
from xiaobao.engines.textscan.values import Example, Request
from xiaobao.kernel.errors import InvalidInput


class UnprovenRuleError(InvalidInput):
    """A rule whose tests fail, or that has none; the sentence says which test and what was found."""


@dataclass(frozen=True)
class Book:
    """Rules that proved themselves, ready to scan. `name` changes with every rule."""

    plan: Plan

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.plan.rules)

    def __len__(self) -> int:
        return len(self.plan.rules)

    @property
    def name(self) -> str:
        """A short digest over all rules."""
        return self.plan.name

    def without_hints(self) -> Book:
        """The same rules; what no rule strikes is passed over in silence."""
        return Book(Plan(self.plan.rules, self.name))

    def get(self, rule_id: str) -> Rule:
        """The rule. Raises: KeyError."""
        return next(rule for rule in self.plan.rules if rule.id == rule_id)

    def topics(self) -> dict[str, list[Rule]]:
        """Rules by topic, in the order of the book."""
        found: dict[str, list[Rule]] = {}
        for rule in self.plan.rules:
            found.setdefault(rule.topic, []).append(rule)
        return found


def book_of(rules: Iterable[Rule], hints: Hints | None = None) -> Book:
    """The book of these rules. Raises: UnprovenRuleError for the first rule that fails a test of its own."""
    rules = tuple(rules)
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise _refused(rule, "编号重复")
        seen.add(rule.id)
    plan = Plan(rules, _name(rules), hints)
    for rule in rules:
        prove(rule, plan)
    return Book(plan)


def prove(rule: Rule, plan: Plan) -> None:
    """Run the rule's own tests. Raises: UnprovenRuleError."""
    if not rule.bad or not rule.good:
        raise _refused(rule, "至少要有一个应命中和一个不应命中的例子")
    if bool(rule.cites) == bool(rule.practice):
        raise _refused(rule, "或有出处，或注明内部惯例，二者居其一")
    for example in rule.bad:
        request = example_request(rule, example)
        if not rule.scope.holds(request):
            raise _refused(rule, f"“{example.text}”不在规则的适用范围内")
        _prove_bad(rule, example, spans_of(rule, example, plan, request))
    for example in rule.good:
        if found := spans_of(rule, example, plan, example_request(rule, example)):
            raise _refused(rule, f"不应命中“{example.text}”，却命中{found}")


def _prove_bad(rule: Rule, example: Example, found: list[str]) -> None:
    if example.spans and sorted(found) != sorted(example.spans):
        raise _refused(rule, f"“{example.text}”应命中{list(example.spans)}，实得{found}")
    if not found:
        raise _refused(rule, f"应命中“{example.text}”，却没有")


def spans_of(rule: Rule, example: Example, plan: Plan, request: Request) -> list[str]:
    """What the rule finds in one of its examples."""
    document = document_of(example.plain)
    reading = plan.read(document, request)
    spans = []
    for hit in rule.matcher.find(reading):
        if not is_exempt(rule, reading, hit):
            start, end = reading.view.origin(hit.start, hit.end)
            spans.append(document.text[start:end])
    return spans


def example_request(rule: Rule, example: Example) -> Request:
    """The request an example stands for: the rule's own scope where the example does not say otherwise."""
    made = request_of(
        example.plain, channel=example.channel, product=example.product, more=dict(example.fields)
    )
    scope = rule.scope
    return made._replace(
        materials=(scope.materials - scope.without) or made.materials,
        channels=made.channels or scope.channels,
        products=made.products or scope.products,
        audiences=scope.audiences,
    )


def _refused(rule: Rule, say: str) -> UnprovenRuleError:
    return UnprovenRuleError("textscan.rule.unproven", field=rule.id, say=f"规则 {rule.id} 未装载：{say}")


def _name(rules: tuple[Rule, ...]) -> str:
    told = "\n".join(repr(rule) for rule in rules)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def shipped() -> Book:
    """The rules this package ships: proven when they were sealed, or else once a process."""
    from xiaobao.engines.textscan.rulebook import RULES

    if needles_under_seal() is None:
        return book_of(RULES, shipped_hints())
    return Book(Plan(RULES, _name(RULES), shipped_hints()))
