"""The decisions that are remembered, so that a repeated event gets the same answer: the last so many."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.events import Event

_FIRST = 2  # one wrong clock alone does not move the horizon


class Memory:
    """Decisions by event id, in the order of arrival, at most `size`.

    Once some are forgotten there is a horizon: the time of the oldest two that are left. An unknown
    event from before it may be a repeated one, and nobody can tell any more.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.forgotten = 0
        self._order: deque[tuple[str, int]] = deque()
        self._found: dict[str, Decision] = {}

    def __contains__(self, event_id: str) -> bool:
        """Whether the event's decision is remembered."""
        return event_id in self._found

    def __len__(self) -> int:
        """How many decisions are remembered."""
        return len(self._found)

    def get(self, event_id: str) -> Decision | None:
        """The decision that was given."""
        return self._found.get(event_id)

    def admit(self, event: Event) -> bool:
        """Make room for the event's decision, to be put by `keep`; True when it may be a repeated one."""
        order = self._order
        doubtful = self.forgotten > 0 and event.occurred_at < min(when for _, when in islice(order, _FIRST))
        order.append((event.event_id, event.occurred_at))
        if len(order) > self.size:
            self._forget()
        return doubtful

    def _forget(self) -> None:
        gone, _ = self._order.popleft()
        self._found.pop(gone, None)
        self.forgotten += 1

    def keep(self, decision: Decision) -> None:
        """The decision on the event admitted last, or on one of its group."""
        self._found[decision.event_id] = decision

    def decisions(self) -> Iterator[Decision]:
        """All of them, oldest first."""
        return (self._found[name] for name, _ in self._order)

    def restore(self, decisions: Iterable[Decision], forgotten: int) -> None:
        """Take over what another memory of this size held."""
        self.forgotten = forgotten
        self._found = {decision.event_id: decision for decision in decisions}
        self._order = deque((one.event_id, one.occurred_at) for one in self._found.values())
        while len(self._order) > self.size:
            self._forget()
