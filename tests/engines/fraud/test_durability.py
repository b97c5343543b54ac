"""Journal, snapshots, recovery: what was acknowledged comes back, whatever happened."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.engines.fraud.bank import FEATURES, RULES, START, pay
from xiaobao.engines.fraud.brake import Limit
from xiaobao.engines.fraud.controls import Snooze
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.engine import Engine, Settings, StateError
from xiaobao.engines.fraud.events import Event
from xiaobao.engines.fraud.journal import Journal, JournalError, Position, RecordKind, replay
from xiaobao.engines.fraud.rules import Outcome
from xiaobao.engines.fraud.windows import DAY, Aggregate, FeatureSet, Window

SETTINGS = Settings(FEATURES, RULES, limits=(Limit(Outcome.REFUSE, DAY, count=50, share=0.5),))
ROOT = Path(__file__).parents[3]


def stream(count: int, seed: int = 3) -> list[Event]:
    chance = random.Random(seed)
    return [
        pay(
            number,
            chance.choice([10_000, 900_000, 6_000_000]),
            customer=f"c{chance.randrange(9)}",
            to=f"p{chance.randrange(5)}",
            second=number + chance.choice([0, 0, 0, -40]),
        )
        for number in range(count)
    ]


def lines(events: list[Event]) -> list[tuple[bytes, Event]]:
    return [(msgspec.json.encode(event), event) for event in events]


def run(folder: Path, events: list[Event], *, group: int = 8) -> Desk:
    desk = Desk(Engine(SETTINGS), folder)
    for start in range(0, len(events), group):
        desk.decide_group(lines(events[start : start + group]))
    return desk


def test_recovery_equals_the_uninterrupted_run(tmp_path: Path) -> None:
    events = stream(300)
    whole = run(tmp_path / "whole", events)
    half = run(tmp_path / "half", events[:200])
    half.snapshot()
    half.decide_group(lines(events[200:260]))
    half.close()
    again = Desk(Engine(SETTINGS), tmp_path / "half")
    assert again.recovery.records == 60
    again.decide_group(lines(events[260:]))
    assert again.state_hash() == whole.state_hash()


def test_torn_last_record_is_cut_and_the_rest_kept(tmp_path: Path) -> None:
    run(tmp_path, stream(20)).close()
    (segment,) = (tmp_path / "journal").glob("*.xbj")
    segment.write_bytes(segment.read_bytes()[:-7])
    again = Desk(Engine(SETTINGS), tmp_path)
    assert again.recovery.records == 19
    assert again.recovery.torn_bytes > 0


def test_damage_in_the_middle_stops_the_start(tmp_path: Path) -> None:
    journal = Journal(tmp_path, segment_bytes=64)
    for _ in range(3):
        journal.append(RecordKind.EVENT, b"x" * 80)
        journal.sync()
    first = sorted(tmp_path.glob("*.xbj"))[0]
    first.write_bytes(b"\0" * 20)
    with pytest.raises(JournalError, match="损坏"):
        list(replay(tmp_path, Position(1, 0)))
    first.unlink()
    with pytest.raises(JournalError, match="缺少第 1 段"):
        list(replay(tmp_path, Position(1, 0)))


def test_damaged_snapshot_falls_back_to_the_one_before(tmp_path: Path) -> None:
    desk = run(tmp_path, stream(50))
    desk.snapshot()
    desk.decide_group(lines(stream(60)[50:]))
    broken = desk.snapshot()
    desk.close()
    broken.write_bytes(broken.read_bytes()[:-1] + b"\xff")
    assert Desk(Engine(SETTINGS), tmp_path).recovery.records == 10


def test_full_disk_refuses_the_group_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = stream(20)
    desk = run(tmp_path, events[:10])
    before = desk.state_hash()

    def full(handle: int, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(JournalError, match="未受理"):
            desk.decide_group(lines(events[10:]))
    assert desk.state_hash() == before
    desk.decide_group(lines(events[10:]))
    assert desk.state_hash() == run(tmp_path / "whole", events).state_hash()


def test_duplicates_are_journalled_once(tmp_path: Path) -> None:
    events = stream(10)
    desk = run(tmp_path, events)
    size = desk.journal.position
    assert [found.event_id for found in desk.decide_group(lines(events[::-1]))] == [
        event.event_id for event in events[::-1]
    ]
    assert desk.journal.position == size


def test_snooze_survives(tmp_path: Path) -> None:
    desk = Desk(Engine(SETTINGS), tmp_path)
    desk.snooze(Snooze("c1", "R1", START + 10**9, "张三", "核实过", START))
    desk.close()
    again = Desk(Engine(SETTINGS), tmp_path)
    assert again.engine.decide(pay(1, 6_000_000)).outcome is Outcome.ALLOW


def test_state_of_other_features_is_refused(tmp_path: Path) -> None:
    run(tmp_path, stream(5)).snapshot()
    other = FeatureSet((Window("n", "customer", Aggregate.COUNT, DAY),))
    with pytest.raises(StateError, match="另一套特征"):
        Desk(Engine(Settings(other, RULES)), tmp_path)


WORKER = """
import sys
from pathlib import Path
from tests.engines.fraud.test_durability import SETTINGS, lines, stream
from xiaobao.engines.fraud.controls import Snooze
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.engine import Engine
desk = Desk(Engine(SETTINGS), Path(sys.argv[1]))
for number, event in enumerate(stream(int(sys.argv[2]))):
    desk.decide_group(lines([event]))
    print(number, flush=True)
    if number % 97 == 0:
        desk.snapshot()
"""


@pytest.mark.parametrize("point", [3, 61, 140, 333])
def test_kill_loses_no_acknowledged_decision(tmp_path: Path, point: int) -> None:
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(tmp_path), "2000"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert worker.stdout is not None
    for line in worker.stdout:
        if int(line) >= point:
            worker.send_signal(signal.SIGKILL)
            break
    acknowledged = max([point, *(int(line) for line in worker.stdout if line.strip())])
    worker.wait()
    again = Desk(Engine(SETTINGS), tmp_path)
    events = stream(2000)
    assert all(again.engine.knows(event.event_id) for event in events[: acknowledged + 1])
    known = [event for event in events if again.engine.knows(event.event_id)]
    assert again.state_hash() == run(tmp_path / "whole", known).state_hash()
