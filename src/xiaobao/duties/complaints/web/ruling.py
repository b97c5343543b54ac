"""The rules behind the dates and the conditions: a list, and one rule with its articles."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from xiaobao.base.law.links import cite_url
from xiaobao.duties.complaints.web.articles import place_words
from xiaobao.duties.complaints.web.screen import Screen
from xiaobao.kernel import ports
from xiaobao.kernel.terms import Term
from xiaobao.rules.book import book
from xiaobao.rules.values import Cite, Confidence, Rule, Version


class RulesView(Screen):
    """Every rule of the book with the version that binds today."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        today = ports.today()
        return self.page("rules.html", {"rows": [_row(rule, today) for rule in book()]})


class RuleView(Screen):
    """One rule: its versions, its articles, what it computes, how sure we are."""

    def get(self, request: HttpRequest, rule_id: str) -> HttpResponse:
        """The page."""
        rule = book().rule(rule_id)
        today = ports.today()
        head = {"id": rule.id, "title": rule.title, "kind": rule.kind.label}
        versions = [_version(version, today) for version in reversed(rule.versions)]
        return self.page("rule.html", {"rule": head, "versions": versions})


def _row(rule: Rule, today: date) -> dict[str, Any]:
    version = rule.at(today) or rule.versions[-1]
    return {
        "id": rule.id,
        "title": rule.title,
        "kind": rule.kind.label,
        "since": f"{version.since} 起" if rule.at(today) else "现不施行",
        "article": _place(version.cites[0]),
        "article_url": cite_url(version.cites[0]),
        "confidence": version.confidence.label,
        "verified": version.confidence is Confidence.VERIFIED,
    }


def _version(version: Version, today: date) -> dict[str, Any]:
    return {
        "since": version.since.isoformat(),
        "until": version.until.isoformat() if version.until else "",
        "current": version.holds_on(today),
        "confidence": version.confidence.label,
        "verified": version.confidence is Confidence.VERIFIED,
        "reading": version.reading,
        "scope": version.scope_say,
        "transition": version.transition,
        "params": _params(version.params),
        "cites": [
            {"place": _place(cite), "role": cite.role.label, "words": cite.words, "url": cite_url(cite)}
            for cite in version.cites
        ],
        "examples": [
            {"verdict": example.verdict.label, "why": _why(example.why), "value": _result(example.value)}
            for example in version.examples
        ],
    }


def _place(cite: Cite) -> str:
    return place_words(cite.instrument, cite.loc)


def _why(words: str) -> str:
    """The example's remark without the number of the case it was taken from."""
    return re.sub(r"^[A-Z]+-[\w-]+\s*", "", words)


def _result(value: Any) -> str:
    return "" if value is None or isinstance(value, bool) else _shown(value)


PARAM_LABELS = {
    "start": "起算",
    "length": "期限",
    "unit": "单位",
    "after": "在前一期限之后再加",
    "require": "须同时满足",
    "needs": "前提",
    "by": "批准人",
    "effect": "不满足时",
    "fields": "必备内容",
    "say": "起算之事",
    "end": "止",
}
FACT_LABELS = {
    "received_on": "收到之日",
    "told": "已告知投诉人",
    "superior": "上级机构",
    "head_office": "总行高级管理人员",
    "pause_from": "暂停之日",
    "pause_to": "恢复前一日",
}


def _params(params: Any) -> list[tuple[str, str]]:
    """The parameters that say something, in words; what has no word of its own is left to the articles."""
    pairs = []
    for name, label in PARAM_LABELS.items():
        value = getattr(params, name, None)
        if value not in ((), "", 0, None, False):
            pairs.append((label, _shown(value)))
    return pairs


def _shown(value: Any) -> str:
    if isinstance(value, Term):
        return value.label
    if hasattr(value, "fact"):
        return str(value.say or value.fact)
    if isinstance(value, tuple | list):
        return "、".join(_shown(item) for item in value)
    return FACT_LABELS.get(str(value), str(value))
