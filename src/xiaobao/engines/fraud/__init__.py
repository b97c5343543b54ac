"""A decision engine for payments, logins, device bindings: events in, allow / challenge / hold / refuse out, with reasons.

These names need msgspec alone. Back-tests, models and files are in modules of their own
(`batch`, `replay`, `model`, `training`, `files`), which need the rest of the extra `fraud`.
"""

from xiaobao.engines.fraud.brake import Limit
from xiaobao.engines.fraud.checks import check_rules
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.documents import DocumentError, document_of, ruleset_from
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import Event, EventError, EventType, Label, encode, json_schema, parse
from xiaobao.engines.fraud.lists import Entry, ListBook, ListKind, Source
from xiaobao.engines.fraud.notices import DueProcess, Notice
from xiaobao.engines.fraud.rules import Outcome, Rule, RuleSet, Threshold
from xiaobao.engines.fraud.windows import (
    DAY,
    HOUR,
    MINUTE,
    Aggregate,
    Condition,
    DefinitionError,
    FeatureSet,
    Operator,
    Window,
)

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "Aggregate",
    "Condition",
    "Decision",
    "DefinitionError",
    "Desk",
    "DocumentError",
    "DueProcess",
    "Engine",
    "Entry",
    "Event",
    "EventError",
    "EventType",
    "FeatureSet",
    "Label",
    "Limit",
    "ListBook",
    "ListKind",
    "Notice",
    "Operator",
    "Outcome",
    "Rule",
    "RuleSet",
    "Settings",
    "Source",
    "Threshold",
    "Window",
    "check_rules",
    "document_of",
    "encode",
    "json_schema",
    "parse",
    "ruleset_from",
]
