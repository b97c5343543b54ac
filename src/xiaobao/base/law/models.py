"""Instruments, their dated versions, and the parts of each text. Public law: no row belongs to a unit of the bank."""

from __future__ import annotations

from django.db import models

from xiaobao.kernel.terms import Term


class NodeKind(Term):
    """What a row of a text is."""

    PREAMBLE = "preamble", "序言"
    HEAD = "head", "标题"
    ARTICLE = "article", "条"
    APPENDIX = "appendix", "附录"


class Instrument(models.Model):
    """A law or rule over all its versions; `code` is what citations use: N00."""

    code = models.CharField("代号", max_length=6, unique=True)
    title = models.CharField("名称", max_length=200)
    issuer = models.CharField("发布机关", max_length=120, blank=True)

    class Meta:
        verbose_name = "法规"

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Version(models.Model):
    """The text that took effect on a day. `digest` covers file, index row and reading: equal means nothing to do."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="versions", verbose_name="法规")
    effective_on = models.DateField("施行日期")
    title = models.CharField("名称", max_length=200)
    document_number = models.CharField("文号", max_length=80, blank=True)
    status = models.CharField("状态", max_length=80, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    file = models.CharField("文件", max_length=200)
    is_earlier = models.BooleanField("旧版文件", default=False)
    digest = models.CharField("摘要", max_length=64)
    counts = models.JSONField("计数", default=dict)
    remarks = models.JSONField("疑点", default=list)
    imported_at = models.DateTimeField("导入时间")

    class Meta:
        verbose_name = "法规版本"
        constraints = [
            models.UniqueConstraint(fields=["instrument", "effective_on"], name="law_version_day"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.effective_on}"


class Node(models.Model):
    """A heading, an article with its 款 and 项, an appendix, or the preamble, in reading order.

    `loc` is 18, 253-1, a1, 0; '' for a heading. `body` holds what stands below (law.bodies).
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="nodes", verbose_name="版本")
    position = models.IntegerField("次序")
    kind = models.CharField("类别", max_length=10, choices=NodeKind.choices())
    loc = models.CharField("位置", max_length=12, blank=True)
    text = models.TextField("文字")
    body = models.JSONField("结构", default=list)

    class Meta:
        verbose_name = "条文"
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="law_node_position"),
        ]
        indexes = [models.Index(fields=["version", "loc"], name="law_node_loc")]

    def __str__(self) -> str:
        return f"{self.version_id}:{self.loc or self.position}"
