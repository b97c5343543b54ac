"""An event dated far ahead gets the fail policy and leaves no trace: everywhere the same, by its own two times."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.engines.fraud.bank import FEATURES, RULES, pay
from tests.engines.fraud.test_durability import lines
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.documents import DocumentError, document_of
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import Event, EventError, EventType, encode, parse
from xiaobao.engines.fraud.files import Reading, read_events
from xiaobao.engines.fraud.keyed import Judge, KeyStage, Partial, stages
from xiaobao.engines.fraud.rules import Outcome
from xiaobao.engines.fraud.setup import Files, settings_from

YEAR = 365 * 86_400_000
SETTINGS = Settings(FEATURES, RULES, fail={EventType.PAYMENT: Outcome.REFUSE})


def far(number: int, by: int = YEAR) -> Event:
    event = pay(number)
    return msgspec.structs.replace(event, occurred_at=event.received_at + by)


def test_it_does_not_freeze_the_windows_of_its_key() -> None:
    engine = Engine(SETTINGS)
    refused = engine.decide(far(1))
    assert (refused.outcome, engine.too_far_ahead) == (Outcome.REFUSE, 1)
    assert refused.failed.startswith("too_far_ahead: 发生时间比接收时间晚 31536000 秒（允许 600 秒）")
    assert engine.decide(far(1)) == refused, "the same event, the same answer"
    found = [engine.decide(pay(number, 600_000)) for number in range(2, 6)]
    assert [one.late for one in found] == [False] * 4
    assert [reason.rule for reason in found[-1].reasons] == ["R2"]
    assert engine.late == (0, 0)


@pytest.mark.parametrize(
    ("by", "ahead", "stopped"), [(600_000, 600_000, 0), (600_001, 600_000, 1), (YEAR, None, 0)]
)
def test_the_bound_is_the_settings(by: int, ahead: int | None, stopped: int) -> None:
    engine = Engine(replace(SETTINGS, ahead=ahead))
    engine.decide(far(1, by))
    assert engine.too_far_ahead == stopped


def test_who_sends_no_arrival_is_not_bounded() -> None:
    document = json.loads(encode(far(1)))
    del document["received_at"]
    engine = Engine(SETTINGS)
    assert not engine.decide(parse(json.dumps(document).encode())).failed
    with pytest.raises(EventError, match="毫秒时间戳"):
        parse(json.dumps(document | {"received_at": 5}).encode())


def test_a_recovery_gives_the_same(tmp_path: Path) -> None:
    events = [pay(1), far(2), pay(3), far(4), pay(5)]
    desk = Desk(Engine(SETTINGS), tmp_path)
    desk.decide_group(lines(events))
    desk.close()
    again = Desk(Engine(SETTINGS), tmp_path)
    assert again.state_hash() == desk.state_hash()
    assert again.engine.too_far_ahead == 2


def test_a_cluster_and_a_file_keep_it_out_too(tmp_path: Path) -> None:
    events = [pay(1, 600_000), far(2), pay(3, 600_000), pay(4, 600_000)]
    single, judge = Engine(SETTINGS), Judge(SETTINGS)
    work, kept, found = KeyStage(stages(FEATURES)[0], SETTINGS.grace, SETTINGS.ahead), None, []
    for event in events:
        partial = Partial(event, {})
        kept = work.update(kept, partial)
        found.append(judge.decide(partial))
    assert found == [single.decide(event) for event in events]
    path = tmp_path / "e.jsonl"
    path.write_bytes(b"\n".join(map(encode, events)))
    table, refused = read_events([path])
    assert [row["event_id"] for row in table.rows()] == ["e1", "e3", "e4"]
    assert refused.counts == {"event.too_far_ahead": 1}
    assert len(read_events([path], None, Reading(ahead=None))[0]) == 4


@pytest.mark.parametrize(
    ("written", "ahead"), [({}, 600_000), ({"ahead": 5_000}, 5_000), ({"ahead": None}, None)]
)
def test_the_settings_file_sets_it(tmp_path: Path, written: dict[str, int | None], ahead: int | None) -> None:
    files = Files(tmp_path / "r.json", settings=tmp_path / "s.json")
    files.rules.write_text(json.dumps(document_of(RULES, FEATURES)))
    (tmp_path / "s.json").write_text(json.dumps(written))
    assert settings_from(files).ahead == ahead
    (tmp_path / "s.json").write_text('{"ahead": -1}')
    with pytest.raises(DocumentError, match="ahead"):
        settings_from(files)
