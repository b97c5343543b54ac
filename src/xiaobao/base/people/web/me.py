"""My account: second factors, sessions, look of the screen."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from xiaobao.base.people.models import User
from xiaobao.base.people.services import user_prefer
from xiaobao.base.people.web.asker import actor_of_request


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
