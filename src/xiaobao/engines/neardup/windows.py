"""Tickets of one group along time: which windows hold enough of them, and how many persons at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xiaobao.engines.neardup.matters import declared_persons
from xiaobao.engines.neardup.values import Event, Settings


@dataclass(frozen=True, slots=True)
class Window:
    """Tickets from one ticket on, as far as the window reaches; both its ends belong to it."""

    events: Sequence[Event]

    @property
    def customers(self) -> int:
        """Distinct customers."""
        return len({event.customer for event in self.events})

    @property
    def persons(self) -> int:
        """Distinct customers, each counted with the persons it declares to speak for."""
        spoken: dict[str, int] = {}
        for event in self.events:
            said = max(1, event.declared or declared_persons(event.text))
            spoken[event.customer] = max(said, spoken.get(event.customer, 1))
        return sum(spoken.values())


def windows(events: Sequence[Event], settings: Settings) -> Iterator[Window]:
    """One window from each ticket on, the tickets given in order of event time."""
    end = 0
    for start, event in enumerate(events):
        while end < len(events) and events[end].at - event.at <= settings.window:
            end += 1
        yield Window(events[start:end])


def gathered(events: Sequence[Event], settings: Settings) -> list[Event]:
    """The tickets that stand in some window with enough of them, in order of event time."""
    kept: dict[str, Event] = {}
    for window in windows(events, settings):
        if _is_enough(window, settings):
            kept.update((event.key, event) for event in window.events)
    return [event for event in events if event.key in kept]


def peak(events: Sequence[Event], settings: Settings) -> tuple[int, int]:
    """Most customers and most persons any one window holds."""
    found = list(windows(events, settings))
    return (
        max((window.customers for window in found), default=0),
        max((window.persons for window in found), default=0),
    )


def _is_enough(window: Window, settings: Settings) -> bool:
    return len(window.events) >= settings.min_tickets or window.persons >= settings.min_customers
