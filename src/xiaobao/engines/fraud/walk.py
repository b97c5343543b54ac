"""The journal judged again, each event by the set-up that was live when it came: recovery and evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from xiaobao.engines.fraud.changes import read_change
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.engine import GROUP, Engine
from xiaobao.engines.fraud.events import Event, parse
from xiaobao.engines.fraud.journal import Record, RecordKind
from xiaobao.engines.fraud.setups import SetupError
from xiaobao.engines.fraud.snapshots import Snapshot
from xiaobao.engines.fraud.state import read_state

Load = Callable[[str], Engine | None]  # an engine without state and with the set-up of this hash
_AT_HAND = 4


def nothing_kept(setup: str) -> None:
    """For a journal whose set-ups nobody kept."""


class Walk:
    """Takes the records after a snapshot one by one; `engine` is what they lead to.

    `wanted` is an engine without state, used for what was judged by its set-up.
    """

    def __init__(self, wanted: Engine, load: Load = nothing_kept, found: Snapshot | None = None) -> None:
        self.engine = wanted
        self.records = 0
        self._mine = wanted.anew()
        self._load = lru_cache(_AT_HAND)(load)
        self._state = read_state(found.state) if found else None
        self.setup = self._state.setup if self._state else ""
        self._begun = False
        self._missing = False
        self._events: list[Event] = []

    def take(self, record: Record) -> list[Decision]:
        """Decisions that are known after this record, in the order of the events.

        Raises: SetupError for an event whose set-up is not to be had, StateError for other features.
        """
        if record.kind is RecordKind.SETUP:
            found = self.flush()
            self._become(bytes(record.payload).decode())
            return found
        self.records += 1
        if record.kind is RecordKind.EVENT:
            self._events.append(parse(record.payload))
            return self.flush() if len(self._events) >= GROUP else []
        found = self.flush()
        self._ready()
        read_change(record).apply(self.engine)
        return found

    def finish(self) -> list[Decision]:
        """The last decisions; from here on `engine` judges by the set-up that is wanted."""
        found = self.flush()
        if not self._begun and self._of(self.setup) is None:
            self._begin()  # nothing was judged since the snapshot: its state serves any rules
        elif self.setup != self._mine.setup:
            self._become(self._mine.setup)
            self._ready()
        else:
            self._ready()
        return found

    def flush(self) -> list[Decision]:
        """Decisions on the events that wait for their group. Raises: SetupError."""
        if not self._events:
            return []
        self._ready()
        events, self._events = self._events, []
        return self.engine.decide_many(events)

    def _of(self, setup: str) -> Engine | None:
        return self._mine if setup in ("", self._mine.setup) else self._load(setup)

    def _ready(self) -> None:
        """Raises: SetupError."""
        if not self._begun:
            own = self._of(self.setup)
            if own is None:
                raise SetupError(self.setup)
            if own is not self._mine:
                self.engine = own.anew()
            self._begin()
        elif self._missing:
            raise SetupError(self.setup)

    def _begin(self) -> None:
        if self._state is not None:
            self.engine.restore_read(self._state)
            self._state = None
        self._begun = True

    def _become(self, setup: str) -> None:
        if not self._begun and self._state is not None and self._of(self.setup) is not None:
            self._ready()
        self.setup = setup
        if self._begun:
            own = self._of(setup)
            self._missing = own is None
            if own is not None:
                self.engine = self.engine.becoming(own)
