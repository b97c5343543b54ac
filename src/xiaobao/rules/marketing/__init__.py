"""Marketing, MKT-001 to MKT-021."""

from __future__ import annotations

from xiaobao.rules.marketing.advertising import RULES as ADVERTISING
from xiaobao.rules.marketing.conduct import RULES as CONDUCT
from xiaobao.rules.marketing.messages import RULES as MESSAGES
from xiaobao.rules.marketing.words import RULES as WORDS
from xiaobao.rules.values import Rule

RULES: tuple[Rule, ...] = tuple(sorted((*WORDS, *ADVERTISING, *MESSAGES, *CONDUCT), key=lambda rule: rule.id))
