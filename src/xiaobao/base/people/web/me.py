"""My account: second factors, sessions, look of the screen."""

from __future__ import annotations

from typing import cast

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from xiaobao.base.people.models import User
from xiaobao.base.people.selectors import session_get
from xiaobao.base.people.services import session_end, user_prefer
from xiaobao.base.people.values import TextSize, Theme
from xiaobao.base.people.web.asker import actor_of_request
from xiaobao.base.people.web.changes import form_page
from xiaobao.kernel.roles import Role

FACTORS = {"totp": "身份验证器", "webauthn": "通行密钥", "recovery_codes": "恢复码"}


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """我的账户."""
    user = cast(User, request.user)
    factors = Authenticator.objects.filter(user=user).order_by("created_at")
    return render(
        request,
        "people/me.html",
        {
            "person": user,
            "roles": [Role.label_of(role) for role in user.roles],
            "factors": [(FACTORS.get(str(factor.type), ""), factor.created_at) for factor in factors],
            "sessions": list(UserSession.objects.filter(user=user).order_by("-created_at")[:50]),
            "themes": Theme.choices(),
            "sizes": TextSize.choices(),
            "came_back": "back" in request.GET,
        },
    )


@require_GET
def token(request: HttpRequest) -> HttpResponse:
    """A token for the forms of a page already open, so that one opened before the newest login can be sent.

    An address of its own: asking the form's page for it may change something (a second factor's secret
    is made anew each time its page is asked for), and not every page with a form answers a GET.
    """
    return HttpResponse(get_token(request), content_type="text/plain")


@form_page
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Ask once, then back to the account page; that device must sign in again."""
    actor = actor_of_request(request)
    if request.method != "POST":
        return render(request, "people/end_session.html", {"session": session_get(actor, session_id)})
    session_end(actor=actor, session_id=session_id)
    messages.success(request, "该会话已结束。")
    return HttpResponseRedirect(reverse("people:me"), status=303)


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Back to the page the button stood on, in the chosen look. What is not sent stays as it was."""
    user = cast(User, request.user)
    user_prefer(
        actor=actor_of_request(request),
        theme=request.POST.get("theme", user.theme),
        text_size=request.POST.get("text_size", user.text_size),
    )
    return HttpResponseRedirect(_back(request), status=303)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"
