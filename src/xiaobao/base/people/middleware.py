"""Who asks, for how long they may, and what they must do first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from xiaobao.base.people.client import client_ip
from xiaobao.base.people.kept import kept_page, offers_again
from xiaobao.base.people.models import User
from xiaobao.base.people.selectors import actor_of
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import ADMIN_ROLES

Answer = Callable[[HttpRequest], HttpResponse]

STARTED, SEEN, SECOND_FACTOR = "xb_started", "xb_seen", "xb_second_factor"
SEEN_STEP_SECONDS = 60

# What somebody who must first change the password or add a second factor may still open.
PASSWORD_PAGES = frozenset(
    {"account_change_password", "account_logout", "people:preferences", "people:token"}
)
FACTOR_PAGES = PASSWORD_PAGES | {
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
}


class SessionLimits:
    """Ends a session that stood idle too long or is too old; the next page is the login page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site, for nobody when the session is over."""
        session = request.session
        if auth.SESSION_KEY in session:
            now = ports.now()
            if _is_over(session, now):
                auth.logout(request)
                cast(Any, request).session_expired = True
            else:
                _mark(session, now)
        return self.get_response(request)


def _is_over(session: Any, now: datetime) -> bool:
    started, seen = _moment(session.get(STARTED)), _moment(session.get(SEEN))
    return bool(
        (started and now - started >= timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS))
        or (seen and now - seen >= timedelta(seconds=settings.SESSION_IDLE_SECONDS))
    )


def _mark(session: Any, now: datetime) -> None:
    """Note the moment, at most once a minute: a page must not cost a write."""
    seen = _moment(session.get(SEEN))
    if STARTED not in session:
        session[STARTED] = now.timestamp()
    if seen is None or now - seen >= timedelta(seconds=SEEN_STEP_SECONDS):
        session[SEEN] = now.timestamp()


def _moment(stamp: float | None) -> datetime | None:
    return datetime.fromtimestamp(stamp, ports.SHANGHAI) if stamp is not None else None


class ActorMiddleware:
    """Sets `request.actor`: the signed-in person as an Actor, or None. One statement: the user with unit.

    Every page is closed to strangers unless its view says `login_not_required`; integrations
    (`/api/`) bring their own token and answer for themselves.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site."""
        cast(Any, request).actor = _actor(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """The way to the login page, or to what must be done first; None lets the request through."""
        if request.path.startswith("/api/"):
            return None
        actor = cast(Any, request).actor
        if actor is None:
            return _to_login(request, view) if getattr(view, "login_required", True) else None
        return _first_things(request, actor)


def _actor(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    return actor_of(request.user, ip=client_ip(request), request_id=str(getattr(request, "request_id", "")))


def _to_login(request: HttpRequest, view: Any) -> HttpResponse:
    """Login, then back to the form's page; what was typed stays in a page, or as a draft on the server."""
    if offers_again(request, view):
        return kept_page(request)
    query = {"next": _with_draft(_page_of(request), request.POST.get("draft_key", ""))}
    if hasattr(request, "session_expired") or request.method != "GET":
        query["expired"] = "1"
    return _redirect(request, f"{settings.LOGIN_URL}?{urlencode(query)}")


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: this one, or the form a POST was sent from."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return request.get_full_path()
    sent_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if sent_from.netloc != request.get_host():
        return "/"
    return f"{sent_from.path}?{sent_from.query}" if sent_from.query else sent_from.path


def _with_draft(page: str, key: str) -> str:
    """The form's page with the name of its draft, so that what was typed stands in it again."""
    if not key or "draft=" in page:
        return page
    return f"{page}{'&' if '?' in page else '?'}{urlencode({'draft': key})}"


def _redirect(request: HttpRequest, where: str) -> HttpResponse:
    if "HX-Request" in request.headers or "X-Dialog" in request.headers:
        return HttpResponse(status=401, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where, status=303 if request.method == "POST" else 302)


def _first_things(request: HttpRequest, actor: Actor) -> HttpResponse | None:
    user = cast(User, request.user)
    match = request.resolver_match
    name = match.view_name if match else ""
    if user.must_change_password and name not in PASSWORD_PAGES:
        return _redirect(request, reverse("account_change_password"))
    if name not in FACTOR_PAGES and _lacks_factor(request, actor):
        return _redirect(request, f"{reverse('mfa_index')}?required=1")
    return None


def _lacks_factor(request: HttpRequest, actor: Actor) -> bool:
    """Whether an admin post signed in with a password alone; asked of the database once a session."""
    if not settings.SECOND_FACTOR_FOR_ADMINS or not actor.roles & ADMIN_ROLES:
        return False
    if request.session.get(SECOND_FACTOR):
        return False
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    if not Authenticator.objects.filter(user_id=actor.user_id, type__in=kinds).exists():
        return True
    request.session[SECOND_FACTOR] = True
    return False
