"""Deliveries that failed, for the system post."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xiaobao.base.audit.web.asker import actor_of_request
from xiaobao.base.events import selectors, services


@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    """What has not been delivered, and why."""
    found = selectors.failed_deliveries(actor_of_request(request))
    return render(request, "events/failed.html", {"deliveries": found})


@require_POST
def retry(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One delivery tried again now."""
    if services.delivery_retry(actor=actor_of_request(request), delivery_id=delivery_id):
        messages.success(request, "已送达。")
    else:
        messages.error(request, "仍未送达，系统会继续重试；原因见清单。")
    return HttpResponseRedirect(reverse("events:failed"))
