"""The journal's tables. Entries, leaves and heads are insert-only: triggers forbid the rest."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from xiaobao.base.audit.terms import Problem


class AuditEntry(models.Model):
    """One command of one actor. `body` is the canonical text that is hashed; the other columns
    repeat parts of it so that the list can be filtered, and are compared with it every night."""

    at = models.DateTimeField()
    tag = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    org_path = models.CharField(max_length=120)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    salt = models.CharField(max_length=32)
    body = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["tag", "id"]),
            models.Index(fields=["object_id", "id"]),
            models.Index(fields=["actor_name", "id"]),
            models.Index(fields=["at"]),
        ]

    def __str__(self) -> str:
        return f"{self.tag} {self.object_id}"

    @property
    def facts(self) -> dict[str, Any]:
        """Everything the body says: actor, via, ip, request, before, after, rules, reason."""
        facts: dict[str, Any] = json.loads(self.body)
        return facts


class AuditLeaf(models.Model):
    """The place of an entry in the tree: `number` counts from 0 without gaps."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="leaf")
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}"


class TreeHead(models.Model):
    """A signed statement: the first `size` leaves have this `root`. `peaks` lets the tree grow
    from here without reading earlier leaves."""

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    peaks = models.JSONField()
    at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"


class AuditCheck(models.Model):
    """One verification of the whole journal and what it found."""

    at = models.DateTimeField()
    rows = models.BigIntegerField()
    heads = models.BigIntegerField()
    breaks = models.IntegerField()
    first_bad = models.BigIntegerField(null=True)
    seconds = models.FloatField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.breaks}"


class AuditBreak(models.Model):
    """A broken link found by a verification; it alarms until an audit admin has explained it."""

    fingerprint = models.CharField(max_length=64, unique=True)
    number = models.BigIntegerField()
    problem = models.CharField(max_length=20, choices=Problem.choices())
    detail = models.CharField(max_length=300)
    found_at = models.DateTimeField()
    explained_at = models.DateTimeField(null=True)
    explained_by = models.CharField(max_length=80, blank=True)
    explanation = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["number"],
                condition=models.Q(explained_at__isnull=True),
                name="audit_break_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.problem}"
