"""Find and mask personal information in Chinese text. Plain Python, no network, no model."""

from xiaobao.engines.pii.detectors.base import Options
from xiaobao.engines.pii.engine import scan
from xiaobao.engines.pii.values import Confidence, Kind, Span

__all__ = ["Confidence", "Kind", "Options", "Span", "scan"]
