"""One row for each thing that leans on a changed place of the law, until somebody has read it again; and whose it is."""

from __future__ import annotations

from django.db import models

from xiaobao.kernel.roles import Role
from xiaobao.kernel.terms import Term


class ReviewState(Term):
    """What became of a re-reading."""

    OPEN = "open", "待复核"
    SAME = "same", "已复核，不用改"
    RENEWED = "renewed", "已出新版本"


class Owner(models.Model):
    """The person named for a room of rules, or for one rule: `scope` is the room's name or the rule's id."""

    scope = models.CharField("范围", max_length=16, unique=True)
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="+", verbose_name="负责人")
    set_at = models.DateTimeField("指定时间")
    set_by = models.CharField("指定人", max_length=80)

    class Meta:
        verbose_name = "负责人"

    def __str__(self) -> str:
        return f"{self.scope} {self.user_id}"


class Review(models.Model):
    """`kind` and `key` name the thing (rule CMP-003, a guard, a figure); `places` the places it leans on, in words."""

    instrument = models.CharField("代号", max_length=6)
    old_on = models.DateField("旧版施行日期")
    new_on = models.DateField("新版施行日期")
    kind = models.CharField("类别", max_length=16)
    key = models.CharField("标识", max_length=160)
    title = models.CharField("名称", max_length=200)
    rule = models.CharField("规则", max_length=16)
    places = models.CharField("条文", max_length=400)
    owner_role = models.CharField("负责岗位", max_length=32, blank=True, default="")
    owner = models.ForeignKey(
        "people.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="负责人",
    )
    state = models.CharField("状态", max_length=8, choices=ReviewState.choices(), default=ReviewState.OPEN)
    opened_at = models.DateTimeField("派发时间")
    closed_at = models.DateTimeField("办结时间", null=True)
    closed_by = models.CharField("办结人", max_length=80, blank=True, default="")
    note = models.CharField("说明", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "复核"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "new_on", "kind", "key"], name="impact_review_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at__isnull=True)
                | (~models.Q(state="open") & models.Q(closed_at__isnull=False)),
                name="impact_review_closed_at",
            ),
        ]
        indexes = [models.Index(fields=["instrument", "new_on", "id"], name="impact_review_change")]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def owner_words(self) -> str:
        """Whose re-reading it is: the person where one is named, else the post."""
        post = Role.label_of(self.owner_role) if self.owner_role else ""
        return f"{self.owner.display_name}（{post}）" if self.owner else post

    @property
    def task(self) -> str:
        """The key of its task in the inbox."""
        return f"impact:{self.pk}"
