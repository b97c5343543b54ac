"""How answers of the rule book are typed in and printed on the command line."""

from __future__ import annotations

import argparse
import json
from datetime import date, datetime
from typing import Any

from xiaobao.kernel.days import parse_day, parse_moment
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.complaint_facts import MISSING
from xiaobao.rules.instruments import cite_zh, parse_cite
from xiaobao.rules.values import Confidence, plain


def add_json(parser: argparse.ArgumentParser) -> None:
    """The flag every question has."""
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


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
        print("  尚缺：" + "、".join(MISSING.get(name, name) for name in answer["missing"]))
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


def read_facts(pairs: list[str]) -> dict[str, Any]:
    """Facts from `name=value`: days, moments, numbers, true/false, lists with commas; else text.

    `done.key=yes` and the like fill the map `done`. Raises: InvalidInput `rules.fact`.
    """
    facts: dict[str, Any] = {}
    for pair in pairs:
        name, found, text = pair.partition("=")
        if not found or not name.strip():
            raise InvalidInput("rules.fact", text=pair, say=f"事实“{pair}”应写成 名称=值")
        outer, dot, inner = name.strip().partition(".")
        if dot:
            facts.setdefault(outer, {})[inner] = read_value(text)
        else:
            facts[outer] = read_value(text)
    return facts


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
        if error.code == "day.impossible":
            raise
        return text
