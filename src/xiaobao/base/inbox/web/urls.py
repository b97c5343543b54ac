"""Addresses of the inbox."""

from __future__ import annotations

from django.urls import path

from xiaobao.base.inbox.web import views

app_name = "inbox"

urlpatterns = [
    path("", views.tasks, name="tasks"),
    path("messages/", views.messages, name="messages"),
    path("messages/read/", views.read_all, name="read_all"),
    path("messages/<int:reminder_id>/read/", views.read, name="read"),
]
