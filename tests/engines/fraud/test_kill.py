"""kill -9 under load over HTTP, again and again on one folder: nothing acknowledged is ever lost.

XIAOBAO_KILLS=100 (`make test-kill`) for the long run; a few points otherwise.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
from pathlib import Path
from typing import Any

import msgspec

from tests.engines.fraud.bank import pay
from tests.engines.fraud.server import Served
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.engine import Engine
from xiaobao.engines.fraud.events import Event, encode, parse
from xiaobao.engines.fraud.journal import Position, RecordKind, replay
from xiaobao.engines.fraud.setup import Files, settings_from

KILLS = int(os.environ.get("XIAOBAO_KILLS", "3"))
SENDERS = 6


class Sender(threading.Thread):
    """Sends its share of the events, some twice, and writes down what was acknowledged."""

    def __init__(self, served: Served, events: list[Event], acknowledged: dict[str, Any]) -> None:
        super().__init__()
        self.served, self.events, self.acknowledged = served, events, acknowledged
        self.differed: list[str] = []  # repeated, and answered otherwise

    def run(self) -> None:
        connection = self.served.connect()
        try:
            for event in self.events:
                line = encode(event)
                connection.request("POST", "/v1/decisions", line)
                told = json.loads(connection.getresponse().read())["decision"]
                if self.acknowledged.setdefault(event.event_id, (line, told))[1] != told:
                    self.differed.append(event.event_id)
        except (http.client.HTTPException, OSError):
            return


def load(start: int, chance: random.Random) -> list[Event]:
    """More than can be sent before the kill; late ones, repeated ones, a clock that steps back."""
    step_back = chance.choice([0, 0, 600])
    events = [
        pay(
            start + number,
            chance.choice([10_000, 900_000, 6_000_000]),
            customer=f"c{chance.randrange(40)}",
            to=f"p{chance.randrange(9)}",
            second=start + number + chance.choice([0, 0, 0, -40, -900]) - step_back,
        )
        for number in range(4_000)
    ]
    for _ in range(200):
        place = chance.randrange(len(events) - 30)
        events.insert(place + chance.randrange(30), events[place])
    return events


def one_kill(folder: Path, start: int, chance: random.Random, acknowledged: dict[str, Any]) -> None:
    """Starts, asks again what was answered before the last kill, loads, kills."""
    served = Served(folder, "--snapshot-seconds", "0.15")
    events = load(start, chance)
    for name in chance.sample(sorted(acknowledged), min(10, len(acknowledged))):
        line, told = acknowledged[name]
        assert served.decide(line)[1]["decision"] == told
    senders = [Sender(served, events[share::SENDERS], acknowledged) for share in range(SENDERS)]
    for sender in senders:
        sender.start()
    time.sleep(chance.uniform(0.05, 0.8))
    served.kill()
    for sender in senders:
        sender.join()
        assert not sender.differed


def uninterrupted(folder: Path, beside: Path) -> Desk:
    """One run that was never stopped, over the events in the order the journal has them."""
    desk = Desk(Engine(settings_from(Files(folder / "rules.json"))), beside)
    for line in journalled(folder):
        desk.decide_group([(line, parse(line))])
    return desk


def journalled(folder: Path) -> list[bytes]:
    records = replay(folder / "data" / "journal", Position(1, 0))
    return [record.payload for record in records if record.kind is RecordKind.EVENT]


def test_kills_lose_no_acknowledged_decision(tmp_path: Path) -> None:
    chance = random.Random(20_261_123)
    folder = tmp_path / "bank"
    folder.mkdir()
    acknowledged: dict[str, Any] = {}
    for number in range(KILLS):
        one_kill(folder, number * 10_000, chance, acknowledged)
    assert len(acknowledged) > 20 * KILLS
    whole = uninterrupted(folder, tmp_path / "whole")
    again = Desk(Engine(settings_from(Files(folder / "rules.json"))), folder / "data")
    assert again.state_hash() == whole.state_hash()
    events = [parse(line) for line in journalled(folder)]
    given = {event.event_id: again.engine.decide(event) for event in events}
    assert len(given) == len(events), "an event stands in the journal twice"
    for name, (_, told) in acknowledged.items():
        assert json.loads(msgspec.json.encode(given[name])) == told
