"""Personal information, PI-001 to PI-018."""

from __future__ import annotations

from xiaobao.rules.privacy.consent import RULES as CONSENT
from xiaobao.rules.privacy.incidents import RULES as INCIDENTS
from xiaobao.rules.privacy.keeping import RULES as KEEPING
from xiaobao.rules.privacy.use import RULES as USE
from xiaobao.rules.values import Rule

RULES: tuple[Rule, ...] = tuple(sorted((*CONSENT, *USE, *KEEPING, *INCIDENTS), key=lambda rule: rule.id))
