"""Complaints that say the same: a whole set at once, or a running stream with alerts. No network, no model."""

from xiaobao.engines.neardup.grouping import group
from xiaobao.engines.neardup.stream import Stream
from xiaobao.engines.neardup.values import Alert, Cluster, Event, Settings, State

__all__ = ["Alert", "Cluster", "Event", "Settings", "State", "Stream", "group"]
