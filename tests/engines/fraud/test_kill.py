"""kill -9 under load over HTTP, with rules published meanwhile, again and again on one folder: nothing
acknowledged is ever lost or judged by other rules than it was.

XIAOBAO_KILLS=100 (`make test-kill`) for the long run; a few points otherwise.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
from contextlib import suppress
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec

from tests.engines.fraud.bank import BIG, RULES, approved, pay
from tests.engines.fraud.server import Served
from xiaobao.engines.fraud.approvals import write
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.events import Event, encode, parse
from xiaobao.engines.fraud.evidence import decided
from xiaobao.engines.fraud.going_live import Sources
from xiaobao.engines.fraud.journal import Position, Record, RecordKind, replay
from xiaobao.engines.fraud.rules import RuleSet
from xiaobao.engines.fraud.setups import Files

STRICT = RuleSet("strict", (replace(BIG, points=100), *RULES.rules[1:]), RULES.thresholds)
OTHER = approved(STRICT)
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


class Publisher(threading.Thread):
    """Writes one of two rule files, publishes it, and so on until the server is gone."""

    def __init__(self, served: Served) -> None:
        super().__init__()
        self.served = served
        self.published: list[float] = []  # milliseconds each took
        self.refused: list[Any] = []

    def run(self) -> None:
        with suppress(http.client.HTTPException, OSError):
            for document in cycle((OTHER, approved())):
                write(self.served.folder / "rules.json", document)
                status, told = self.served.ask("POST", "/admin/reload", b"")
                if status == 200 and told["changed"]:
                    self.published.append(told["ms"])
                elif status != 200:
                    self.refused.append(told)
                time.sleep(0.03)


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


def one_kill(folder: Path, start: int, chance: random.Random, acknowledged: dict[str, Any]) -> list[float]:
    """Starts, asks again what was answered before the last kill, loads, publishes, kills; how long each publication took."""
    served = Served(folder, "--snapshot-seconds", "0.15")
    events = load(start, chance)
    for name in chance.sample(sorted(acknowledged), min(10, len(acknowledged))):
        line, told = acknowledged[name]
        assert served.decide(line)[1]["decision"] == told
    senders = [Sender(served, events[share::SENDERS], acknowledged) for share in range(SENDERS)]
    publisher = Publisher(served)
    for sender in (*senders, publisher):
        sender.start()
    time.sleep(chance.uniform(0.05, 0.8))
    served.kill()
    publisher.join()
    assert not publisher.refused
    for sender in senders:
        sender.join()
        assert not sender.differed
    return publisher.published


def sources(folder: Path) -> Sources:
    return Sources(Files(folder / "rules.json"), None, folder / "data")


def uninterrupted(folder: Path, beside: Path) -> Desk:
    """One run that was never stopped, over events and publications in the order the journal has them."""
    found, desk = sources(folder), None
    for record in records(folder):
        if record.kind is RecordKind.SETUP:
            fresh = found.kept(record.payload.decode())
            assert fresh is not None
            if desk is None:
                desk = Desk(fresh, beside)
            elif fresh.setup != desk.engine.setup:
                desk.publish(fresh)
        else:
            assert desk is not None
            desk.decide_group([(record.payload, parse(record.payload))])
    assert desk is not None
    return desk


def records(folder: Path) -> list[Record]:
    return list(replay(folder / "data" / "journal", Position(1, 0)))


def journalled(folder: Path) -> list[bytes]:
    return [record.payload for record in records(folder) if record.kind is RecordKind.EVENT]


def test_kills_lose_no_acknowledged_decision(tmp_path: Path) -> None:
    chance = random.Random(20_261_123)
    folder = tmp_path / "bank"
    folder.mkdir()
    acknowledged: dict[str, Any] = {}
    published = [took for at in range(KILLS) for took in one_kill(folder, at * 10_000, chance, acknowledged)]
    assert len(acknowledged) > 20 * KILLS
    assert len(published) >= KILLS
    assert {told["versions"]["rules"] for _, told in acknowledged.values()} == {RULES.hash, STRICT.hash}
    whole = uninterrupted(folder, tmp_path / "whole")
    last = sources(folder).kept(whole.engine.setup)
    assert last is not None
    again = Desk(last, folder / "data", load=sources(folder).kept)
    assert again.state_hash() == whole.state_hash()
    events = [parse(line) for line in journalled(folder)]
    given = {event.event_id: decision for event, decision, _ in decided(folder / "data")}
    assert len(given) == len(events), "an event stands in the journal twice"
    assert given == {event.event_id: again.engine.decide(event) for event in events}
    for name, (_, told) in acknowledged.items():
        assert json.loads(msgspec.json.encode(given[name])) == told
