"""Tables: the tree of org units, and the people of the office."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from xiaobao.base.people.values import OrgKind, TextSize, Theme
from xiaobao.kernel import ports


class OrgUnit(models.Model):
    """One unit of the bank; `path` names it and everything above it (`0001.0007.`)."""

    code = models.CharField("机构编码", max_length=32, unique=True)
    name = models.CharField("机构名称", max_length=120)
    kind = models.CharField("机构类型", max_length=16, choices=OrgKind.choices())
    path = models.CharField("机构路径", max_length=64, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    is_active = models.BooleanField("在用", default=True)
    created_at = models.DateTimeField(default=ports.now)

    class Meta:
        ordering = ["path"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """The kind in Chinese."""
        return OrgKind.label_of(self.kind)

    @property
    def depth(self) -> int:
        """1 for the head office, 2 for what stands directly under it."""
        return self.path.count(".")


class UserManager(BaseUserManager["User"]):
    """Reads a user together with the unit: one statement a request."""

    def get_queryset(self) -> models.QuerySet[User]:
        """Every user, joined with the own unit."""
        return super().get_queryset().select_related("org")

    def get_by_natural_key(self, username: str | None) -> User:
        """The user of this name, whatever the case it was typed in."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """A person of the office with an account; roles are literal values, never rows."""

    username = models.CharField("用户名", max_length=64, unique=True)
    display_name = models.CharField("姓名", max_length=64)
    org = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="users", verbose_name="机构")
    roles = models.JSONField("角色", default=list)
    is_active = models.BooleanField("在用", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    theme = models.CharField("界面", max_length=8, blank=True, default="", choices=Theme.choices())
    text_size = models.CharField("字号", max_length=8, blank=True, default="", choices=TextSize.choices())
    created_at = models.DateTimeField(default=ports.now)
    disabled_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["username"]
        indexes = [models.Index(fields=["org", "is_active"], name="people_user_org")]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        """The name shown on screens."""
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Names are kept in lower case, so that one person never has two accounts."""
        self.username = self.username.lower()
        super().save(*args, **kwargs)


class Reveal(models.Model):
    """One look at masked personal data: who, what, why. Counted for the hourly limit."""

    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="reveals")
    at = models.DateTimeField(default=ports.now)
    object_tag = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=400)

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="people_reveal_user_at")]
