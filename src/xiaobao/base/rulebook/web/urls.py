"""Addresses of the rule book and its calculators."""

from __future__ import annotations

from django.urls import path, register_converter

from xiaobao.base.rulebook.web import calculating, converters, views

register_converter(converters.RuleId, "rule_id")
register_converter(converters.CalculatorName, "calculator")

app_name = "rulebook"

urlpatterns = [
    path("", views.rules, name="rules"),
    path("rules.docx", views.rules_paper, name="rules_paper"),
    path("changes/", views.changes, name="changes"),
    path("changes.docx", views.changes_paper, name="changes_paper"),
    path("calc/", calculating.calculators, name="calculators"),
    path("calc/<calculator:name>/", calculating.calculator, name="calculator"),
    path("<rule_id:rule_id>/", views.rule, name="rule"),
    path("<rule_id:rule_id>/rule.docx", views.rule_paper, name="rule_paper"),
]
