"""The decision: features, lists, score and rules brought to one outcome with its reasons."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec

from xiaobao.engines.fraud.brake import Brake, Incident, Limit
from xiaobao.engines.fraud.events import Event, EventType, fingerprint, row_of
from xiaobao.engines.fraud.lists import Hit, ListBook, ListKind
from xiaobao.engines.fraud.notices import DueProcess, Notice
from xiaobao.engines.fraud.online import OnlineFeatures
from xiaobao.engines.fraud.rules import Compared, CompiledRules, Outcome, Rule, RuleSet
from xiaobao.engines.fraud.windows import FeatureSet


class StateError(ValueError):
    """A state that does not belong to this engine's definitions."""


class Model(Protocol):
    """A scorer bound to one feature set."""

    hash: str
    feature_hash: str

    def score(self, row: Mapping[str, Any]) -> float:
        """Calibrated probability of fraud, 0 to 1, of the event with its features."""
        ...

    def contributions(self, row: Mapping[str, Any]) -> tuple[Contribution, ...]:
        """What moved the score most; asked for alerts only."""
        ...


class Contribution(msgspec.Struct, frozen=True, gc=False):
    """How far an input moved the score away from what its usual value would have given."""

    input: str
    value: float
    usual: float
    change: float


class Reason(msgspec.Struct, frozen=True, gc=False):
    """A rule that fired, with the values it compared and what the customer may be told."""

    rule: str
    code: str
    say: str
    compared: tuple[Compared, ...]


class Versions(msgspec.Struct, frozen=True, gc=False):
    """What the decision was made with."""

    rules: str
    features: str
    model: str = ""


class Decision(msgspec.Struct, frozen=True, gc=False):
    """The answer to one event. `shadow` is what the set beside the live one would have said.

    `notice` is what a stopped customer must be told (AF-002); `failed` names what did not work
    when the fail policy of the event type had to answer. `fingerprint` is a checksum of the event
    that was answered: another event under the same id does not get this answer.
    """

    event_id: str
    outcome: Outcome
    points: int
    reasons: tuple[Reason, ...]
    hits: tuple[Hit, ...]
    score: float | None
    versions: Versions
    shadow: Outcome | None = None
    late: bool = False
    contributions: tuple[Contribution, ...] = ()
    notice: Notice | None = None
    failed: str = ""
    fingerprint: int = 0


_read_state = msgspec.msgpack.Decoder(tuple[Versions, list[Any], list[Any], list[Any], list[Decision]]).decode


@dataclass(frozen=True, slots=True)
class Settings:
    """What the engine runs with; replaced whole when something is published.

    `fail` says what an event type gets when it cannot be judged in full: ALLOW (fail open),
    CHALLENGE, or REFUSE (fail closed); a type that is not named gets CHALLENGE.
    """

    features: FeatureSet
    rules: RuleSet
    lists: ListBook = field(default_factory=ListBook)
    shadow: RuleSet | None = None
    limits: tuple[Limit, ...] = ()
    grace: int = 300_000
    fail: Mapping[EventType, Outcome] = field(default_factory=dict)
    remember: int = 1_000_000
    due: DueProcess = field(default_factory=DueProcess)

    def when_failed(self, kind: EventType) -> Outcome:
        """The outcome of the fail policy."""
        return self.fail.get(kind, Outcome.CHALLENGE)


class Engine:
    """Judges events one at a time. Deterministic: the same events give the same decisions."""

    def __init__(self, settings: Settings, model: Model | None = None) -> None:
        self.settings = settings
        self.model = model
        self.brake = Brake(settings.limits)
        self._online = OnlineFeatures(settings.features, grace=settings.grace)
        self._names = settings.features.names
        self._rules = CompiledRules(settings.rules)
        self._shadow = CompiledRules(settings.shadow) if settings.shadow else None
        self._versions = Versions(self._rules.hash, settings.features.hash, model.hash if model else "")
        self.failures = 0
        self._answered: OrderedDict[str, Decision] = OrderedDict()
        self._snoozed: dict[tuple[str, str], int] = {}

    def decide(self, event: Event) -> Decision:
        """The decision on an event; the same one again for an event already answered."""
        known = self._answered.get(event.event_id)
        if known is not None:
            return known
        try:
            decision = self._judge(event)
        except Exception as wrong:  # one strange event must stop neither the others nor a recovery
            self.failures += 1
            decision = self.give_up(event, f"engine: {type(wrong).__name__}")
        self._answered[event.event_id] = decision
        if len(self._answered) > self.settings.remember:
            self._answered.popitem(last=False)
        return decision

    def give_up(self, event: Event, why: str) -> Decision:
        """The fail policy's decision on an event that could not be judged at all; nothing is remembered."""
        outcome = self.settings.when_failed(event.type)
        return Decision(
            event_id=event.event_id,
            outcome=outcome,
            points=0,
            reasons=(),
            hits=(),
            score=None,
            versions=self._versions,
            notice=self.settings.due.notice(outcome, ()),
            failed=why,
            fingerprint=fingerprint(event),
        )

    def snooze(self, customer: str, rule: str, until: int) -> None:
        """Leave this rule out for this customer until the given event time."""
        self._snoozed[customer, rule] = until

    @property
    def versions(self) -> Versions:
        """What decisions are made with now."""
        return self._versions

    @property
    def keys(self) -> int:
        """Entity keys with state."""
        return self._online.keys

    @property
    def incidents(self) -> Sequence[Incident]:
        """Every time the brake fell."""
        return self.brake.incidents

    def knows(self, event_id: str) -> bool:
        """Whether the event was answered already."""
        return event_id in self._answered

    def state(self) -> bytes:
        """The whole state in one canonical byte string: equal states, equal bytes."""
        snoozed = sorted([*key, until] for key, until in self._snoozed.items())
        answered = list(self._answered.values())
        return msgspec.msgpack.encode(
            [self._versions, self._online.state(), self.brake.state(), snoozed, answered]
        )

    def restore(self, state: bytes) -> None:
        """Take over the state of an engine with the same features and limits.

        Raises: StateError when the state was made with another feature set.
        """
        versions, online, brake, snoozed, answered = _read_state(state)
        if versions.features != self._versions.features:
            raise StateError("快照由另一套特征定义产生，不能沿用；请从日志重放或换回原特征集")
        self._online.restore(online)
        self.brake.restore(brake)
        self._snoozed = {(customer, rule): until for customer, rule, until in snoozed}
        self._answered = OrderedDict((decision.event_id, decision) for decision in answered)

    def _judge(self, event: Event) -> Decision:
        row = row_of(event)
        late = self._online.late + self._online.too_late
        values = self._online.update(row)
        row.update(zip(self._names, values, strict=True))
        return self.judge(event, row, late=self._online.late + self._online.too_late > late)

    def judge(self, event: Event, row: dict[str, Any], *, late: bool) -> Decision:
        """The decision on an event whose features were computed elsewhere and stand in its row."""
        score, failed = self._score(row)
        row["score"] = score
        hits = self.settings.lists.hits(row, event.occurred_at)
        for hit in hits:
            row[f"list.{hit.kind}.{hit.entity}"] = 1
        fired = self._fired(self._rules, row, event)
        outcome, points = self._rules.outcome(fired)
        if failed:
            outcome = max(outcome, self.settings.when_failed(event.type))
        outcome = _by_lists(outcome, hits)
        self.brake.observe(event.occurred_at, outcome, fired)
        return Decision(
            event.event_id,
            outcome,
            points,
            tuple([Reason(rule.id, rule.reason, rule.say, self._rules.explain(rule, row)) for rule in fired]),
            tuple(hits),
            score,
            self._versions,
            self._beside(row, event, hits),
            late,
            self.model.contributions(row) if self.model and outcome and not failed else (),
            self.settings.due.notice(outcome, fired, listed=bool(hits)) if outcome else None,
            failed,
            fingerprint(event),
        )

    def _score(self, row: Mapping[str, Any]) -> tuple[float | None, str]:
        """The score, or None and what went wrong; the decision goes on by the fail policy."""
        if self.model is None:
            return None, ""
        try:
            score = self.model.score(row)
        except Exception as wrong:  # whatever a model's runtime raises, a payment waits for an answer
            self.failures += 1
            return None, f"model: {type(wrong).__name__}"
        if score == score:
            return score, ""
        self.failures += 1
        return None, "model: NaN"

    def _fired(self, rules: CompiledRules, row: Mapping[str, Any], event: Event) -> list[Rule]:
        fired = rules.fired(row, event.occurred_at)
        if not fired or not (self.brake.shadowed or self._snoozed):
            return fired
        return [
            rule for rule in fired if rule.id not in self.brake.shadowed and not self._sleeps(event, rule)
        ]

    def _sleeps(self, event: Event, rule: Rule) -> bool:
        return event.occurred_at < self._snoozed.get((event.customer, rule.id), 0)

    def _beside(self, row: Mapping[str, Any], event: Event, hits: Sequence[Hit]) -> Outcome | None:
        if self._shadow is None:
            return None
        outcome, _ = self._shadow.outcome(self._shadow.fired(row, event.occurred_at))
        return _by_lists(outcome, hits)


def _by_lists(outcome: Outcome, hits: Sequence[Hit]) -> Outcome:
    """Black refuses whatever else is said; white lets through what is not black."""
    kinds = {hit.kind for hit in hits}
    if ListKind.BLACK in kinds:
        return Outcome.REFUSE
    return Outcome.ALLOW if ListKind.WHITE in kinds else outcome
