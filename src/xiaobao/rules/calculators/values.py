"""What a calculator declares, and what it answers. A page and the command line are generated from these."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.terms import Term
from xiaobao.rules.calendar import Calendar
from xiaobao.rules.values import Confidence, Step, Verdict, plain

if TYPE_CHECKING:
    from xiaobao.rules.book import RuleBook
    from xiaobao.rules.own_rules import OwnRule


class InputType(Term):
    """How an input is asked for, and what the fact is once it has been read."""

    DAY = "day", "日期"
    MOMENT = "moment", "日期和时刻"
    DAYS = "days", "若干日期"
    PERIODS = "periods", "起止日期"
    YEAR = "year", "年度"
    NUMBER = "number", "数字"
    FLAG = "flag", "是或否"
    CHOICE = "choice", "单选"
    CHOICES = "choices", "多选"
    TEXT = "text", "文字"


class Input(NamedTuple):
    """One declared input: `name` is the fact, `label` what the office reads, `help` one sentence under it.

    `choices` are pairs (value, label). `required` means that nothing can be concluded without it; any other
    input may stay empty, and the answer names it where it would have mattered.
    """

    name: str
    label: str
    type: InputType
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    unit: str = ""


class Desk(NamedTuple):
    """What a calculator works with beside the facts: the book, the calendar, the bank's own overlays."""

    book: RuleBook
    calendar: Calendar
    own: tuple[OwnRule, ...] = ()


class OwnAnswer(NamedTuple):
    """What an overlay of the bank answers beside the law; `binds` when it is the stricter one."""

    id: str
    title: str
    value: Any
    binds: bool


class Answer(NamedTuple):
    """One conclusion, the steps in counting order, what was not used and why, what is missing.

    `rule` and `version` are what the conclusion stands on; `value` is the stricter of law and overlays, `law_value`
    the law's alone. `missing` names facts, `missing_zh` says them. Every step's `cite` opens its place in the text.
    """

    calculator: str
    say: str
    rule: str
    version: str
    verdict: Verdict
    value: Any
    steps: tuple[Step, ...]
    unused: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()
    missing_zh: tuple[str, ...] = ()
    confidence: Confidence = Confidence.VERIFIED
    law_value: Any = None
    own: tuple[OwnAnswer, ...] = ()

    @property
    def text(self) -> str:
        """The whole answer as an officer reads it."""
        lines = "".join(f" {circled(at)} {step.say}" for at, step in enumerate(self.steps))
        left = "；".join(step.say for step in self.unused)
        checked = "" if self.confidence is Confidence.VERIFIED else f"{self.confidence.label}。"
        said = self.say + (lines.lstrip() + "。" if lines else "") + (f"未采用：{left}。" if left else "")
        return said + checked

    def as_dict(self) -> dict[str, Any]:
        """The answer of `xiaobao rules calc --json`."""
        return {
            "calculator": self.calculator,
            "rule": self.rule,
            "version": self.version,
            "verdict": self.verdict.value,
            "value": plain(self.value),
            "say": self.say,
            "steps": [step.as_dict() for step in self.steps],
            "unused": [step.as_dict() for step in self.unused],
            "missing": list(self.missing),
            "missing_zh": list(self.missing_zh),
            "confidence": self.confidence.value,
            "law_value": plain(self.law_value),
            "own": [
                {"id": one.id, "title": one.title, "value": plain(one.value), "binds": one.binds}
                for one in self.own
            ],
        }


class Calculator(NamedTuple):
    """A question an officer asks often: its inputs, the rules it stands on, and the work.

    `name` is what the command line and the address use; `question` one sentence of what it answers; `samples` are
    filled-in forms (title, texts by input name) that are run in the tests and offered on the page; `order` pairs
    of days of which the second cannot come before the first.
    """

    name: str
    title: str
    question: str
    rules: tuple[str, ...]
    inputs: tuple[Input, ...]
    work: Callable[[dict[str, Any], Desk], Answer]
    samples: tuple[tuple[str, dict[str, str]], ...] = ()
    order: tuple[tuple[str, str], ...] = ()

    @property
    def by_name(self) -> dict[str, Input]:
        """The inputs by the name of their fact."""
        return {one.name: one for one in self.inputs}

    def ask(self, facts: dict[str, Any], desk: Desk) -> Answer:
        """The answer to these facts; an unknown fact is left out or None, never guessed.

        Raises: InvalidInput where days contradict each other or no rule was in force, OutsideCalendar naming the
        year nobody has recorded.
        """
        known = {name: value for name, value in facts.items() if value is not None}
        self._in_order(known)
        found = self.work(known, desk)
        said = tuple(self.label_of(name) for name in found.missing)
        say = found.say or ("不能确定，尚缺：" + "、".join(said) + "。")
        return found._replace(calculator=self.name, say=say, missing_zh=said)

    def _in_order(self, known: dict[str, Any]) -> None:
        for first, then in self.order:
            if first in known and then in known and known[then] < known[first]:
                say = f"{self.label_of(then)}{_told(known[then])}早于{self.label_of(first)}{_told(known[first])}，请核对"
                raise InvalidInput("calc.order", field=then, say=say)

    def label_of(self, name: str) -> str:
        """What the office calls a fact."""
        from xiaobao.rules.complaint_facts import MISSING
        from xiaobao.rules.fact_words import fact_word

        declared = self.by_name.get(name)
        return declared.label if declared else MISSING.get(name) or fact_word(name)


def _told(day: Any) -> str:
    return f"{day:%Y-%m-%d %H:%M}" if hasattr(day, "hour") else str(day)


def circled(number: int) -> str:
    """①, ②, …; from the twenty-first on a number in brackets.

    >>> circled(0), circled(20)
    ('①', '(21)')
    """
    return chr(0x2460 + number) if number < 20 else f"({number + 1})"
