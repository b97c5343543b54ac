"""Waking the handlers: after the commit, and again from tick until each has succeeded."""

from __future__ import annotations


def deliver_event(event_id: int) -> None:
    """Wake every handler of one event that has not heard of it yet."""
