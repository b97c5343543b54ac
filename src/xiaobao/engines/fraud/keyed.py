"""The decision cut into stages, one an entity, for engines that keep state by key (Apache Flink).

Windows of one entity need that entity's past alone: a stage holds them, and whoever runs it keeps
the state of each key. The stages' values together are the row that the rules judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from xiaobao.engines.fraud.brake import Brake
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.engine import Engine, Model, Settings
from xiaobao.engines.fraud.events import AHEAD, TOO_FAR, Event, row_of, too_far_ahead
from xiaobao.engines.fraud.online import OnlineFeatures
from xiaobao.engines.fraud.windows import FeatureSet

KeyState = list[Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """The windows of one entity."""

    entity: str
    features: FeatureSet


def stages(features: FeatureSet) -> tuple[Stage, ...]:
    """One stage an entity, in the order the entities first appear."""
    entities = dict.fromkeys(window.entity for window in features.windows)
    return tuple(
        Stage(entity, FeatureSet(tuple(one for one in features.windows if one.entity == entity)))
        for entity in entities
    )


@dataclass(slots=True)
class Partial:
    """An event on its way through the stages: what was found so far."""

    event: Event
    values: dict[str, Any]
    late: bool = False
    failed: str = ""


# An event on the wire: itself as bytes, and the fields of its `Partial` after it; plain values pickle fast.
Wired = tuple[bytes, dict[str, Any], bool, str]
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Event).decode


def wired(partial: Partial) -> Wired:
    """The form in which an event goes from stage to stage."""
    return _pack(partial.event), partial.values, partial.late, partial.failed


def unwired(found: Wired) -> Partial:
    """What `wired` was given."""
    event, values, late, failed = found
    return Partial(_unpack(event), values, late, failed)


class KeyStage:
    """Computes one stage; the state of a key comes in and goes out with each event."""

    def __init__(self, stage: Stage, grace: int, ahead: int | None = AHEAD) -> None:
        self.stage = stage
        self._ahead = ahead
        self._online = OnlineFeatures(stage.features, grace=grace)

    def key(self, event: Event) -> str:
        """What the event is routed by; empty when it has no such entity and needs no state."""
        found: str = getattr(event, self.stage.entity)
        return found

    def update(self, kept: KeyState | None, partial: Partial) -> KeyState | None:
        """Adds this stage's values to the event; the key's state afterwards, to be kept."""
        partial.failed = partial.failed or too_far_ahead(partial.event, self._ahead)
        if partial.failed.startswith(TOO_FAR):
            return kept
        row = row_of(partial.event)
        key = row[self.stage.entity]
        if key is not None and kept is not None:
            self._online.lend(key, kept)
        late = self._online.late + self._online.too_late
        try:
            values = self._online.update(row)
        except Exception as wrong:  # as the single process: the fail policy answers
            partial.failed = partial.failed or f"engine: {type(wrong).__name__}"
        else:
            partial.values.update(zip(self.stage.features.names, values, strict=True))
        partial.late = partial.late or self._online.late + self._online.too_late > late
        return None if key is None else self._online.give_back(key)


class Judge:
    """The last stage: lists, model, rules and brake over the collected row."""

    def __init__(self, settings: Settings, model: Model | None = None) -> None:
        self.engine = Engine(settings, model)

    def decide(self, partial: Partial, brake: Brake | None = None) -> Decision:
        """The decision; `brake` is the one that saw the decisions before this one."""
        if brake is not None:
            self.engine.brake = brake
        if partial.failed:
            return self.engine.give_up(partial.event, partial.failed)
        row = row_of(partial.event) | _ordered(partial.values, self.engine.settings.features)
        try:
            return self.engine.judge(partial.event, row, late=partial.late)
        except Exception as wrong:
            return self.engine.give_up(partial.event, f"engine: {type(wrong).__name__}")


def _ordered(values: Mapping[str, Any], features: FeatureSet) -> dict[str, Any]:
    return {name: values[name] for name in features.names}
