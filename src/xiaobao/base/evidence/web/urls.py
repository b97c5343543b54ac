"""Addresses of the evidence room."""

from __future__ import annotations

from django.urls import path

from xiaobao.base.evidence.web import views

app_name = "evidence"

urlpatterns = [
    path("<int:evidence_id>/", views.download, name="download"),
]
