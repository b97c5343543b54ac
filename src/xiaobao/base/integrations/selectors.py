"""Reads: who calls with this token; which tokens there are."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.db.models import QuerySet

from xiaobao.base.integrations.access import require
from xiaobao.base.integrations.models import ApiToken
from xiaobao.base.integrations.values import CLEAR_PREFIX, Caller, Grant
from xiaobao.base.people.selectors import actor_of
from xiaobao.base.people.values import NOWHERE
from xiaobao.base.statements import Given, Statement
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor, within

# The digest is unique: at most one row, so neither order nor limit costs each call its time.
_TOKEN = Statement(
    lambda: ApiToken.objects.select_related("user__org").filter(digest=Given("digest")).order_by()
)


def digest_of(token: str) -> str:
    """What is kept of a token: it carries 256 bits of chance, so one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def caller_of(token: str, *, ip: str = "", request_id: str = "") -> Caller | None:
    """Who calls with this token, or None when it is unknown, revoked, expired or its account is off.

    One statement. The actor sees the token's unit and below, and never more than
    the account itself sees today.
    """
    if not token.startswith(CLEAR_PREFIX):
        return None
    row = _TOKEN.first(digest=digest_of(token))
    if row is None or row.revoked_at is not None or row.expires_at <= ports.now() or not row.user.is_active:
        return None
    actor = actor_of(row.user, via="api", ip=ip, request_id=request_id)
    scope = row.org_path if within(row.org_path, actor.scope) else NOWHERE
    return Caller(
        row.pk, replace(actor, scope=scope), frozenset(Grant(word) for word in row.grants), row.used_at
    )


def tokens_all(actor: Actor) -> QuerySet[ApiToken]:
    """Every token, newest first. Raises: NotAllowed for anybody but the security administrator."""
    require(actor, "token:list")
    return ApiToken.objects.select_related("user")
