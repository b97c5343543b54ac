"""Entries, leaves and heads can be added and never changed."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from xiaobao.base.audit import triggers

TABLES = {"audit_auditentry": "id", "audit_auditleaf": "number", "audit_treehead": "id"}


def forbid(apps: Any, schema_editor: Any) -> None:
    triggers.forbid_changes(schema_editor, TABLES)


def allow(apps: Any, schema_editor: Any) -> None:
    triggers.allow_changes(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(forbid, allow)]
