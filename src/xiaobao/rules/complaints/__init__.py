"""The complaint rules CMP-001 to CMP-035, by what they govern."""

from __future__ import annotations

from xiaobao.rules.complaints.channels import RULES as CHANNELS
from xiaobao.rules.complaints.clocks import RULES as CLOCKS
from xiaobao.rules.complaints.handling import RULES as HANDLING
from xiaobao.rules.complaints.proceedings import RULES as PROCEEDINGS
from xiaobao.rules.values import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted((*CLOCKS, *PROCEEDINGS, *HANDLING, *CHANNELS), key=lambda rule: rule.id)
)
