"""The only places where time, identity and chance enter the program.

Everything else asks `now()`, `today()`, `new_id()`, `rng()`. A simulated year or a test
runs inside `use(Ports(...))`; no other module may read the system clock, make a random
id or draw a random number (tests/house/test_ports.py).
"""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Answers the present moment, aware, in UTC."""

    def now(self) -> datetime:
        """The present moment."""
        ...


class IdSource(Protocol):
    """Answers ids that are never repeated."""

    def new_id(self) -> str:
        """32 hexadecimal digits."""
        ...

    def new_bytes(self, size: int) -> bytes:
        """Unpredictable bytes for salts and keys."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class SettableClock:
    """A clock that stands where it is put; the demo bank and the tests live on it."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was put to."""
        return self.moment

    def set(self, moment: datetime) -> None:
        """Put the clock to `moment` (aware)."""
        self.moment = moment

    def advance(self, **delta: float) -> None:
        """Move on by a timedelta's arguments, such as `hours=2`."""
        self.moment += timedelta(**delta)


class SystemIds:
    """Ids from the operating system's randomness."""

    def new_id(self) -> str:
        """32 hexadecimal digits."""
        return secrets.token_hex(16)

    def new_bytes(self, size: int) -> bytes:
        """Unpredictable bytes."""
        return secrets.token_bytes(size)


class SeededIds:
    """Ids that repeat with the seed: for simulation and tests, never for production."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def new_id(self) -> str:
        """32 hexadecimal digits."""
        return f"{self._random.getrandbits(128):032x}"

    def new_bytes(self, size: int) -> bytes:
        """Bytes that repeat with the seed."""
        return self._random.randbytes(size)


@dataclass(slots=True)
class Ports:
    """The three sources a run lives on."""

    clock: Clock = field(default_factory=SystemClock)
    ids: IdSource = field(default_factory=SystemIds)
    rng: random.Random = field(default_factory=random.SystemRandom)


_SYSTEM = Ports()
_current: ContextVar[Ports] = ContextVar("xiaobao_ports", default=_SYSTEM)


@contextmanager
def use(ports: Ports) -> Iterator[Ports]:
    """Run the block on these ports; the former ones come back afterwards."""
    token = _current.set(ports)
    try:
        yield ports
    finally:
        _current.reset(token)


def seeded(seed: int, start: datetime) -> Ports:
    """Ports that repeat from `seed`, with a `SettableClock` standing at `start`."""
    return Ports(SettableClock(start), SeededIds(seed), random.Random(seed))


def now() -> datetime:
    """The present moment of the current run, aware, in UTC."""
    return _current.get().clock.now()


def today() -> date:
    """The present day in Shanghai, where the bank's deadlines run."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on Shanghai's clock."""
    return moment.astimezone(SHANGHAI)


def new_id() -> str:
    """An id that is never repeated: 32 hexadecimal digits."""
    return _current.get().ids.new_id()


def new_bytes(size: int) -> bytes:
    """Unpredictable bytes for salts and keys."""
    return _current.get().ids.new_bytes(size)


def rng() -> random.Random:
    """The current run's source of chance."""
    return _current.get().rng


def stopwatch() -> float:
    """Seconds on a clock that only runs forward; for durations shown to people, not for dates."""
    return time.perf_counter()
