"""The decision: features, lists, score and rules brought to one outcome with its reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from xiaobao.engines.fraud.brake import Brake, Incident, Limit
from xiaobao.engines.fraud.controls import PublishError, Snooze
from xiaobao.engines.fraud.decisions import Decision, Reason, Versions
from xiaobao.engines.fraud.decisions import Model as Model
from xiaobao.engines.fraud.events import AHEAD, Event, EventType, fingerprint, row_of, too_far_ahead
from xiaobao.engines.fraud.lists import Hit, ListBook, ListKind
from xiaobao.engines.fraud.memory import Memory
from xiaobao.engines.fraud.notices import DueProcess
from xiaobao.engines.fraud.online import MOST, OnlineFeatures
from xiaobao.engines.fraud.rules import CompiledRules, Outcome, Rule, RuleSet
from xiaobao.engines.fraud.setups import setup_hash
from xiaobao.engines.fraud.state import State, read_state
from xiaobao.engines.fraud.stepup import StepUp
from xiaobao.engines.fraud.windows import DefinitionError, FeatureSet


class StateError(ValueError):
    """A state that does not belong to this engine's definitions."""


GROUP = 64  # events whose scores are computed together

Scored = tuple[float | None, str]  # the score, or None and what went wrong


_Marks = tuple[bool, bool, bool]  # late, short, forgotten
_Waiting = tuple[Event, dict[str, Any] | None, _Marks | str]
_PLAIN: _Marks = (False, False, False)
_UNSCORED: Scored = (None, "")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the engine runs with; replaced whole when something is published.

    `fail` says what an event type gets when it cannot be judged in full: ALLOW (fail open),
    CHALLENGE, or REFUSE (fail closed); a type that is not named gets CHALLENGE. `remember` is how
    many decisions are kept for repeated events, `most` how many events of one key. `ahead` is by how many
    milliseconds an event may happen after it arrived; None for any.
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
    step_up: StepUp = field(default_factory=StepUp)
    most: int = MOST
    ahead: int | None = AHEAD

    def when_failed(self, kind: EventType) -> Outcome:
        """The outcome of the fail policy."""
        return self.fail.get(kind, Outcome.CHALLENGE)


class Engine:
    """Judges events one at a time. Deterministic: the same events give the same decisions."""

    def __init__(self, settings: Settings, model: Model | None = None) -> None:
        self.brake = Brake(settings.limits)
        self._online = OnlineFeatures(settings.features, grace=settings.grace, most=settings.most)
        self._names = settings.features.names
        self.failures = 0
        self.too_far_ahead = 0
        rules = CompiledRules(settings.rules)
        shadow = CompiledRules(settings.shadow) if settings.shadow else None
        self._judge_by(settings, model, rules, shadow)
        self.setup = setup_hash(settings, model)
        self._memory = Memory(settings.remember)
        self._group = min(GROUP, settings.remember)
        self._snoozed: dict[tuple[str, str], Snooze] = {}

    def anew(self) -> Engine:
        """An engine with the same settings and model, and no state."""
        return Engine(self.settings, self.model)

    def _judge_by(
        self, settings: Settings, model: Model | None, rules: CompiledRules, shadow: CompiledRules | None
    ) -> None:
        self.settings = settings
        self.model = model
        self._rules, self._shadow = rules, shadow
        self._versions = Versions(rules.hash, settings.features.hash, model.hash if model else "")
        self._many = getattr(model, "score_rows", None)

    def fits(self, fresh: Engine) -> bool:
        """Whether this engine's windows and memory serve the settings of the other one too."""
        mine, other = self.settings, fresh.settings
        same = mine.grace == other.grace and mine.remember == other.remember and mine.most == other.most
        return same and mine.features.hash == other.features.hash

    def publish(self, fresh: Engine) -> None:
        """Judge by the rules, lists, limits and model of an engine without state, from the next event on.

        Raises: PublishError for other features, grace, remember or most; then nothing changed.
        """
        if not self.fits(fresh):
            raise PublishError(
                "窗口特征、grace、remember、most 不能在运行中更换：请正常停止后用新文件启动（换了窗口特征须另开数据目录）"
            )
        self._judge_by(fresh.settings, fresh.model, fresh._rules, fresh._shadow)
        self.setup = fresh.setup
        self.brake.relimit(fresh.settings.limits)
        self.brake.release_mended(fresh.settings.rules.rules)

    def becoming(self, fresh: Engine) -> Engine:
        """The engine that goes on with this state and the other's settings: itself where they fit.

        Raises: StateError for other features.
        """
        if self.fits(fresh):
            self.publish(fresh)
            return self
        other = fresh.anew()
        other.restore(self.state())
        return other

    def decide(self, event: Event) -> Decision:
        """The decision on an event; the same one again for an event already answered."""
        return self.decide_many((event,))[0]

    def decide_many(self, events: Sequence[Event]) -> list[Decision]:
        """The decisions that `decide` would give one after another; the model scores them in groups.

        Features in the order of arrival, then the scores, then the judgements in the same order: what
        a judgement changes (brake, remembered decisions) no feature looks at.
        """
        found: list[Decision] = []
        waiting: dict[str, _Waiting] = {}
        for event in events:
            if event.event_id in waiting or len(waiting) >= self._group:
                found += self._concluded(waiting)
            known = self._memory.get(event.event_id)
            if known is None:
                waiting[event.event_id] = event, *self._look(event)
            else:
                found += [*self._concluded(waiting), known]
        return found + self._concluded(waiting)

    def _concluded(self, waiting: dict[str, _Waiting]) -> list[Decision]:
        if not waiting:
            return []
        scores = self._scores([row for _, row, _ in waiting.values()])
        found = [
            self._conclude(event, row, told, scored)
            for (event, row, told), scored in zip(waiting.values(), scores, strict=True)
        ]
        waiting.clear()
        return found

    def _look(self, event: Event) -> tuple[dict[str, Any] | None, _Marks | str]:
        """The event's row with its features and marks; None and what went wrong when there are none."""
        online = self._online
        forgotten = self._memory.admit(event)
        wrong_clock = too_far_ahead(event, self.settings.ahead)
        if wrong_clock:
            self.too_far_ahead += 1
            return None, wrong_clock
        late, short = online.late + online.too_late, online.short
        try:
            row = row_of(event)
            row.update(zip(self._names, online.update(row, keep=not forgotten), strict=True))
        except Exception as wrong:  # one strange event must stop neither the others nor a recovery
            return None, f"engine: {type(wrong).__name__}"
        if online.late + online.too_late == late and online.short == short and not forgotten:
            return row, _PLAIN
        return row, (online.late + online.too_late > late, online.short > short, forgotten)

    def _conclude(
        self, event: Event, row: dict[str, Any] | None, told: _Marks | str, scored: Scored
    ) -> Decision:
        decision = None
        if row is not None and not isinstance(told, str):
            try:
                decision = self._judged(event, row, scored, told)
            except Exception as wrong:
                told = f"engine: {type(wrong).__name__}"
        if decision is None:
            self.failures += 1
            decision = self.give_up(event, str(told))
        self._memory.keep(decision)
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
            occurred_at=event.occurred_at,
            factor=self.settings.step_up.factor(event.type, ()) if outcome is Outcome.CHALLENGE else None,
        )

    def snooze(self, snooze: Snooze) -> None:
        """Leave a rule out for a customer; an end that is past takes it back. What has expired is forgotten."""
        self._snoozed[snooze.customer, snooze.rule] = snooze
        past = snooze.at - self.settings.grace
        self._snoozed = {key: one for key, one in self._snoozed.items() if one.until > max(past, 0)}

    @property
    def snoozed(self) -> Sequence[Snooze]:
        """Rules left out for customers."""
        return list(self._snoozed.values())

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
        return event_id in self._memory

    @property
    def memory(self) -> Memory:
        """The decisions that are remembered."""
        return self._memory

    @property
    def late(self) -> tuple[int, int]:
        """Events that came after a newer one of their key: placed where they belong, and too late for that."""
        return self._online.late, self._online.too_late

    @property
    def short(self) -> int:
        """Answers whose windows had more events of a key than are kept."""
        return self._online.short

    def state(self) -> bytes:
        """The whole state in one canonical byte string: equal states, equal bytes."""
        try:
            return msgspec.msgpack.encode(self._state(wide=False))
        except OverflowError:  # a total beyond 64 bits: squares of large amounts get there
            return msgspec.msgpack.encode(self._state(wide=True))

    def _state(self, *, wide: bool) -> State:
        snoozed = [one for _, one in sorted(self._snoozed.items())]
        return State(
            self._versions,
            self._online.state(wide=wide),
            self.brake.state(),
            snoozed,
            list(self._memory.decisions()),
            self._memory.forgotten,
            self.setup,
        )

    def restore(self, state: bytes | memoryview) -> str:
        """Take over the state of an engine with the same features; the setup that it was made with.

        Raises: StateError when the state was made with another feature set.
        """
        return self.restore_read(read_state(state))

    def restore_read(self, found: State) -> str:
        """As `restore`, of a state that is already read."""
        if found.versions.features != self._versions.features:
            raise StateError("快照由另一套特征定义产生，不能沿用；请从日志重放或换回原特征集")
        try:
            self._online.restore(found.online)
        except DefinitionError as wrong:
            raise StateError(str(wrong)) from None
        self.brake.restore(found.brake)
        self.brake.release_mended(self.settings.rules.rules)
        self._snoozed = {(one.customer, one.rule): one for one in found.snoozed}
        self._memory.restore(found.answered, found.forgotten)
        return found.setup

    def judge(self, event: Event, row: dict[str, Any], *, late: bool, short: bool = False) -> Decision:
        """The decision on an event whose features were computed elsewhere and stand in its row."""
        return self._judged(event, row, self._score(row), (late, short, False))

    def _judged(self, event: Event, row: dict[str, Any], scored: Scored, marks: _Marks) -> Decision:
        settings, rules = self.settings, self._rules
        score, failed = scored
        late, short, forgotten = marks
        row["score"] = score
        hits = settings.lists.hits(row, event.occurred_at) if settings.lists.entities else ()
        for hit in hits:
            row[f"list.{hit.kind}.{hit.entity}"] = 1
        fired = self._fired(rules, row, event)
        outcome, points = rules.outcome(fired)
        if failed:
            outcome = max(outcome, settings.when_failed(event.type))
        if hits:
            outcome = _by_lists(outcome, hits)
        if settings.limits and not forgotten:
            self.brake.observe(event.occurred_at, outcome, fired)
        return Decision(
            event.event_id,
            outcome,
            points,
            tuple([Reason(rule.id, rule.reason, rule.say, rules.explain(rule, row)) for rule in fired]),
            tuple(hits),
            score,
            self._versions,
            self._beside(row, event, hits) if self._shadow or self.brake.shadowed else None,
            late,
            self.model.contributions(row) if outcome and self.model and not failed else (),
            settings.due.notice(outcome, fired, listed=bool(hits)) if outcome else None,
            failed,
            fingerprint(event),
            event.occurred_at,
            settings.step_up.factor(event.type, fired) if outcome is Outcome.CHALLENGE else None,
            short,
            forgotten,
        )

    def _scores(self, rows: Sequence[dict[str, Any] | None]) -> list[Scored]:
        """Scores of rows, all at once where the model can and none of them makes it fail."""
        if self.model is None:
            return [_UNSCORED] * len(rows)
        if self._many is not None and len(rows) > 1 and None not in rows:
            try:
                found = self._many(rows)
            except Exception:
                found = ()  # one by one shows whose fault it was
            if len(found) == len(rows) and all(score == score for score in found):
                return [(score, "") for score in found]
        return [_UNSCORED if row is None else self._score(row) for row in rows]

    def _score(self, row: Mapping[str, Any]) -> Scored:
        """The score, or None and what went wrong; the decision goes on by the fail policy."""
        if self.model is None:
            return _UNSCORED
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
        snooze = self._snoozed.get((event.customer, rule.id))
        return snooze is not None and event.occurred_at < snooze.until

    def _beside(self, row: Mapping[str, Any], event: Event, hits: Sequence[Hit]) -> Outcome | None:
        """What the shadow set says; without one, what the rules would say that the brake set aside."""
        if self._shadow is not None:
            outcome, _ = self._shadow.outcome(self._shadow.fired(row, event.occurred_at))
        elif self.brake.shadowed:
            fired = self._rules.fired(row, event.occurred_at)
            outcome, _ = self._rules.outcome([rule for rule in fired if not self._sleeps(event, rule)])
        else:
            return None
        return _by_lists(outcome, hits)


def _by_lists(outcome: Outcome, hits: Sequence[Hit]) -> Outcome:
    """Black refuses whatever else is said; white lets through what is not black."""
    kinds = {hit.kind for hit in hits}
    if ListKind.BLACK in kinds:
        return Outcome.REFUSE
    return Outcome.ALLOW if ListKind.WHITE in kinds else outcome
