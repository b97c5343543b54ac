"""Personal information, PI-001 to PI-018."""

from __future__ import annotations

from xiaobao.rules.privacy.incidents import RULES as INCIDENTS
from xiaobao.rules.values import Rule

RULES: tuple[Rule, ...] = tuple(sorted((*INCIDENTS,), key=lambda rule: rule.id))
