"""Asks a calculator with texts, as a form or the command line does."""

from __future__ import annotations

from typing import Any

from xiaobao.rules.calculators import Answer, calculator, desk, read


def ask(name: str, facts: str = "", **more: Any) -> Answer:
    """The answer to facts written `name=value;name=value`."""
    texts = dict(pair.partition("=")[::2] for pair in facts.split(";") if pair)
    one = calculator(name)
    return one.ask(read(one, texts), desk(name, **more))
