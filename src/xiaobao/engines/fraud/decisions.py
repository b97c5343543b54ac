"""What the engine answers: an outcome, its reasons with the values compared, and what it was made with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import msgspec

from xiaobao.engines.fraud.lists import Hit
from xiaobao.engines.fraud.notices import Notice
from xiaobao.engines.fraud.rules import Compared, Outcome
from xiaobao.engines.fraud.stepup import Factor


class Contribution(msgspec.Struct, frozen=True, gc=False):
    """How far an input moved the score away from what its usual value would have given."""

    input: str
    value: float
    usual: float
    change: float


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

    `factor` is the authentication a challenge asks for. `notice` is what a stopped customer must be
    told (AF-002); `failed` names what did not work when the fail policy of the event type had to
    answer. `fingerprint` is a checksum of the event that was answered: another event under the same
    id does not get this answer. `short` says that a window had more events of a key than are kept,
    `forgotten` that the event is older than every decision remembered, so that it may be a repeated
    one: it was answered for and not counted. How long it took is told beside the decision
    (`latency_us` of an answer), since the same event has the same decision however long it took.
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
    occurred_at: int = 0
    factor: Factor | None = None
    short: bool = False
    forgotten: bool = False
