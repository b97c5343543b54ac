"""One line on stderr that grows: what is being built, how far it is, how long it took."""

from __future__ import annotations

import sys
from collections.abc import Callable

from xiaobao.kernel import ports

WIDTH = 24
QUIET_SECONDS = 4


class Progress:
    """A bar for each step of the build; on a pipe a line every few seconds instead."""

    def __init__(self, *, alive: bool | None = None) -> None:
        self._alive = sys.stderr.isatty() if alive is None else alive
        self._began = self._step_began = ports.stopwatch()
        self._shown = -1
        self._said = self._began

    def step(self, label: str, total: int) -> Callable[[], None]:
        """Begin a step of `total` parts; call what comes back after each part."""
        self._step_began, self._shown = ports.stopwatch(), -1
        done = 0

        def part() -> None:
            nonlocal done
            done += 1
            self._show(label, min(done, total), max(total, 1))

        return part

    def done(self, label: str) -> None:
        """End the step's line with the seconds it took."""
        seconds = ports.stopwatch() - self._step_began
        start = "\r\033[K" if self._alive else ""
        print(f"{start}  {label} · {seconds:.1f} 秒", file=sys.stderr, flush=True)

    @property
    def seconds(self) -> float:
        """Seconds since the build began."""
        return ports.stopwatch() - self._began

    def _show(self, label: str, done: int, total: int) -> None:
        percent = 100 * done // total
        if percent == self._shown:
            return
        self._shown = percent
        if not self._alive:
            self._say(f"  {label} {percent}%")
            return
        bar = "█" * (WIDTH * done // total)
        print(f"\r\033[K  {label} {bar:<{WIDTH}} {percent:3d}%", end="", file=sys.stderr, flush=True)

    def _say(self, line: str) -> None:
        """A line for whoever reads the log, not more often than every few seconds."""
        if ports.stopwatch() - self._said >= QUIET_SECONDS:
            self._said = ports.stopwatch()
            print(line, file=sys.stderr, flush=True)
