"""The format of the tokens, kept beside them: code of another format must not trust what it finds."""

from __future__ import annotations

from django.db import migrations, models

THREES = 3


def note(apps, schema_editor):
    apps.get_model("search", "IndexFormat").objects.using(schema_editor.connection.alias).create(
        number=THREES
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0003_threes")]
    operations = [
        migrations.CreateModel(
            name="IndexFormat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="词元格式")),
            ],
            options={"verbose_name": "检索索引格式"},
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
