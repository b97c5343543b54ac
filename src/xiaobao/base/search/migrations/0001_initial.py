from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=32, verbose_name="类别")),
                ("object_id", models.BigIntegerField(verbose_name="对象")),
                ("org_path", models.CharField(max_length=64, verbose_name="机构")),
                ("sort_at", models.DateTimeField(verbose_name="排序时间")),
                ("body", models.TextField(verbose_name="规范化文本")),
            ],
            options={
                "verbose_name": "检索文档",
                "indexes": [
                    models.Index(fields=["kind", "-sort_at", "-object_id"], name="search_document_newest")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="search_document_object")
                ],
            },
        )
    ]
