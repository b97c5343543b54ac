"""The outbox: what happened, and whether each handler has heard of it."""

from __future__ import annotations

from django.db import models

from xiaobao.kernel.terms import Term


class State(Term):
    """Where a delivery stands."""

    PENDING = "pending", "待送达"
    DONE = "done", "已送达"
    FAILED = "failed", "送达失败，将重试"


class Event(models.Model):
    """A fact of one room, written in the transaction that made it."""

    name = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    payload = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.key}"


class Delivery(models.Model):
    """One event for one handler: done at most once, tried until done."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    handler = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices(), default=State.PENDING.value)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="event_handler_once")]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=~models.Q(state="done"),
                name="delivery_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.state}"
