"""Sales recordings and suitability, DR-001 to DR-009."""

from __future__ import annotations

from xiaobao.rules.recordings.conduct import RULES as CONDUCT
from xiaobao.rules.recordings.insurance import RULES as INSURANCE
from xiaobao.rules.recordings.keeping import RULES as KEEPING
from xiaobao.rules.recordings.sales import RULES as SALES
from xiaobao.rules.values import Rule

RULES: tuple[Rule, ...] = tuple(sorted((*SALES, *INSURANCE, *CONDUCT, *KEEPING), key=lambda rule: rule.id))
