"""One root error, a few families, each mapped to one HTTP status; the facts ride on the error."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


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
    """What was typed cannot be accepted; `field` names the place. `also`: what else is wrong with the form."""

    status = 400
    also: tuple[InvalidInput, ...] = ()

    def __init__(self, code: str, *, field: str = "", **facts: Any) -> None:
        super().__init__(code, field=field, **facts)
        self.field = field

    @property
    def every(self) -> tuple[InvalidInput, ...]:
        """This refusal and those told with it, in the order they were found."""
        return (self, *self.also)

    def put_under(self, place: str) -> None:
        """Name the field from outside: `name` of `persons[0].` becomes `persons[0].name`."""
        self.field = self.facts["field"] = f"{place}{self.field}"


class Faults:
    """Refusals gathered while a form is read, so that all are told at once and not one a try."""

    def __init__(self, found: Iterable[InvalidInput] = ()) -> None:
        self.found = list(found)

    def __bool__(self) -> bool:
        return bool(self.found)

    def take(self, instead: T, read: Callable[..., T], *args: Any, **facts: Any) -> T:
        """What `read` answers; its refusals are kept and `instead` stands in for the answer."""
        try:
            return read(*args, **facts)
        except InvalidInput as error:
            self.found += error.every
            return instead

    def names(self, field: str) -> bool:
        """Whether this field was refused already."""
        return any(error.field == field for error in self.found)

    def settle(self) -> None:
        """Nothing when nothing was found. Raises: the first InvalidInput with the others in `also`."""
        if self.found:
            first, *others = self.found
            first.also = tuple(others)
            raise first


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
