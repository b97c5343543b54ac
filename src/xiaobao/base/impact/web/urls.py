"""Addresses of the changes of the law."""

from __future__ import annotations

from django.urls import path

from xiaobao.base.impact.web import views

# The converters are those of the law library, registered by its own addresses.
from xiaobao.base.law.web import urls as _law  # noqa: F401

app_name = "impact"

urlpatterns = [
    path("", views.changes, name="list"),
    path("owners/", views.owners, name="owners"),
    path("<law_code:code>/<law_span:span>/", views.change, name="show"),
    path("<law_code:code>/<law_span:span>/open/", views.open_reviews, name="open"),
    path("reviews/<int:review_id>/", views.close_review, name="close"),
]
