"""How answers of the rule book are typed in and printed on the command line."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from xiaobao.kernel.days import parse_day, parse_moment
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.complaint_facts import MISSING
from xiaobao.rules.conclusions import conclude
from xiaobao.rules.deciding import decide
from xiaobao.rules.fact_words import fact_word
from xiaobao.rules.instruments import cite_zh, parse_cite
from xiaobao.rules.values import Confidence, Rule, Version, plain

if TYPE_CHECKING:  # overlays are only loaded where there is a file of them
    from xiaobao.rules.own_rules import OwnRule


def add_json(parser: argparse.ArgumentParser) -> None:
    """The flag every question has."""
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


def add_own(parser: argparse.ArgumentParser) -> None:
    """The flag of questions that know the bank's own overlays."""
    parser.add_argument(
        "--own", metavar="文件", help="本行从严规定（YAML），默认为 XIAOBAO_OWN_RULES 所指的文件"
    )


def own_of(options: argparse.Namespace) -> tuple[OwnRule, ...]:
    """The overlays of the file named on the command line, or of the configured one; none where there is neither.

    Raises: BookError naming file, entry and rule.
    """
    file = options.own or os.environ.get("XIAOBAO_OWN_RULES", "")
    if not file:
        return ()
    from xiaobao.rules.book import book
    from xiaobao.rules.own_files import read_file

    return read_file(file, book())


def decided(
    rule: Rule, version: Version, facts: dict[str, Any], own: tuple[OwnRule, ...], on: date
) -> tuple[Any, dict[str, Any]]:
    """The rule's value, and its answer for JSON with its conclusion: with overlays the stricter, both beside it."""
    if not own:
        outcome = decide(rule, version, facts)
        return outcome.value, outcome.as_dict() | {"say": conclude(rule, version, facts, outcome)}
    from xiaobao.rules.own_rules import LEVELS, decide_with

    decision = decide_with(rule, version, facts, own, on)
    if decision.stricter is None:
        said = conclude(rule, version, facts, decision.result)
    else:
        one, outcome = decision.stricter
        reasons = "；".join(step.say for step in decision.own_reasons(outcome)) or outcome.verdict.label
        law = conclude(rule, version, facts, decision.law)
        said = f"{outcome.verdict.label}，依据{LEVELS[one.level]}“{one.title}”（{one.id}）：{reasons}。法定要求：{decision.law.verdict.label}，{law}"
    return decision.result.value, decision.as_dict() | {"say": said}


def pairs_of(facts: list[str]) -> dict[str, str]:
    """The texts of `name=value`; a name given twice has two lines. Raises: InvalidInput `rules.fact`."""
    texts: dict[str, str] = {}
    for pair in facts:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise InvalidInput("rules.fact", text=pair, say=f"事实“{pair}”应写成 名称=值")
        before = texts.get(name.strip())
        texts[name.strip()] = f"{before}\n{text}" if before else text
    return texts


def print_json(answer: Any) -> None:
    """The answer alone on stdout."""
    print(json.dumps(plain(answer), ensure_ascii=False))


def print_trace(answer: dict[str, Any]) -> None:
    """Conclusion, numbered steps with their places, what was not used, what is missing."""
    if answer.get("say"):
        print(answer["say"])
    for number, step in enumerate(answer["steps"], 1):
        print(f"  {number}. {step['say']}{_place(step['cite'], step['say'])}")
    for step in answer.get("unused", ()):
        print(f"  未采用：{step['say']}")
    if answer.get("missing"):
        print("  尚缺：" + "、".join(MISSING.get(name) or fact_word(name) for name in answer["missing"]))
    if answer.get("confidence") not in (None, Confidence.VERIFIED.value):
        print("  " + Confidence.label_of(answer["confidence"]))


def _place(cite: str, said: str) -> str:
    if not cite:
        return ""
    try:
        place = cite_zh(parse_cite(cite))
    except ValueError:
        return f" [{cite}]"
    return "" if place in said else f"（{place}）"


def guessed(pairs: list[str]) -> dict[str, Any]:
    """Facts as their texts look, before it is known which version is asked: its days pick the version.

    Raises: InvalidInput `rules.fact`, `day.impossible`.
    """
    return {name: read_value(text) for name, text in pairs_of(pairs).items()}


TRUTHS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def read_value(text: str) -> Any:
    """The value a person meant by this text."""
    plain_text = text.strip()
    if plain_text.lower() in TRUTHS:
        return TRUTHS[plain_text.lower()]
    if "," in plain_text:
        return tuple(part.strip() for part in plain_text.split(",") if part.strip())
    if plain_text.lstrip("-").isdigit() and len(plain_text) < 16:
        return int(plain_text)
    return _when(plain_text)


def _when(text: str) -> date | datetime | str:
    try:
        return parse_moment(text) if "T" in text or ":" in text else parse_day(text)
    except InvalidInput as error:
        if error.code in ("day.impossible", "day.far"):
            raise
        return text
