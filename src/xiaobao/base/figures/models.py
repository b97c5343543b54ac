"""Frozen figures: insert-only, one row a freeze; a new freeze never replaces an earlier one."""

from __future__ import annotations

from django.db import models


class FigureFreeze(models.Model):
    """A figure as it stood at `as_of`: value, members, definition and their digest."""

    figure_id = models.CharField(max_length=12)
    year = models.IntegerField()
    revision = models.IntegerField()
    label = models.CharField(max_length=120)
    sentence = models.CharField(max_length=300)
    definition = models.TextField()
    version = models.IntegerField()
    value = models.CharField(max_length=60)
    unit = models.CharField(max_length=40)
    as_of = models.DateTimeField()
    members = models.TextField()
    member_count = models.IntegerField()
    digest = models.CharField(max_length=64)
    frozen_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["figure_id", "year", "revision"], name="figure_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.figure_id} {self.year} #{self.revision}"

    @property
    def member_ids(self) -> tuple[str, ...]:
        """The members' ids as frozen, sorted."""
        return tuple(self.members.split("\n")) if self.members else ()
