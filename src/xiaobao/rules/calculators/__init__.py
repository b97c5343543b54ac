"""The calculators: questions an officer asks often, each with declared inputs and an answer that explains itself.

>>> from xiaobao.rules.calculators import calculator, desk, read
>>> recheck = calculator("recheck")
>>> recheck.ask(read(recheck, {"decision_received_on": "2026-03-20"}), desk()).say
'申请核查最迟2026-04-19 24:00前以书面提出。'
"""

from __future__ import annotations

from xiaobao.rules.calculators.reading import read
from xiaobao.rules.calculators.registry import CALCULATORS, calculator, desk
from xiaobao.rules.calculators.values import Answer, Calculator, Desk, Input, InputType, OwnAnswer

__all__ = [
    "CALCULATORS",
    "Answer",
    "Calculator",
    "Desk",
    "Input",
    "InputType",
    "OwnAnswer",
    "calculator",
    "desk",
    "read",
]
