"""One table of files: what they are, whose they are, how long they must be kept."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Evidence(models.Model):
    """One checked file. `owner` names its object (`complaints:TS2026…`); the bytes lie under `path`."""

    owner = models.CharField("所属对象", max_length=120)
    org_path = models.CharField("机构", max_length=64)
    kind = models.CharField("材料类型", max_length=40)
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("格式", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("摘要", max_length=64)
    source_sha256 = models.CharField("原件摘要", max_length=64)
    path = models.CharField("存放位置", max_length=80, unique=True)
    verdict = models.CharField("查毒结论", max_length=120)
    stored_at = models.DateTimeField("上传时间")
    stored_by = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stored_by_name = models.CharField("上传人", max_length=64)
    retention_rule = models.CharField("保存期规则", max_length=16, blank=True, default="")
    retention_from = models.DateField("保存期起算日", null=True, blank=True)
    keep_until = models.DateField("保存至", null=True, blank=True)
    disposed_at = models.DateTimeField("销毁时间", null=True, blank=True)

    class Meta:
        verbose_name = "证据材料"
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "source_sha256"],
                name="evidence_once_per_owner",
                condition=Q(disposed_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["keep_until"], name="evidence_keep_until", condition=Q(disposed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name
