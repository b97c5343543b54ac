"""Addresses of the law library; a citation's address is the version's page and the place's id."""

from __future__ import annotations

from django.urls import path, register_converter

from xiaobao.base.law.web import converters, views

register_converter(converters.Code, "law_code")
register_converter(converters.Day, "law_day")
register_converter(converters.Span, "law_span")
register_converter(converters.Article, "law_article")

app_name = "law"

urlpatterns = [
    path("", views.library, name="list"),
    path("search/", views.search, name="search"),
    path("<law_code:code>/", views.text, name="text"),
    path("<law_code:code>/diff/", views.compare, name="compare"),
    path("<law_code:code>/<law_day:version>/", views.text, name="version"),
    path("<law_code:code>/<law_span:span>/", views.diff, name="diff"),
    path("<law_code:code>/<law_article:article>/history/", views.history, name="history"),
]
