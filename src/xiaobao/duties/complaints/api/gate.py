"""What both halves of the room's API share: the router, the refusals, the actor."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja import Router

from xiaobao.duties.complaints.api.answers import ErrorOut
from xiaobao.duties.complaints.domain.values import Command
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor

router = Router(tags=["投诉"])
REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422, 503), ErrorOut)

KEYED = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "schema": {"type": "string", "maxLength": 255},
            "description": "每次写入一个新值；重试用同一个值，得到同一个答复",
        }
    ]
}


def command_of(word: str) -> Command:
    """The command a program names. Raises: InvalidInput `complaint.command.unknown` with the known ones."""
    try:
        return Command(word)
    except ValueError:
        known = "、".join(command.value for command in Command)
        raise InvalidInput(
            "complaint.command.unknown", field="command", text=word[:40], known=known
        ) from None


def actor_of(request: HttpRequest) -> Actor:
    """The caller as an actor, set by the token's gate."""
    return cast(Actor, cast(Any, request).actor)
