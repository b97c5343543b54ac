"""The durable engine: journal first, then the decision; a snapshot now and then; recovery."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from xiaobao.engines.fraud.engine import Decision, Engine
from xiaobao.engines.fraud.events import Event, parse
from xiaobao.engines.fraud.journal import Journal, Position, RecordKind, replay
from xiaobao.engines.fraud.snapshots import Snapshot, newest, save


@dataclass(frozen=True, slots=True)
class Recovery:
    """How an engine came back: from which snapshot, how many records after it, what was torn."""

    snapshot: Position | None
    records: int
    torn_bytes: int


class Desk:
    """An engine with a journal: no decision leaves `decide_group` before its event is on disk.

    Raises on opening: JournalError for a damaged journal, StateError for foreign snapshots.
    """

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self._snapshots = folder / "snapshots"
        self.journal = Journal(folder / "journal")
        with _no_collection():
            self.recovery = self._recover()

    def decide_group(self, lines: Sequence[tuple[bytes, Event]]) -> list[Decision]:
        """Decisions on a group of checked events, durable before they are returned.

        Raises: JournalError when the disk refuses; then no event of the group changed anything.
        """
        fresh: dict[str, bytes] = {}
        for line, event in lines:
            if not self.engine.knows(event.event_id):
                fresh.setdefault(event.event_id, line)  # the first of two is the one that is judged
        self.keep(fresh.values())
        return [self.engine.decide(event) for _, event in lines]

    def keep(self, lines: Iterable[bytes]) -> None:
        """Make events durable. Raises: JournalError when the disk refuses; then none was kept."""
        for line in lines:
            self.journal.append(RecordKind.EVENT, line)
        self.journal.sync()

    def snooze(self, customer: str, rule: str, until: int) -> None:
        """Leave a rule out for a customer, durably."""
        self.journal.append(RecordKind.SNOOZE, msgspec.json.encode([customer, rule, until]))
        self.journal.sync()
        self.engine.snooze(customer, rule, until)

    def snapshot(self) -> Path:
        """Keep the state as it is now; the journal's older segments stay until `forget_before`."""
        return save(self._snapshots, Snapshot(self.journal.position, self.engine.state()))

    def state_hash(self) -> str:
        """64 hexadecimal digits over state and decisions: equal for equal runs."""
        return hashlib.sha256(self.engine.state()).hexdigest()

    def close(self) -> None:
        """Let the journal go."""
        self.journal.close()

    def _recover(self) -> Recovery:
        found = newest(self._snapshots)
        if found:
            self.engine.restore(found.state)
        start = found.position if found else Position(1, 0)
        records = 0
        for record in replay(self.journal.folder, start):
            self._again(record.kind, record.payload)
            records += 1
        return Recovery(found.position if found else None, records, self.journal.torn_bytes)

    def _again(self, kind: RecordKind, payload: bytes) -> None:
        if kind is RecordKind.EVENT:
            self.engine.decide(parse(payload))
        elif kind is RecordKind.SNOOZE:
            customer, rule, until = msgspec.json.decode(payload)
            self.engine.snooze(customer, rule, until)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without the collector of circular garbage, which would walk a growing state again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
