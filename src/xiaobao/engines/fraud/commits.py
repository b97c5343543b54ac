"""Group commit for a server: events that arrive together share one sync of the journal.

`strict`: an answer leaves after its event is on disk. `fast`: it leaves at once, the event
follows within milliseconds, and every answer says so; a crash between the two forgets it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import TypeVar

from xiaobao.engines.fraud.background import Background
from xiaobao.engines.fraud.changes import Change
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.events import Event
from xiaobao.engines.fraud.journal import JournalError
from xiaobao.engines.fraud.metrics import Meters

GROUP = 64
WAIT = 0.002
QUEUE = 20_000
_Ordered = tuple[Change, "asyncio.Future[None]"]
Work = TypeVar("Work")
Answer = TypeVar("Answer")
AGAIN = 0.25  # seconds until a disk that refused is tried again


class Durability(StrEnum):
    """What an answer promises."""

    STRICT = "strict"
    FAST = "fast"


class BusyError(RuntimeError):
    """More waits than can be answered in time; the event was not taken."""


class Commits:
    """The one writer: collects events, commits a group at 64 or after 2 ms, answers each.

    Call from one event loop. `decide` raises BusyError when the queue is full, JournalError when
    the disk refuses; then the event was not taken and may be sent again.
    """

    def __init__(
        self, desk: Desk, durability: Durability, meters: Meters, background: Background | None = None
    ) -> None:
        self.desk = desk
        self.durability = durability
        self.broken = ""
        self._meters = meters
        self._background = background
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self._asked: list[tuple[bytes, Event, asyncio.Future[Decision]]] = []
        self._unsaved: list[bytes | _Ordered] = []
        self._changes: list[_Ordered] = []
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def snapshots(self) -> tuple[int, int]:
        """Snapshots written beside the work, and those that failed."""
        return (self._background.done, self._background.failed) if self._background else (0, 0)

    @property
    def waiting(self) -> int:
        """Events and changes that wait for the disk."""
        return len(self._asked) + len(self._unsaved) + len(self._changes)

    async def decide(self, line: bytes, event: Event) -> Decision:
        """The decision on a checked event, with the promise of the mode."""
        if self.waiting >= QUEUE:
            raise BusyError("等待处理的事件过多，本次未受理，请稍后以同一 event_id 重发")
        if self.durability is Durability.FAST:
            return self._ahead(line, event)
        answer: asyncio.Future[Decision] = asyncio.get_running_loop().create_future()
        self._asked.append((line, event, answer))
        self._soon()
        return await answer

    async def change(self, change: Change) -> None:
        """Follow a change between two events, durably: it stands in the journal where it took effect.

        Raises: JournalError when the disk refuses in `strict`; then nothing changed. In `fast` it is
        followed at once, as events are, and this returns when the disk has it.
        """
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self.durability is Durability.FAST:
            change.apply(self.desk.engine)
            self._unsaved.append((change, done))
        else:
            self._changes.append((change, done))
        self._start()
        await done

    async def drain(self) -> None:
        """Wait until everything taken is on disk and answered. Raises: JournalError."""
        self.broken = ""
        while self._task is not None or self._asked or self._changes or (self._unsaved and not self.broken):
            self._start()
            if self._task is not None:
                await asyncio.wait([self._task])
        self._disk.shutdown()
        if self._background:
            self._background.wait()
        if self._unsaved:
            raise JournalError(self.broken)

    def _ahead(self, line: bytes, event: Event) -> Decision:
        fresh = not self.desk.engine.knows(event.event_id)
        decision = self.desk.engine.decide(event)
        if fresh:
            self._unsaved.append(line)
            self._soon()
        return decision

    def _soon(self) -> None:
        if self._task is not None:
            return
        if self.waiting >= GROUP and not self.broken:
            self._start()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(WAIT, self._start)

    def _start(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._task is None and self.waiting:
            self._task = asyncio.get_running_loop().create_task(self._commit())

    async def _commit(self) -> None:
        """Groups, one after another, until nothing waits or the disk refuses."""
        try:
            while self.waiting:
                began = asyncio.get_running_loop().time()
                if self._changes:
                    size = await self._one_change()
                else:
                    size = await (self._one_group() if self._asked else self._save())
                self._meters.committed(size, asyncio.get_running_loop().time() - began)
                if self._background and not self._unsaved:
                    self._background.step(self.desk)
                if self._unsaved and self.broken:
                    break
        finally:
            self._task = None
        if self._unsaved:
            asyncio.get_running_loop().call_later(AGAIN, self._start)

    async def _one_group(self) -> int:
        group, self._asked = self._asked[:GROUP], self._asked[GROUP:]
        pairs = [(line, event) for line, event, _ in group]
        try:
            decisions = await self._at_disk(self.desk.decide_group, pairs)
            self.broken = ""
        except OSError as failed:
            self.broken = str(failed)
            for _, _, answer in group:
                if not answer.done():
                    answer.set_exception(failed)
            return 0
        for (_, _, answer), decision in zip(group, decisions, strict=True):
            if not answer.done():
                answer.set_result(decision)
        return len(group)

    async def _one_change(self) -> int:
        change, done = self._changes.pop(0)
        try:
            await self._at_disk(self.desk.carry_out, change)
            self.broken = ""
        except Exception as failed:
            if isinstance(failed, OSError):
                self.broken = str(failed)
            if not done.done():
                done.set_exception(failed)
            return 0
        if not done.done():
            done.set_result(None)
        return 1

    async def _at_disk(self, work: Callable[[Work], Answer], group: Work) -> Answer:
        """In the one thread that may wait for the disk, so that new requests are read meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, work, group)

    async def _save(self) -> int:
        first = self._unsaved[0]
        if not isinstance(first, bytes):
            return await self._save_change(first)
        group: list[bytes] = []
        for one in self._unsaved[:GROUP]:
            if not isinstance(one, bytes):
                break
            group.append(one)
        try:
            await self._at_disk(self.desk.keep, group)
            self.broken = ""
        except OSError as failed:
            self.broken = str(failed)
            return 0
        del self._unsaved[: len(group)]
        return len(group)

    async def _save_change(self, ordered: _Ordered) -> int:
        change, done = ordered
        try:
            await self._at_disk(self.desk.write, change)
            self.broken = ""
        except OSError as failed:  # it is in force already: tried again, as events are
            self.broken = str(failed)
            return 0
        del self._unsaved[0]
        if not done.done():
            done.set_result(None)
        return 1
