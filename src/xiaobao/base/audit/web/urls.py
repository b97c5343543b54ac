"""Addresses of the journal's pages."""

from __future__ import annotations

from django.urls import path

from xiaobao.base.audit.web import views

app_name = "audit"

urlpatterns = [
    path("", views.listing, name="list"),
    path("entries/<int:entry_id>/", views.entry, name="entry"),
    path("heads/", views.heads, name="heads"),
    path("heads/sign/", views.sign, name="sign"),
    path("heads/<int:size>.json", views.head, name="head"),
    path("verifier.py", views.verifier_file, name="verifier"),
    path("verify/", views.verify, name="verify"),
    path("verify/run/", views.check, name="check"),
    path("breaks/<int:break_id>/explain/", views.explain, name="explain"),
]
