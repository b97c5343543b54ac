"""Addresses of the pages on people and units."""

from __future__ import annotations

from django.urls import path

from xiaobao.base.people.web import me

app_name = "people"

urlpatterns = [
    path("me/preferences/", me.preferences, name="preferences"),
]
