"""Addresses of the annual report."""

from __future__ import annotations

from django.urls import path

from xiaobao.base.figures.web import views

app_name = "figures"

urlpatterns = [
    path("", views.report, name="report"),
    path("<int:year>/", views.year, name="year"),
    path("<int:year>/<slug:figure_id>/", views.figure, name="figure"),
    path("<int:year>/<slug:figure_id>/freeze/", views.freeze, name="freeze"),
    path("<int:year>/<slug:figure_id>/members.txt", views.members, name="members"),
]
