"""Clock events and the timeline can be added and never changed."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from xiaobao.base.audit import triggers

TABLES = {"complaints_clockevent": "id", "complaints_event": "id"}


def forbid(apps: Any, schema_editor: Any) -> None:
    triggers.forbid_changes(schema_editor, TABLES)


def allow(apps: Any, schema_editor: Any) -> None:
    triggers.allow_changes(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial"), ("audit", "0002_insert_only")]

    operations = [migrations.RunPython(forbid, allow)]
