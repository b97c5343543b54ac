"""Pages that belong to no room."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page shown when a form's token is missing or stale."""
    return HttpResponse("页面已过期，请返回上一页刷新后重试；已填写的草稿不会丢失。", status=403)
