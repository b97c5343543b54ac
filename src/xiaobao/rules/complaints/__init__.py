"""The complaint rules CMP-001 to CMP-035, by what they govern."""

from __future__ import annotations

from xiaobao.rules.complaints.channels import RULES as CHANNELS
from xiaobao.rules.complaints.clock_events import RULES as CLOCK_EVENTS
from xiaobao.rules.complaints.clocks import RULES as CLOCKS
from xiaobao.rules.complaints.handling import RULES as HANDLING
from xiaobao.rules.complaints.major import RULES as MAJOR
from xiaobao.rules.complaints.proceedings import RULES as PROCEEDINGS
from xiaobao.rules.values import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted((*CLOCKS, *CLOCK_EVENTS, *MAJOR, *PROCEEDINGS, *HANDLING, *CHANNELS), key=lambda rule: rule.id)
)
