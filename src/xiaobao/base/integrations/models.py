"""Tables: tokens of other systems (hashed), and the answers kept under their keys."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from xiaobao.kernel import ports


class ApiToken(models.Model):
    """One integration's way in. The token itself is shown once and never kept."""

    name = models.CharField("名称", max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField("开头", max_length=12)
    grants = models.JSONField("权限", default=list)
    org_path = models.CharField("机构范围", max_length=64)
    created_at = models.DateTimeField(default=ports.now)
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("最近使用", null=True)
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.hint}…"


class IdempotencyKey(models.Model):
    """The first answer given under a key; kept as long as the records it made."""

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=400)
    body_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(default="")
    created_at = models.DateTimeField(default=ports.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.key}"
