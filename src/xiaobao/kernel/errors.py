"""One root error, a few families, each mapped to one HTTP status; the facts ride on the error."""

from __future__ import annotations

from typing import Any


class XiaobaoError(Exception):
    """A refusal with a stable English `code` and the facts a sentence needs.

    The Chinese sentence is made from `code` and `facts` by the room's catalogue
    (`messages.py`), or given as the fact `say` where only the caller knows it.
    """

    status = 500

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def say(self) -> str:
        """The sentence given by the caller, or an empty string."""
        return str(self.facts.get("say", ""))

    def __str__(self) -> str:
        return f"{self.code}: {self.say}" if self.say else self.code


class InvalidInput(XiaobaoError):
    """What was typed cannot be accepted; `field` names the place."""

    status = 400

    def __init__(self, code: str, *, field: str = "", **facts: Any) -> None:
        super().__init__(code, field=field, **facts)
        self.field = field


class NotAllowed(XiaobaoError):
    """The actor's roles do not include the command."""

    status = 403


class NotFound(XiaobaoError):
    """It does not exist, or it is not the asker's to see: never told apart."""

    status = 404


class IllegalStep(XiaobaoError):
    """The state table has no such step from here, or somebody else was faster."""

    status = 409


class RuleBroken(XiaobaoError):
    """A rule of law or of the bank forbids it; carries the rule and its article."""

    status = 422

    def __init__(self, rule: str, code: str = "", *, source: str = "", **facts: Any) -> None:
        super().__init__(code or f"rule.{rule}", rule=rule, source=source, **facts)
        self.rule = rule
        self.source = source


class NotConfigured(XiaobaoError):
    """A service the command needs is away or not set up; trying again may help."""

    status = 503
