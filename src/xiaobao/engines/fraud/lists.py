"""Black, white, gray and watch lists held in memory: kind, source, owner, expiry, second approval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from xiaobao.engines.fraud.events import EVENT_FIELDS
from xiaobao.engines.fraud.lifecycle import same_person


class ListKind(StrEnum):
    """What being on the list means."""

    BLACK = "black"
    WHITE = "white"
    GRAY = "gray"
    WATCH = "watch"


class Source(StrEnum):
    """Who put it there."""

    POLICE = "police"
    CENTRAL_BANK = "central_bank"
    OWN = "own"
    PEER = "peer"


_ENTITIES = tuple(name for name, kind in EVENT_FIELDS.items() if kind is str and name != "type")


class ListError(ValueError):
    """An entry that may not be used."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One identifier on one list; `expires_at` is milliseconds, 0 for no expiry."""

    kind: ListKind
    entity: str
    key: str
    reason: str
    source: Source
    owner: str
    expires_at: int = 0
    approved_by: str = ""

    def __post_init__(self) -> None:
        """A white entry lets things through: it needs a second person and an end.

        Raises: ListError; also for an entry that could never be hit.
        """
        if not self.key.strip():
            raise ListError(f"名单条目的 key 为空（{self.entity}），请写入标识")
        if self.entity not in _ENTITIES and not self.entity.startswith("attr."):
            raise ListError(
                f"名单条目“{self.key}”的 entity 应为 {'、'.join(_ENTITIES)} 之一，而不是“{self.entity}”"
            )
        if self.kind is ListKind.WHITE:
            if (
                not self.owner.strip()
                or not self.approved_by.strip()
                or same_person(self.owner, self.approved_by)
            ):
                raise ListError(f"白名单“{self.key}”须由另一人复核后才能生效")
            if not self.expires_at:
                raise ListError(f"白名单“{self.key}”必须填写到期时间")

    def live(self, moment: int) -> bool:
        """Whether the entry still counts at this time."""
        return self.expires_at == 0 or moment < self.expires_at


class Hit(msgspec.Struct, frozen=True, gc=False):
    """An identifier of the event that stands on a list."""

    kind: ListKind
    entity: str
    source: Source
    reason: str


class ListBook:
    """Every entry, found by (entity, key) in one step. Immutable: a change makes a new book."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        found: dict[tuple[str, str], tuple[Entry, ...]] = {}
        for entry in entries:
            place = (entry.entity, entry.key)
            found[place] = (*found.get(place, ()), entry)
        self._entries = found
        self.entities = tuple(sorted({entity for entity, _ in found}))

    def __len__(self) -> int:
        """How many identifiers are listed."""
        return len(self._entries)

    def entries(self) -> Iterator[Entry]:
        """Every entry."""
        return (entry for found in self._entries.values() for entry in found)

    def of(self, entity: str, key: str) -> tuple[Entry, ...]:
        """Entries of one identifier, expired ones too."""
        return self._entries.get((entity, key), ())

    def hits(self, row: Mapping[str, Any], moment: int) -> list[Hit]:
        """Listed identifiers of the row, expired entries left out."""
        return [
            Hit(entry.kind, entity, entry.source, entry.reason)
            for entity in self.entities
            for entry in self._entries.get((entity, row.get(entity, "")), ())
            if entry.live(moment)
        ]
