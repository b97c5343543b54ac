"""The calculators on screen: a form from what each declares, an answer as its trace. The address holds the facts."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiaobao.base.audit.web.asker import actor_of_request
from xiaobao.base.law.links import cite_url
from xiaobao.kernel.errors import InvalidInput, NotFound, XiaobaoError
from xiaobao.rules.book import book
from xiaobao.rules.calculators import registry
from xiaobao.rules.calculators.reading import read
from xiaobao.rules.calculators.values import Answer, Calculator, Input, InputType, circled
from xiaobao.rules.fact_words import fact_word, value_word
from xiaobao.rules.instruments import cite_zh, parse_cite
from xiaobao.rules.values import Confidence, Step

_LONGEST_FACT = 1000
_SAMPLES = {
    InputType.DAYS: "如 2026-03-16、2026-04-02",
    InputType.PERIODS: "如 2026-03-05..2026-03-24，每段一行",
    InputType.YEAR: "如 2026",
}


class Asked(NamedTuple):
    """One input with what was typed into it, and what is wrong with it."""

    input: Input
    text: str
    chosen: tuple[str, ...]
    sample: str
    error: str = ""


class Said(NamedTuple):
    """One step of the trace, its citation in the sentence as a link where it stands there, else behind it."""

    mark: str
    parts: tuple[tuple[str, str], ...]
    ours: bool


@require_safe
def calculators(request: HttpRequest) -> HttpResponse:
    """Every calculator with its question."""
    actor_of_request(request)
    return render(request, "rulebook/calculators.html", {"calculators": list(registry.CALCULATORS.values())})


@require_safe
def calculator(request: HttpRequest, name: str) -> HttpResponse:
    """The form, and the answer where facts were given."""
    actor_of_request(request)
    found = registry.CALCULATORS.get(name)
    if found is None:
        raise NotFound("rulebook.calculator", asked=name[:40])
    texts = _texts(found, request.GET)
    answer, error = _answer(found, texts) if texts else (None, None)
    field = error.field if isinstance(error, InvalidInput) else ""
    inputs = [
        _asked(one, request.GET, error.say if error and field == one.name else "") for one in found.inputs
    ]
    context = {
        "calculator": found,
        "inputs": inputs,
        "answer": _shown(answer) if answer else None,
        "error": error.say if error else "",
        "error_field": field if field in found.by_name else "",
        "samples": [(title, urlencode(facts)) for title, facts in found.samples],
        "rules": [book().rule(rule) for rule in found.rules],
        "address": request.build_absolute_uri() if texts else "",
        "others": [one for one in registry.CALCULATORS.values() if one.name != name],
    }
    return render(request, "rulebook/calculator.html", context, status=error.status if error else 200)


def _texts(found: Calculator, query: QueryDict) -> dict[str, str]:
    """What was typed, by input; several choices are one text."""
    given = {one.name: "\n".join(query.getlist(one.name))[:_LONGEST_FACT].strip() for one in found.inputs}
    return {name: text for name, text in given.items() if text}


def _answer(found: Calculator, texts: dict[str, str]) -> tuple[Answer | None, XiaobaoError | None]:
    try:
        return found.ask(read(found, texts), registry.desk(found.name)), None
    except XiaobaoError as error:
        return None, error


def _asked(one: Input, query: QueryDict, error: str) -> Asked:
    texts = tuple(text[:_LONGEST_FACT] for text in query.getlist(one.name))
    return Asked(one, "\n".join(texts), texts, _SAMPLES.get(one.type, ""), error)


def _shown(answer: Answer) -> dict[str, Any]:
    return {
        "say": answer.say,
        "rule": answer.rule,
        "version": answer.version,
        "verdict": answer.verdict,
        "value": value_word("value", answer.value) if answer.value not in (None, (), {}) else "",
        "steps": [said(step, circled(at)) for at, step in enumerate(answer.steps)],
        "unused": [said(step, "·") for step in answer.unused],
        "missing": tuple(fact_word(name) for name in answer.missing_zh),
        "confidence": answer.confidence,
        "verified": answer.confidence is Confidence.VERIFIED,
        "own": [(one.title, value_word("value", one.value), one.binds) for one in answer.own],
        "law_value": value_word("value", answer.law_value) if answer.own else "",
        "text": answer.text,
    }


def said(step: Step, mark: str) -> Said:
    """The step's sentence in pieces (words, address)."""
    href, words = cite_url(step.cite), _place(step.cite)
    if not href:
        return Said(mark, ((step.say, ""),), step.ours)
    if words in step.say:
        before, _, after = step.say.partition(words)
        return Said(mark, ((before, ""), (words, href), (after, "")), step.ours)
    return Said(mark, ((step.say, ""), (words, href)), step.ours)


def _place(cite: str) -> str:
    try:
        return cite_zh(parse_cite(cite))
    except ValueError:
        return cite
