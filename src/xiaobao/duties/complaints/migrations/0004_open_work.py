"""The index of open complaints carries what the tabs count, so that counting reads it alone."""

from __future__ import annotations

from django.db import migrations, models

OPEN = models.Q(("is_open", True))


class Migration(migrations.Migration):
    dependencies = [("complaints", "0003_code_set")]

    operations = [
        migrations.AddIndex(
            "complaint",
            models.Index(
                condition=OPEN,
                fields=[
                    "due_on",
                    "id",
                    "stage",
                    "told_on",
                    "is_paused",
                    "is_regulator",
                    "handler",
                    "org_path",
                    "handling_path",
                ],
                name="cmp_open_work",
            ),
        ),
        migrations.RemoveIndex("complaint", "cmp_open_due"),
    ]
