"""One table of searchable documents; its token column and index are made per database (0002)."""

from __future__ import annotations

from django.db import models


class Document(models.Model):
    """One object's text in its normal form, with where it belongs and where it sorts.

    The column `tokens` is not Django's: tsvector on PostgreSQL, text feeding an FTS5 table on SQLite.
    """

    kind = models.CharField("类别", max_length=32)
    object_id = models.BigIntegerField("对象")
    org_path = models.CharField("机构", max_length=64)
    sort_at = models.DateTimeField("排序时间")
    body = models.TextField("规范化文本")

    class Meta:
        verbose_name = "检索文档"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_object"),
        ]
        indexes = [
            models.Index(fields=["kind", "-sort_at", "-object_id"], name="search_document_newest"),
        ]


class IndexFormat(models.Model):
    """One row: the format (`grams.FORMAT`) in which every token of the index was made."""

    number = models.PositiveSmallIntegerField("词元格式")

    class Meta:
        verbose_name = "检索索引格式"
