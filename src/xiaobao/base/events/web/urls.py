"""Addresses of the outbox's pages."""

from __future__ import annotations

from django.urls import path

from xiaobao.base.events.web import views

app_name = "events"

urlpatterns = [
    path("", views.failed, name="failed"),
    path("<int:delivery_id>/retry/", views.retry, name="retry"),
]
