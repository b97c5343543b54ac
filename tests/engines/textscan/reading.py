"""What the tests of the engine share: one rule made on the spot, and what it finds."""

from __future__ import annotations

from datetime import date
from typing import Any

from xiaobao.engines.textscan import Plan, document_of, request_of, scan
from xiaobao.engines.textscan.matchers import Matcher
from xiaobao.engines.textscan.rules import Rule
from xiaobao.engines.textscan.values import Angle, Example, Scope, Severity


def rule_of(matcher: Matcher, **more: Any) -> Rule:
    """A rule of the house's practice around a matcher."""
    told: dict[str, Any] = {
        "id": "T-1",
        "topic": "试",
        "angle": Angle.LEGALITY,
        "severity": Severity.AMEND,
        "why": "因为",
        "cites": (),
        "scope": Scope(),
        "since": date(2026, 1, 1),
        "practice": "试",
        "bad": (Example("保本"),),
        "good": (Example("好"),),
    }
    return Rule(matcher=matcher, **(told | more))


def spans(matcher: Matcher, text: str, fields: dict[str, Any] | None = None, **more: Any) -> list[str]:
    """The spans of the findings of one rule."""
    plan = Plan([rule_of(matcher, **more)])
    report = scan(document_of(text), request_of(text, material="海报", more=fields), plan)
    return [finding.span for finding in report.findings]
