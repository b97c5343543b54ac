"""Every decision again, from the journal: what a customer or a court may ask for later.

Each is judged by the set-up that was live when its event came; the folder is only read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.engine import Engine
from xiaobao.engines.fraud.events import Event, parse
from xiaobao.engines.fraud.going_live import Sources
from xiaobao.engines.fraud.journal import START, JournalError, RecordKind, replay, segments_of
from xiaobao.engines.fraud.setups import Files, SetupError
from xiaobao.engines.fraud.snapshots import Snapshot, oldest
from xiaobao.engines.fraud.walk import Walk


def decided(folder: Path) -> Iterator[tuple[Event, Decision, str]]:
    """Event, decision and hash of the set-up, in the order of the journal.

    From its first record; where old segments are gone, from the oldest whole snapshot on.
    Raises: JournalError, SetupError when the files of a set-up are gone.
    """
    segments = segments_of(folder / "journal")
    if not segments:
        raise JournalError(f"{folder} 里没有日志")
    found = None if segments[0][0] == START.segment else oldest(folder / "snapshots")
    walk = _walk(folder, found)
    waiting: list[Event] = []
    for record in replay(folder / "journal", found.position if found else START):
        setup = walk.setup
        if record.kind is RecordKind.EVENT:
            if not setup:
                raise SetupError(setup)
            waiting.append(parse(record.payload))
        answered = walk.take(record)
        yield from ((*pair, setup) for pair in zip(waiting, answered, strict=False))
        del waiting[: len(answered)]
    yield from ((*pair, walk.setup) for pair in zip(waiting, walk.flush(), strict=True))


def _walk(folder: Path, found: Snapshot | None) -> Walk:
    """From the first set-up that is to be had: before a record names its own, nothing was judged."""
    sources = Sources(Files(folder), None, folder)
    for place in sorted((folder / "setups").glob("*")):
        engine: Engine | None = sources.kept(place.name)
        if engine is not None:
            return Walk(engine, sources.kept, found)
    raise SetupError("")
