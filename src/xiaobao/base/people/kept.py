"""What was typed into a form stays with its sender when the login is over or the form's token is stale."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

STAMP = "csrfmiddlewaretoken"
SHOWN_FROM = 10
"""Texts of this length are shown, so that they can be copied; shorter ones are only carried along."""


def offers_again(request: HttpRequest, view: Any) -> bool:
    """Whether this is a form sent by hand from a page of ours, whose view can show it as it was typed.

    A form of another site is never offered: its sender would confirm what he has not typed.
    """
    by_script = "HX-Request" in request.headers or "X-Dialog" in request.headers
    can = hasattr(getattr(view, "view_class", None), "offer_again")
    return request.method == "POST" and can and not by_script and _is_from_here(request)


def kept_page(request: HttpRequest) -> HttpResponse:
    """401: the way to the login, and the form again, in the page alone; nothing is stored."""
    fields = [(name, value) for name, values in request.POST.lists() if name != STAMP for value in values]
    context = {
        "fields": fields,
        "texts": [value for _, value in fields if len(value) >= SHOWN_FROM],
        "had_files": bool(request.FILES),
        "action": request.get_full_path(),
    }
    return HttpResponse(render_to_string("people/kept.html", context, request, using="jinja2"), status=401)


def _is_from_here(request: HttpRequest) -> bool:
    """By what the browser says and no page can forge."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.get_host()
