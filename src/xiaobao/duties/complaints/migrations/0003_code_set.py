"""The first version of the JR/T 0169 lists stands in its table, so that the next one can map from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import migrations

FIRST = "JRT0169-2018/1"


def put(apps: Any, schema_editor: Any) -> None:
    apps.get_model("complaints", "CodeSet").objects.get_or_create(
        version=FIRST,
        defaults={
            "effective_from": date(2018, 1, 1),
            "source": "JR/T 0169-2018；公开披露中可见的类目，标准数字代码未取得",
        },
    )


def take(apps: Any, schema_editor: Any) -> None:
    apps.get_model("complaints", "CodeSet").objects.filter(version=FIRST).delete()


class Migration(migrations.Migration):
    dependencies = [("complaints", "0002_insert_only")]

    operations = [migrations.RunPython(put, take)]
