"""Commands on accounts. The system administrator makes them, the security administrator grants roles."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from xiaobao.base.audit import services as audit
from xiaobao.base.people.access import require
from xiaobao.base.people.models import User
from xiaobao.base.people.selectors import managed_path, org_get, session_get, users_with_role
from xiaobao.base.people.values import HEAD_OFFICE_DEPTH, HEAD_OFFICE_ROLES, TextSize, Theme
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.identity import Actor, within
from xiaobao.kernel.roles import ADMIN_ROLES, Role, conflicting


@transaction.atomic
def user_create(
    *,
    actor: Actor,
    username: str,
    display_name: str,
    org_path: str,
    roles: Iterable[Role | str] = (),
    password: str | None = None,
) -> User:
    """The new account. Without a password nobody can sign in until `user_reset` made one.

    Giving roles needs the right to grant them, which the system administrator has not.
    Raises: InvalidInput for a bad or taken name, unknown or conflicting roles.
    """
    require(actor, "user:create")
    if not within(org_path, managed_path(actor)):
        raise NotFound("people.org.missing", org=org_path)
    org = org_get(org_path)
    wanted = _roles(roles, org.depth)
    if wanted:
        require(actor, "user:change_roles")
    user = User(username=_username(username), display_name=display_name.strip(), org=org, roles=wanted)
    if not user.display_name:
        raise InvalidInput("people.user.unnamed", field="display_name")
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise InvalidInput("people.user.name_taken", field="username", username=username) from error
    _trace(actor, user, "create", None, {"username": user.username, "roles": wanted})
    return user


@transaction.atomic
def user_change_roles(*, actor: Actor, user_id: int, roles: Iterable[Role | str], reason: str = "") -> User:
    """The account with exactly these roles; they act at the next request.

    Raises: NotAllowed for the own account; InvalidInput for conflicting roles or a post that
    only the head office has; IllegalStep when it would leave an admin post empty.
    """
    require(actor, "user:change_roles")
    if user_id == actor.user_id:
        raise NotAllowed("people.roles.own")
    _hold_admins(user_id)
    user = _managed(actor, user_id)
    before, wanted = list(user.roles), _roles(roles, user.org.depth)
    _keep_admins(user, frozenset(before) - frozenset(wanted))
    user.roles = wanted
    user.save(update_fields=["roles"])
    _trace(actor, user, "change_roles", {"roles": before}, {"roles": wanted}, reason)
    return user


@transaction.atomic
def user_disable(*, actor: Actor, user_id: int, reason: str = "") -> User:
    """The account, dead from the next request on; its sessions are ended."""
    require(actor, "user:disable")
    if user_id == actor.user_id:
        raise NotAllowed("people.user.own")
    _hold_admins(user_id)
    user = _managed(actor, user_id)
    _keep_admins(user, frozenset(user.roles))
    user.is_active, user.disabled_at = False, ports.now()
    user.save(update_fields=["is_active", "disabled_at"])
    sessions = _end_sessions(user)
    _trace(actor, user, "disable", {"is_active": True}, {"is_active": False, "sessions": sessions}, reason)
    return user


@transaction.atomic
def user_enable(*, actor: Actor, user_id: int, reason: str = "") -> User:
    """The account, in use again with the roles it had."""
    require(actor, "user:enable")
    user = _managed(actor, user_id)
    user.is_active, user.disabled_at = True, None
    user.save(update_fields=["is_active", "disabled_at"])
    _trace(actor, user, "enable", {"is_active": False}, {"is_active": True}, reason)
    return user


@transaction.atomic
def user_reset(*, actor: Actor, user_id: int, reason: str = "") -> str:
    """A one-time password, shown once; the person must choose an own one at the next sign-in."""
    require(actor, "user:reset")
    if user_id == actor.user_id:
        raise NotAllowed("people.user.own")
    user = _managed(actor, user_id)
    password = base64.b32encode(ports.new_bytes(10)).decode().lower()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    sessions = _end_sessions(user)
    _trace(actor, user, "reset", None, {"must_change_password": True, "sessions": sessions}, reason)
    return password


@transaction.atomic
def user_end_sessions(*, actor: Actor, user_id: int, reason: str = "") -> int:
    """How many sessions of the account were ended."""
    require(actor, "user:end_sessions")
    user = _managed(actor, user_id)
    ended = _end_sessions(user)
    _trace(actor, user, "end_sessions", None, {"sessions": ended}, reason)
    return ended


@transaction.atomic
def user_revoke_factors(*, actor: Actor, user_id: int, reason: str = "") -> int:
    """How many second factors (codes, passkeys, recovery codes) were taken from the account."""
    require(actor, "user:revoke_factors")
    if user_id == actor.user_id:
        raise NotAllowed("people.user.own")
    user = _managed(actor, user_id)
    revoked, _ = Authenticator.objects.filter(user=user).delete()
    sessions = _end_sessions(user)
    _trace(actor, user, "revoke_factors", {"factors": revoked}, {"factors": 0, "sessions": sessions}, reason)
    return int(revoked)


@transaction.atomic
def user_prefer(*, actor: Actor, theme: str, text_size: str) -> User:
    """The own account with the wanted look. Raises: InvalidInput for an unknown value."""
    if theme not in Theme.__members__.values() or text_size not in TextSize.__members__.values():
        raise InvalidInput("people.preferences.unknown", field="theme")
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotFound("people.user.missing")
    before = {"theme": user.theme, "text_size": user.text_size}
    user.theme, user.text_size = str(theme), str(text_size)
    user.save(update_fields=["theme", "text_size"])
    _trace(actor, user, "prefer", before, {"theme": theme, "text_size": text_size})
    return user


@transaction.atomic
def session_end(*, actor: Actor, session_id: int) -> None:
    """End one session of the own account. Raises: NotFound `people.session.missing`."""
    session_get(actor, session_id).end()
    audit.record(actor=actor, tag="people:session:end", object_id=actor.user_id or 0, org_path=actor.org_path)


def _managed(actor: Actor, user_id: int) -> User:
    user = User.objects.select_for_update(of=("self",)).filter(pk=user_id).first()
    if user is None or not within(user.org.path, managed_path(actor)):
        raise NotFound("people.user.missing")
    return user


def _username(username: str) -> str:
    name = username.strip().lower()
    if not name or len(name) > 64 or not all(c.isascii() and (c.isalnum() or c in "._-") for c in name):
        raise InvalidInput("people.user.bad_name", field="username", username=username)
    return name


def _roles(roles: Iterable[Role | str], depth: int) -> list[str]:
    """The roles as stored, in the order of `Role`."""
    wanted = {str(role) for role in roles}
    unknown = wanted - {str(role) for role in Role} | wanted & {str(Role.SYSTEM)}
    if unknown:
        raise InvalidInput("people.roles.unknown", field="roles", role=sorted(unknown)[0])
    held = frozenset(Role(role) for role in wanted)
    if conflicting(held):
        raise InvalidInput("people.roles.conflicting", field="roles")
    far = held & HEAD_OFFICE_ROLES
    if far and depth > HEAD_OFFICE_DEPTH:
        raise InvalidInput("people.roles.head_office_only", field="roles", role=sorted(far)[0].label)
    return [str(role) for role in Role if role in held]


def _hold_admins(user_id: int) -> None:
    """Lock every holder of an admin post and the account, by id: two who take such a post away take turns."""
    held = {
        pk
        for role in ADMIN_ROLES
        for pk in users_with_role(role, "", below=True).values_list("pk", flat=True)
    }
    locked = User.objects.select_for_update(of=("self",)).filter(pk__in=held | {user_id}).order_by("pk")
    list(locked.values_list("pk"))


def _keep_admins(user: User, leaving: frozenset[str]) -> None:
    """Raises: IllegalStep when nobody else would hold an admin post."""
    for role in sorted(leaving & {str(role) for role in ADMIN_ROLES}):
        others = users_with_role(role, "", below=True).exclude(pk=user.pk)
        if user.is_active and not others.exists():
            raise IllegalStep("people.roles.last_admin", role=Role(role).label)


def _end_sessions(user: User) -> int:
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def _trace(
    actor: Actor,
    user: User,
    verb: str,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    reason: str = "",
) -> None:
    audit.record(
        actor=actor,
        tag=f"people:user:{verb}",
        object_id=str(user.pk),
        org_path=user.org.path,
        before=before,
        after=after,
        reason=reason,
    )
