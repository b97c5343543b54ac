"""Drawing by Jinja2 at less cost: the same escaping, the same addresses, each worked out once.

Jinja2 wraps every value it writes into a `Markup` of its own, twelve hundred times a list; a page's
forms ask for the CSRF token one by one; an address walks the whole table of addresses each time.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

_PLAIN = re.compile("[^&<>\"']*").fullmatch
_MARK = 7_919_104_729
"""An id no row has: where it stands in an address, another id may stand."""


def written(value: Any) -> str:
    """The value as it may stand in a page: what `escape` makes of it, without the wrapping.

    >>> written("<b>"), written(Markup("<b>")), written(3)
    (Markup('&lt;b&gt;'), Markup('<b>'), '3')
    """
    kind = type(value)
    if kind is Markup or (kind is str and _PLAIN(value)):
        text: str = value
        return text
    return str(value) if kind is int else escape(value)


class Generator(CodeGenerator):
    """Jinja2's own, writing values through `written` where it would write them through `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")


class CsrfInput:
    """The hidden field of every form of one page: made when the first form is drawn, the same for all."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._made = ""

    def __html__(self) -> str:
        """The field."""
        if not self._made:
            self._made = csrf_input(self._request)
        return self._made


def forms(request: HttpRequest) -> dict[str, Any]:
    """A context processor: `csrf_input`, once a page."""
    return {"csrf_input": CsrfInput(request)}


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page; `reverse` is asked once for a name, ids are put in their places.

    Raises: NoReverseMatch as `reverse` does.
    """
    if kwargs:
        return reverse(name, args=args or None, kwargs=kwargs)
    if all(type(one) is int and one >= 0 for one in args):
        parts = _parts(name, len(args))
        if len(parts) == len(args) + 1:
            return "".join([text + str(one) for text, one in zip(parts, args, strict=False)]) + parts[-1]
    return _reversed(name, args)


@lru_cache(maxsize=1024)
def _reversed(name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, args=args or None)


@cache
def _parts(name: str, ids: int) -> tuple[str, ...]:
    """What stands between the ids of an address."""
    marks = [_MARK + place for place in range(ids)]
    return tuple(re.split("|".join(map(str, marks)) or "$^", reverse(name, args=marks or None)))
