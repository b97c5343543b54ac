"""The durable engine: journal first, then the decision; a snapshot now and then; recovery."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xiaobao.engines.fraud.changes import Change, publication, snoozing
from xiaobao.engines.fraud.controls import Snooze
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.engine import Engine
from xiaobao.engines.fraud.events import Event
from xiaobao.engines.fraud.journal import SEGMENT_BYTES, START, Journal, Position, RecordKind, replay
from xiaobao.engines.fraud.retention import Pruned, prune
from xiaobao.engines.fraud.setups import note
from xiaobao.engines.fraud.snapshots import Snapshot, newest, reached, save
from xiaobao.engines.fraud.walk import Load, Walk, nothing_kept

_GARBAGE = (20_000, 50, 1_000)  # young objects often, the whole state hardly ever


@dataclass(frozen=True, slots=True)
class Recovery:
    """How an engine came back: from which snapshot, how many records after it, what was torn."""

    snapshot: Position | None
    records: int
    torn_bytes: int


class Desk:
    """An engine with a journal: no decision leaves `decide_group` before its event is on disk.

    Raises on opening: JournalError for a damaged journal, StateError for foreign snapshots, SetupError
    for a journal that ends with decisions of rules, lists, limits or a model which `load` does not find.
    """

    def __init__(
        self,
        engine: Engine,
        folder: Path,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        load: Load = nothing_kept,
    ) -> None:
        self.engine = engine
        self.folder = folder
        self._snapshots = folder / "snapshots"
        found = newest(self._snapshots)
        self.journal = Journal(
            folder / "journal",
            segment_bytes=segment_bytes,
            sure=found.position if found else START,
            reached=reached(self._snapshots),
        )
        try:
            with _no_collection():
                self.recovery = self._recover(found, load)
        except Exception:
            self.journal.close()
            raise

    def decide_group(self, lines: Sequence[tuple[bytes, Event]]) -> list[Decision]:
        """Decisions on a group of checked events, durable before they are returned.

        Raises: JournalError when the disk refuses; then no event of the group changed anything.
        """
        known = self.engine.memory
        fresh: dict[str, tuple[bytes, Event]] = {}
        for line, event in lines:
            if event.event_id not in known:
                fresh.setdefault(event.event_id, (line, event))  # the first of two is the one that is judged
        if len(fresh) == len(lines):
            self.keep([line for line, _ in lines])
            return self.engine.decide_many([event for _, event in lines])
        found = {event.event_id: known.get(event.event_id) for _, event in lines}
        self.keep([line for line, _ in fresh.values()])
        judged = self.engine.decide_many([event for _, event in fresh.values()])
        found.update((decision.event_id, decision) for decision in judged)
        return [decision for _, event in lines if (decision := found[event.event_id])]

    def keep(self, lines: Iterable[bytes]) -> None:
        """Make events durable. Raises: JournalError when the disk refuses; then none was kept."""
        self.journal.extend(RecordKind.EVENT, lines)
        self.journal.sync()

    def write(self, change: Change) -> None:
        """Make a change durable. Raises: JournalError when the disk refuses."""
        if change.kind is RecordKind.SETUP:
            note(self.folder, change.payload.decode(), self.journal.position.segment)
        self.journal.append(change.kind, change.payload)
        self.journal.sync()

    def carry_out(self, change: Change) -> None:
        """Make a change durable, then follow it. Raises: JournalError; then nothing changed."""
        self.write(change)
        change.apply(self.engine)

    def publish(self, fresh: Engine) -> None:
        """Judge by the set-up of an engine without state from now on. Raises: PublishError, JournalError."""
        if not self.engine.fits(fresh):
            self.engine.publish(fresh)  # says why not
        self.carry_out(publication(fresh))

    def snooze(self, snooze: Snooze) -> None:
        """Leave a rule out for a customer, durably."""
        self.carry_out(snoozing(snooze))

    def snapshot(self) -> Path:
        """Keep the state as it is now; the journal's older segments stay until `prune`."""
        return save(self._snapshots, Snapshot(self.journal.position, self.engine.state()))

    def prune(self, days: float) -> Pruned:
        """Remove what neither recovery nor the retention of `days` needs."""
        return prune(self.folder, days)

    def state_hash(self) -> str:
        """64 hexadecimal digits over state and decisions: equal for equal runs."""
        return hashlib.sha256(self.engine.state()).hexdigest()

    def close(self) -> None:
        """Let the journal go."""
        self.journal.close()

    def _recover(self, found: Snapshot | None, load: Load) -> Recovery:
        walk = Walk(self.engine, load, found)
        for record in replay(self.journal.folder, found.position if found else START):
            walk.take(record)
        before = walk.setup
        walk.finish()
        self.engine = walk.engine
        if before != self.engine.setup:
            self.write(publication(self.engine))
        return Recovery(found.position if found else None, walk.records, self.journal.torn_bytes)


@contextmanager
def settled() -> Iterator[None]:
    """While serving: the recovered state is no garbage, and looking through it would hold up answers."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_GARBAGE)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


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
