"""Logins, refusals and changes of factors, written into the journal as they happen."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.contrib.auth import signals as auth
from django.db import transaction
from django.http import HttpRequest

from xiaobao.base.audit import services as audit
from xiaobao.base.people.client import client_ip
from xiaobao.base.people.middleware import SEEN, STARTED
from xiaobao.base.people.models import User
from xiaobao.base.people.selectors import actor_of
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor


def connect() -> None:
    """Listen to Django's and allauth's signals; called once at start."""
    auth.user_logged_in.connect(on_login, dispatch_uid="people.login")
    auth.user_logged_out.connect(on_logout, dispatch_uid="people.logout")
    auth.user_login_failed.connect(on_refused, dispatch_uid="people.refused")
    account.password_changed.connect(on_password, dispatch_uid="people.password")
    mfa.authenticator_added.connect(on_factor_added, dispatch_uid="people.factor_added")
    mfa.authenticator_removed.connect(on_factor_removed, dispatch_uid="people.factor_removed")
    mfa.authenticator_reset.connect(on_factor_reset, dispatch_uid="people.factor_reset")
    mfa.authentication_failed.connect(on_factor_refused, dispatch_uid="people.factor_refused")


def on_login(sender: Any, request: HttpRequest | None = None, user: User | None = None, **_: Any) -> None:
    """A session begins: its limits start to run."""
    if request is None or user is None:
        return
    now = ports.now().timestamp()
    request.session[STARTED] = now
    request.session[SEEN] = now
    _write(request, user, "login")


def on_logout(sender: Any, request: HttpRequest | None = None, user: Any = None, **_: Any) -> None:
    """A session ends."""
    if request is not None and isinstance(user, User):
        _write(request, user, "logout")


def on_refused(
    sender: Any, credentials: dict[str, Any] | None = None, request: HttpRequest | None = None, **_: Any
) -> None:
    """A wrong password. The name is kept only when it is an account: people type passwords there."""
    name = str((credentials or {}).get("username", "")).lower()
    user = User.objects.filter(username=name).first()
    if user is not None:
        _write(request, user, "refuse")
        return
    stranger = Actor(None, "未登录", frozenset(), "", "", ip=_ip(request))
    with transaction.atomic():
        audit.record(actor=stranger, tag="people:session:refuse", object_id="", org_path="")


def on_password(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """A password of the own choice; the one-time password has done its duty."""
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
    _write(request, user, "change_password")


def on_factor_added(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """A second factor more."""
    _write(request, user, "add_factor", {"kind": str(authenticator.type)})


def on_factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """A second factor less."""
    _write(request, user, "remove_factor", {"kind": str(authenticator.type)})


def on_factor_reset(sender: Any, request: HttpRequest, user: User, authenticator: Any, **_: Any) -> None:
    """New recovery codes."""
    _write(request, user, "reset_factor", {"kind": str(authenticator.type)})


def on_factor_refused(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """A wrong code or passkey."""
    _write(request, user, "refuse_factor")


def _write(request: HttpRequest | None, user: User, verb: str, after: dict[str, str] | None = None) -> None:
    actor = actor_of(user, ip=_ip(request), request_id=str(getattr(request, "request_id", "")))
    with transaction.atomic():
        audit.record(
            actor=actor,
            tag=f"people:session:{verb}",
            object_id=user.pk,
            org_path=actor.org_path,
            after=after,
        )


def _ip(request: HttpRequest | None) -> str:
    return client_ip(request) if request is not None else ""
