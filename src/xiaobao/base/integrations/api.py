"""The gate of the JSON API: bearer tokens, grants, and answers given once a key."""

from __future__ import annotations

import json
import logging
import typing
from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from ninja.security import HttpBearer

from xiaobao.base.integrations import selectors, services
from xiaobao.base.integrations.values import Answer, Call, Caller, Grant
from xiaobao.base.people.client import client_ip
from xiaobao.kernel.errors import NotAllowed, XiaobaoError

log = logging.getLogger("xiaobao.api")
ErrorBody = Callable[[XiaobaoError], dict[str, Any]]
NOT_KEPT = frozenset({400, 401, 503})


class Gate:
    """Where the site says once how a refusal is written and traced; rooms do not know its catalogues."""

    error_body: ErrorBody = staticmethod(lambda error: {"code": error.code, "message": error.say})
    trace: Callable[[HttpRequest, NotAllowed], None] = staticmethod(lambda request, error: None)


class TokenAuth(HttpBearer):
    """Opens to a valid token that carries the grant. Sets `request.caller` and `request.actor`."""

    def __init__(self, grant: Grant) -> None:
        super().__init__()
        self.grant = grant

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller, or None (401). Raises: NotAllowed `api.grant_needed` (403)."""
        caller = selectors.caller_of(
            token, ip=client_ip(request), request_id=getattr(request, "request_id", "")
        )
        if caller is None:
            return None
        cast(Any, request).caller, cast(Any, request).actor = caller, caller.actor
        if self.grant not in caller.grants:
            raise NotAllowed("api.grant_needed", grant=self.grant.label)
        services.token_seen(token_id=caller.token_id, used_at=caller.used_at)
        return caller


READ, WRITE, COMMANDS = TokenAuth(Grant.READ), TokenAuth(Grant.WRITE), TokenAuth(Grant.COMMANDS)


def once(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """The view, run once a key: the same `Idempotency-Key` gets the same status and body again.

    The view answers `(status, value)` or a value (200). Refusals of the kernel are kept too,
    save those in which nothing was tried (400 validation, 503 away).
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        call = Call(
            token_id=cast(Any, request).caller.token_id,
            key=request.headers.get("Idempotency-Key", ""),
            method=request.method or "",
            path=request.path,
            body=request.body,
        )
        refused: list[NotAllowed] = []
        answer = services.answer_once(call=call, run=lambda: _run(refused, view, request, *args, **kwargs))
        for error in refused:
            Gate.trace(request, error)
        response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
        if answer.replayed:
            response["Idempotency-Replayed"] = "true"
        return response

    # The names in the annotations belong to the view's module, not to this one.
    hints = typing.get_type_hints(view)
    told = signature(view)
    answered.__signature__ = told.replace(  # type: ignore[attr-defined]
        parameters=[one.replace(annotation=hints[name]) for name, one in told.parameters.items()]
    )
    return answered


def _run(refused: list[NotAllowed], view: Callable[..., Any], *args: Any, **kwargs: Any) -> Answer:
    """The view's answer; a refusal to be traced once its work is taken back goes to `refused`."""
    try:
        said = view(*args, **kwargs)
    except XiaobaoError as error:
        if isinstance(error, NotAllowed):
            refused.append(error)
        return Answer(error.status, dumps(Gate.error_body(error)), keep=error.status not in NOT_KEPT)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("api command failed")
        return Answer(500, dumps(Gate.error_body(XiaobaoError("api.failed"))))
    status, value = said if isinstance(said, tuple) else (200, said)
    return Answer(status, dumps(value))


def dumps(value: Any) -> str:
    """JSON text of plain values, models of pydantic and dates."""
    return json.dumps(value, ensure_ascii=False, cls=_Encoder, separators=(",", ":"))


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        """A pydantic model as its plain value."""
        return o.model_dump(mode="json") if hasattr(o, "model_dump") else super().default(o)
