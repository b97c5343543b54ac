"""Mass complaints as they come: one event in, at most one alert out, the same whatever is delivered twice or late."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from xiaobao.engines.neardup.matters import Matter, matter_of
from xiaobao.engines.neardup.values import Alert, Cluster, Event, Settings, State
from xiaobao.engines.neardup.windows import gathered, peak

_STAND = 3  # members that stand for a group beside its head
_UNLIKE = 0.7
_SAME_TEXT = 0.8  # from here on two texts are one form letter, whatever they are about
_SHARED, _SHARE = 2, 0.5  # own words two short texts about one trouble must share, and of the shorter one
_FEW, _MANY, _SMALL = 0.01, 0.2, 250  # as in spread.py, for a stream
_TRIES = 40


@dataclass(frozen=True, slots=True)
class _Said:
    """What one text says, read once."""

    pairs: frozenset[str]
    matter: Matter


@dataclass
class _Group:
    number: int
    standing: list[_Said]
    events: list[Event] = field(default_factory=list)


class Stream:
    """The clusters of a running stream. Not thread-safe; one process reads the queue.

    Groups are joined by likeness to those that stand for them, never through a chain of neighbours. An
    event keeps the group it got on arrival; windows, counts and states are of event time, so the order of
    delivery changes no count.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._known: set[str] = set()
        self._groups: list[_Group] = []
        self._by_pair: dict[str, list[int]] = {}
        self._by_matter: dict[tuple[str, str], list[int]] = {}
        self._often: Counter[str] = Counter()
        self._stood = 0
        self._alerts: dict[int, Alert] = {}
        self._newest: datetime | None = None

    def add(self, event: Event) -> Alert | None:
        """Take one event; the alert of its group when this event raises it, once a group."""
        if event.key in self._known:
            return None
        self._known.add(event.key)
        self._newest = max(event.at, self._newest or event.at)
        said = _read(event.text)
        group = self._group(said)
        insort(group.events, event, key=lambda one: (one.at, one.key))
        return self._raised(group, event)

    def clusters(self) -> list[Cluster]:
        """Every group that fills a window, the earliest first."""
        found = [cluster for group in self._groups if (cluster := self._cluster(group))]
        return sorted(found, key=lambda cluster: (cluster.first_at, cluster.head))

    def alerts(self) -> list[Alert]:
        """Every alert so far, in the order they were raised."""
        return list(self._alerts.values())

    def _raised(self, group: _Group, event: Event) -> Alert | None:
        if group.number in self._alerts:
            return None
        _, persons = peak(self._around(group, event), self.settings)
        if persons < self.settings.min_customers:
            return None
        events = gathered(group.events, self.settings)
        alert = Alert(events[0].key, event.at, tuple(one.key for one in events), persons, _branches(events))
        self._alerts[group.number] = alert
        return alert

    def _around(self, group: _Group, event: Event) -> list[Event]:
        """The tickets whose windows the new one can have changed."""
        return [one for one in group.events if abs(one.at - event.at) <= self.settings.window]

    def _cluster(self, group: _Group) -> Cluster | None:
        events = gathered(group.events, self.settings)
        if not events:
            return None
        customers, persons = peak(events, self.settings)
        return Cluster(
            head=events[0].key,
            keys=tuple(event.key for event in events),
            customers=len({event.customer for event in events}),
            persons=persons,
            branches=_branches(events),
            first_at=events[0].at,
            last_at=events[-1].at,
            peak_customers=customers,
            state=self._state(group, events),
        )

    def _state(self, group: _Group, events: list[Event]) -> State:
        alert = self._alerts.get(group.number)
        if alert is None:
            return State.QUIET
        if self._newest and self._newest - events[-1].at > self.settings.window:
            return State.RESOLVED
        return State.GROWING if len(events) > len(alert.keys) else State.OPEN

    def _group(self, said: _Said) -> _Group:
        best, score = None, 0.0
        for number in self._candidates(said):
            group = self._groups[number]
            likeness = max(self._likeness(said, other) for other in group.standing)
            if likeness > score:
                best, score = group, likeness
        if best is None:
            best = _Group(len(self._groups), [])
            self._groups.append(best)
        if not best.standing or (score < _UNLIKE and len(best.standing) <= _STAND):
            best.standing.append(said)
            self._often.update(said.pairs)
            self._stood += 1
            self._remember(said, best.number)
        return best

    def _candidates(self, said: _Said) -> list[int]:
        met: Counter[int] = Counter()
        for pair in said.pairs | said.matter.own:
            met.update(self._by_pair.get(pair, ()))
        met.update(self._by_matter.get((said.matter.trouble, said.matter.channel), ()))
        return [number for number, _ in met.most_common(_TRIES)]

    def _remember(self, said: _Said, number: int) -> None:
        for pair in said.pairs | said.matter.own:
            if self._weight(pair) > 0.5:
                self._by_pair.setdefault(pair, []).append(number)
        if said.matter.trouble and said.matter.channel:
            self._by_matter.setdefault((said.matter.trouble, said.matter.channel), []).append(number)

    def _likeness(self, one: _Said, other: _Said) -> float:
        """0 when two texts say different things, else how alike they are."""
        likeness = self._jaccard(one.pairs, other.pairs)
        if likeness >= _SAME_TEXT:
            return likeness
        first, second = one.matter, other.matter
        if first.trouble and second.trouble and first.trouble != second.trouble:
            return 0.0
        if likeness >= self.settings.alike or _is_same_matter(first, second):
            return max(likeness, 0.01)
        return 0.0

    def _jaccard(self, one: frozenset[str], other: frozenset[str]) -> float:
        everything = sum(map(self._weight, one | other))
        return sum(map(self._weight, one & other)) / everything if everything else 0.0

    def _weight(self, pair: str) -> float:
        """1 for a pair of letters few texts have, little for what every form letter says.

        Counted over the texts that stand for groups: what a thousand customers say of one matter is no form.
        """
        share = self._often[pair] / max(self._stood, _SMALL)
        if share <= _FEW:
            return 1.0
        return max(0.05, (_MANY - share) / (_MANY - _FEW))


def _is_same_matter(one: Matter, other: Matter) -> bool:
    if not one.trouble or one.trouble != other.trouble:
        return False
    if one.trouble == "故障" and one.channel and one.channel == other.channel:
        return True
    shared = len(one.own & other.own)
    return shared >= _SHARED and shared >= _SHARE * min(len(one.own), len(other.own))


def _read(text: str) -> _Said:
    letters = "".join("0" if letter.isdigit() else letter for letter in text.lower() if letter.isalnum())
    pairs = frozenset(letters[at : at + 2] for at in range(len(letters) - 1)) or frozenset([letters])
    return _Said(pairs - {"00"}, matter_of(text))


def _branches(events: list[Event]) -> tuple[str, ...]:
    return tuple(sorted({event.branch for event in events if event.branch}))
