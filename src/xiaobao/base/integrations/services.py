"""Writes: handing out a token, taking it back, and answering a key once."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from xiaobao.base.audit import services as audit
from xiaobao.base.integrations.access import require
from xiaobao.base.integrations.models import ApiToken, IdempotencyKey
from xiaobao.base.integrations.selectors import digest_of
from xiaobao.base.integrations.values import CLEAR_PREFIX, KEY_LIMIT, TOKEN_BYTES, Answer, Call, Grant
from xiaobao.base.people.models import User
from xiaobao.base.people.selectors import actor_of
from xiaobao.base.statements import Given, Insert, Statement
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound, RuleBroken
from xiaobao.kernel.identity import Actor, within
from xiaobao.kernel.roles import Role

MAX_DAYS = 366
REFUSED = 400
SEEN_STEP = timedelta(hours=1)

# A key is unique in its token: there is no order to ask for, and nothing to cut off.
_KEPT = Statement(
    lambda: (
        IdempotencyKey.objects.filter(token_id=Given("token"), key=Given("key"))
        .order_by()
        .values_list("method", "path", "body_digest", "status", "answer")
    )
)
_KEYS = Insert(IdempotencyKey)


@transaction.atomic
def token_issue(
    *, actor: Actor, username: str, name: str, grants: Iterable[str], org_path: str = "", days: int = 366
) -> tuple[ApiToken, str]:
    """The token's row and the token itself, which is never shown again.

    `org_path` '' means the account's whole scope. Raises: NotFound for an unknown account;
    InvalidInput for an account without the post 接口账号, unknown grants, a unit outside the
    account's scope, or more than 366 days.
    """
    require(actor, "token:issue")
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise NotFound("people.user.missing")
    if Role.INTEGRATION not in user.roles:
        raise InvalidInput("integrations.token.account", field="username", username=username)
    scope = org_path or actor_of(user).scope
    wanted = _checked(user, name, frozenset(grants), scope, days)
    clear = CLEAR_PREFIX + base64.urlsafe_b64encode(ports.new_bytes(TOKEN_BYTES)).decode().rstrip("=")
    now = ports.now()
    row = ApiToken.objects.create(
        name=name.strip(),
        user=user,
        digest=digest_of(clear),
        hint=clear[:8],
        grants=wanted,
        org_path=scope,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    after = {"name": row.name, "username": user.username, "grants": wanted, "scope": scope, "days": days}
    _trace(actor, row, "issue", None, after)
    return row, clear


@transaction.atomic
def token_revoke(*, actor: Actor, token_id: int, reason: str = "") -> ApiToken:
    """The token, useless from now on. Raises: IllegalStep when it was revoked before."""
    require(actor, "token:revoke")
    row = ApiToken.objects.select_for_update().filter(pk=token_id).first()
    if row is None:
        raise NotFound("integrations.token.missing")
    if row.revoked_at is not None:
        raise IllegalStep("integrations.token.revoked")
    row.revoked_at = ports.now()
    row.save(update_fields=["revoked_at"])
    _trace(actor, row, "revoke", {"revoked": False}, {"revoked": True}, reason)
    return row


def token_seen(*, token_id: int, used_at: datetime | None = None) -> None:
    """Note that the token was used; at most one write an hour, none where `used_at` is known to be younger."""
    now = ports.now()
    if used_at is None or used_at <= now - SEEN_STEP:
        stale = ApiToken.objects.filter(pk=token_id).exclude(used_at__gt=now - SEEN_STEP)
        stale.update(used_at=now)


def answer_once(*, call: Call, run: Callable[[], Answer]) -> Answer:
    """What `run` answers, kept under the call's key; or the answer kept there before.

    The command, the key and the answer stand or fall in one transaction, and the key is unique:
    of twins one comes first, the other's work is taken back and it hears the first's answer. The
    same key never acts twice, and a crash leaves nothing behind. An answer of 400 or above takes
    the command's work back and is kept; with `keep` False (validation, service away) it is not,
    so the key is free again. `run` must answer refusals, not raise them.

    Raises: InvalidInput `api.key_needed`; RuleBroken `api.key_reused` for another body.
    """
    if not call.key or len(call.key) > KEY_LIMIT:
        raise InvalidInput("api.key_needed", field="Idempotency-Key")
    kept = _kept(call)
    if kept is not None:
        return kept
    try:
        return _first_answer(call, run)
    except _Refused as refused:
        return _keep(call, refused.answer) if refused.answer.keep else refused.answer
    except IntegrityError:
        kept = _kept(call)
        if kept is None:
            raise
        return kept


class _Refused(Exception):
    """Carries an answer out of the transaction it takes back."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


@transaction.atomic
def _first_answer(call: Call, run: Callable[[], Answer]) -> Answer:
    answer = run()
    if answer.status >= REFUSED:
        raise _Refused(answer)
    _insert(call, answer)
    return answer


def _keep(call: Call, answer: Answer) -> Answer:
    """The refusal, kept; or what a twin was told in the meantime."""
    try:
        with transaction.atomic():
            _insert(call, answer)
    except IntegrityError:
        kept = _kept(call)
        if kept is None:
            raise
        return kept
    return answer


def _insert(call: Call, answer: Answer) -> None:
    _KEYS.put(
        IdempotencyKey(
            token_id=call.token_id,
            key=call.key,
            method=call.method,
            path=call.path,
            body_digest=_body_digest(call),
            status=answer.status,
            answer=answer.body,
            created_at=ports.now(),
        )
    )


def _kept(call: Call) -> Answer | None:
    kept = _KEPT.first_row(token=call.token_id, key=call.key)
    if kept is None:
        return None
    method, path, digest, status, answer = kept
    if (method, path, digest) != (call.method, call.path, _body_digest(call)):
        raise RuleBroken("", "api.key_reused")
    return Answer(status, answer, replayed=True)


def _body_digest(call: Call) -> str:
    """Fingerprint of what the body says; blanks and the order of names in JSON do not count."""
    try:
        said = json.dumps(json.loads(call.body), sort_keys=True, ensure_ascii=True).encode()
    except ValueError:
        said = call.body
    return hashlib.sha256(said).hexdigest()


def _checked(user: User, name: str, grants: frozenset[str], scope: str, days: int) -> list[str]:
    if not name.strip():
        raise InvalidInput("integrations.token.name", field="name")
    if not grants or not grants <= {grant.value for grant in Grant}:
        raise InvalidInput("integrations.token.grants", field="grants")
    if not scope or not within(scope, actor_of(user).scope):
        raise InvalidInput("integrations.token.scope", field="org_path")
    if not 1 <= days <= MAX_DAYS:
        raise InvalidInput("integrations.token.days", field="days")
    return sorted(grants)


def _trace(
    actor: Actor,
    row: ApiToken,
    verb: str,
    before: dict[str, object] | None,
    after: dict[str, object],
    reason: str = "",
) -> None:
    audit.record(
        actor=actor,
        tag=f"integrations:token:{verb}",
        object_id=row.pk,
        org_path=row.org_path,
        before=before,
        after=after,
        reason=reason,
    )
