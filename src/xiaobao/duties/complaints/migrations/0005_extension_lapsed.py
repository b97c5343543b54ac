"""An extension nobody answered or told ends with the reply or the reopening: one more state, no change of the table."""

from __future__ import annotations

from django.db import migrations, models

STATES = [("asked", "待批准"), ("granted", "已批准"), ("denied", "未批准"), ("lapsed", "已失效")]


class Migration(migrations.Migration):
    dependencies = [("complaints", "0004_open_work")]

    operations = [
        migrations.AlterField("extension", "state", models.CharField(choices=STATES, max_length=8)),
    ]
