"""The complaint rules CMP-001 to CMP-035, by what they govern."""

from __future__ import annotations

from xiaobao.rules.complaints.clocks import RULES as CLOCKS
from xiaobao.rules.values import Rule

RULES: tuple[Rule, ...] = CLOCKS
