"""A document and a request in, a report out. The same document, request and book give the same digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cached_property

from xiaobao.engines.textscan.documents import Document
from xiaobao.engines.textscan.exempt import EXEMPTIONS
from xiaobao.engines.textscan.hinting import Hints, hinted
from xiaobao.engines.textscan.matchers import Question, Words
from xiaobao.engines.textscan.reading import Reading
from xiaobao.engines.textscan.rules import Rule
from xiaobao.engines.textscan.settling import Strike, listed, settled
from xiaobao.engines.textscan.values import Asked, Finding, Hit, Report, Request
from xiaobao.engines.textscan.words import Automaton, WordList, automaton, matches


class Plan:
    """Rules made ready: one automaton for all their words, one for what their patterns need."""

    def __init__(self, rules: Iterable[Rule], name: str = "", hints: Hints | None = None) -> None:
        self.rules = tuple(rules)
        self.name = name
        self.hints = hints

    @cached_property
    def _words(self) -> WordList:
        found = (
            word for rule in self.rules if isinstance(rule.matcher, Words) for word in rule.matcher.spelled
        )
        return WordList(dict.fromkeys(found))

    @cached_property
    def _needles(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                word
                for rule in self.rules
                for way in rule.matcher.needles
                for words in way
                for word in sorted(words)
            )
        )

    def read(self, document: Document, request: Request) -> Reading:
        """The document, with the places of every word and anchor of these rules."""
        reading = Reading(document, request)
        words = self._words
        for at, start, end in words.find(document.text, reading.view.hidden):
            reading.words.setdefault(words.words[at], []).append(reading.view.folded(start, end))
        needles = self._needles
        for at, start, _ in matches(self._anchors, reading.text):
            reading.anchors.setdefault(needles[at], []).append(start)
        return reading

    @cached_property
    def _anchors(self) -> Automaton:
        return automaton(self._needles)

    def apply(self, reading: Reading, rules: Iterable[Rule]) -> Iterator[tuple[Rule, Hit]]:
        """Every hit of these rules that no exemption takes away."""
        for rule in rules:
            for hit in rule.matcher.find(reading):
                if not is_exempt(rule, reading, hit):
                    yield rule, hit


def is_exempt(rule: Rule, reading: Reading, hit: Hit) -> bool:
    """Whether an exemption of the rule takes the hit away."""
    return hit.end > hit.start and any(EXEMPTIONS[name](reading, hit.start, hit.end) for name in rule.exempt)


def scan(document: Document, request: Request, plan: Plan) -> Report:
    """Everything the plan's rules find in the document on the request's day."""
    rules = [rule for rule in plan.rules if rule.scope.holds(request) and _binds(rule, request)]
    reading = plan.read(document, request)
    strikes, questions = [], []
    for rule, hit in plan.apply(reading, rules):
        if isinstance(rule.matcher, Question):
            questions.append(Asked(rule.id, rule.topic, hit.note, rule.article))
        else:
            strikes.append(_strike(rule, reading, hit))
    kept, remarks = listed(settled(strikes))
    findings = [_finding(reading, strike) for strike in kept]
    if plan.hints:
        angles = {rule.topic: rule.angle for rule in rules}
        more, told = hinted(plan.hints, reading, findings, angles)
        findings = sorted([*findings, *more], key=lambda one: (one.start, one.end, one.rule))
        remarks += told
    found = {finding.topic for finding in findings}
    asked = {question.topic for question in questions}
    topics = dict.fromkeys(rule.topic for rule in rules if not isinstance(rule.matcher, Question))
    return Report(
        findings=tuple(findings),
        questions=tuple(questions),
        clear=tuple(topic for topic in topics if topic not in found and topic not in asked),
        rules=len(rules),
        digest=_digest(document, request, rules, findings, remarks),
        book=plan.name,
        remarks=remarks,
    )


def _binds(rule: Rule, request: Request) -> bool:
    return request.on is None or rule.holds_on(request.on)


def _strike(rule: Rule, reading: Reading, hit: Hit) -> Strike:
    start, end = reading.view.origin(hit.start, hit.end) if hit.end > hit.start else (0, 0)
    return Strike(rule, hit, start, end)


def _finding(reading: Reading, strike: Strike) -> Finding:
    rule, hit, start, end = strike
    block = reading.document.block_at(start)
    why = rule.why
    if end > start and reading.view.is_disguised(hit.start, hit.end):
        why += "（以符号、形近字或拼音规避，按原词处理）"
    return Finding(
        rule=rule.id,
        version=rule.version,
        topic=rule.topic,
        angle=rule.angle,
        severity=rule.severity,
        start=start,
        end=end,
        span=reading.document.text[start:end],
        block=block,
        page=reading.document.blocks[block].page if reading.document.blocks else 0,
        why=why,
        article=rule.article,
        suggestion=rule.suggest,
    )


def _digest(
    document: Document,
    request: Request,
    rules: list[Rule],
    findings: list[Finding],
    remarks: tuple[str, ...],
) -> str:
    told = {
        "text": hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "request": [sorted(part) for part in request[:4]]
        + [str(request.on), sorted(map(str, request.fields.items()))],
        "rules": [f"{rule.id}@{rule.version}" for rule in rules],
        "findings": [finding.as_dict() for finding in findings],
    } | ({"remarks": remarks} if remarks else {})
    return hashlib.sha256(
        json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    ).hexdigest()
