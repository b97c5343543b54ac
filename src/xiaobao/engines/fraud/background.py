"""Snapshots beside the work: a forked child writes the state as it was, the server goes on.

The child shares the parent's memory as it stood at the fork and ends without running anything
else; what it writes is checked and renamed into place like any snapshot.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from xiaobao.engines.fraud.desk import Desk


class Background:
    """Starts a snapshot every `seconds` of work, one at a time; afterwards old journal segments go.

    `days` is how long the journal is kept, None for always.
    """

    def __init__(self, seconds: float, clock: Callable[[], float], days: float | None = None) -> None:
        self.seconds = seconds
        self.days = days
        self.done = 0
        self.failed = 0
        self._clock = clock
        self._last = clock()
        self._child = 0

    def step(self, desk: Desk) -> None:
        """Between two groups: collect a child that ended, start the next when it is due."""
        if self._child:
            self._collect(os.WNOHANG)
        elif self._clock() - self._last >= self.seconds:
            self._last = self._clock()
            self._child = _begin(desk, self.days)

    def wait(self) -> None:
        """Wait for a child that still writes."""
        if self._child:
            self._collect(0)

    def _collect(self, how: int) -> None:
        child, status = os.waitpid(self._child, how)
        if not child:
            return
        self._child = 0
        if os.waitstatus_to_exitcode(status):
            self.failed += 1
        else:
            self.done += 1


def _begin(desk: Desk, days: float | None) -> int:
    """The child's process id."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # above all the listening socket
        os.nice(10)
        desk.snapshot()
        if days is not None:
            desk.prune(days)
        status = 0
    finally:
        os._exit(status)
