"""Tables: tasks with a due time, the steps of the ladder that fired, the reminders people read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from xiaobao.base.inbox.values import TaskState


class Task(models.Model):
    """One piece of work somebody must do by a time; `key` names it for the room that opened it."""

    key = models.CharField("编号", max_length=200, unique=True)
    kind = models.CharField("类型", max_length=40, blank=True, default="")
    title = models.CharField("事项", max_length=200)
    link = models.CharField("对象地址", max_length=300, blank=True, default="")
    org_path = models.CharField("机构", max_length=64)
    assignee = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    role = models.CharField("岗位", max_length=32, blank=True, default="")
    opened_at = models.DateTimeField("开始时间")
    due_at = models.DateTimeField("到期时间")
    state = models.CharField("状态", max_length=8, choices=TaskState.choices(), default=TaskState.OPEN.value)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    # Derived from opened_at, due_at and the steps fired: when the tick must look again.
    next_at = models.DateTimeField("下次提醒", null=True, blank=True)

    class Meta:
        verbose_name = "待办"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
                name="inbox_task_closed_at",
            )
        ]
        indexes = [
            models.Index(fields=["next_at"], name="inbox_task_next", condition=Q(state="open")),
            models.Index(
                fields=["assignee", "due_at", "id"], name="inbox_task_mine", condition=Q(state="open")
            ),
            models.Index(
                fields=["role", "org_path"],
                name="inbox_task_role",
                condition=Q(state="open", assignee__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Escalation(models.Model):
    """One step of the ladder that fired for one due time: at most once, whatever crashes."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="escalations")
    due_at = models.DateTimeField("到期时间")
    step = models.PositiveSmallIntegerField("已用时限百分比")
    fired_at = models.DateTimeField("触发时间")

    class Meta:
        verbose_name = "时限提醒"
        constraints = [
            models.UniqueConstraint(fields=["task", "due_at", "step"], name="inbox_escalation_once"),
        ]


class Reminder(models.Model):
    """One message to one person; written with its escalation, read once."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="reminders")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="reminders")
    text = models.CharField("内容", max_length=400)
    link = models.CharField("对象地址", max_length=300, blank=True, default="")
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = "消息"
        constraints = [
            models.UniqueConstraint(fields=["escalation", "user"], name="inbox_reminder_once"),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="inbox_reminder_mine"),
            models.Index(fields=["user"], name="inbox_reminder_unread", condition=Q(read_at__isnull=True)),
        ]
