"""Triage of complaints: topic with calibrated abstention, facets of JR/T 0169, flags. No network."""

from xiaobao.engines.topics.triage import triage
from xiaobao.engines.topics.values import Topic, Verdict

__all__ = ["Topic", "Verdict", "triage"]
