"""The actor behind a request, for the rooms that stand below people."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest

from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor


def actor_of_request(request: HttpRequest) -> Actor:
    """The signed-in person as an Actor. Raises: NotAllowed `audit.stranger` for nobody."""
    actor = cast(Any, request).actor
    if not isinstance(actor, Actor):
        raise NotAllowed("audit.stranger", say="请先登录")
    return actor
