"""The actor behind a request."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest

from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor


def actor_of_request(request: HttpRequest) -> Actor:
    """The signed-in person as an Actor. Raises: NotAllowed for nobody (pages are closed to strangers)."""
    actor = cast(Any, request).actor
    if not isinstance(actor, Actor):
        raise NotAllowed("people.not_allowed")
    return actor
