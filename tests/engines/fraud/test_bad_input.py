"""Whatever is sent or found: a clear error or a defined outcome, nothing lost, and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import BIG, FEATURES, RULES, START, pay, rule
from tests.engines.fraud.test_durability import SETTINGS, lines, run, stream
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.documents import document_of
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import EventError, encode, parse
from xiaobao.engines.fraud.rules import Outcome, RuleSet
from xiaobao.engines.fraud.setup import Files, settings_from

BAD: dict[str, tuple[str, Callable[[dict[str, Any]], bytes]]] = {
    "unknown type": ("event.malformed", lambda one: json.dumps(one | {"type": "teleport"}).encode()),
    "missing entity": ("event.entity", lambda one: json.dumps(one | {"customer": ""}).encode()),
    "negative amount": ("event.amount", lambda one: json.dumps(one | {"amount_fen": -1}).encode()),
    "amount with a fraction": ("event.malformed", lambda one: json.dumps(one | {"amount_fen": 0.5}).encode()),
    "time in 1970": ("event.time", lambda one: json.dumps(one | {"occurred_at": 0}).encode()),
    "time in 2100": ("event.time", lambda one: json.dumps(one | {"received_at": 4_102_444_800_000}).encode()),
    "1 MB attribute": (
        "event.too_large",
        lambda one: json.dumps(one | {"attributes": {"note": "x" * 2**20}}).encode(),
    ),
    "NaN": ("event.not_json", lambda one: json.dumps(one | {"amount_fen": float("nan")}).encode()),
    "NaN in an attribute": (
        "event.not_json",
        lambda one: json.dumps(one | {"attributes": {"level": float("nan")}}).encode(),
    ),
    "half a line": ("event.not_json", lambda one: json.dumps(one).encode()[:40]),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_event_is_refused_and_the_rest_goes_on(tmp_path: Path, kind: str) -> None:
    code, spoil = BAD[kind]
    events = stream(120)
    desk = Desk(Engine(Settings(FEATURES, RULES)), tmp_path / "desk")
    refused: list[str] = []
    for number, event in enumerate(events):
        for line in (spoil(json.loads(encode(event)) | {"event_id": f"bad{number}"}), encode(event)):
            try:
                desk.decide_group([(line, parse(line))])
            except EventError as wrong:
                refused.append(wrong.code if wrong.say else "")
    assert refused == [code] * len(events)
    desk.close()
    whole = Desk(Engine(Settings(FEATURES, RULES)), tmp_path / "whole")
    whole.decide_group(lines(events))
    assert Desk(Engine(Settings(FEATURES, RULES)), tmp_path / "desk").state_hash() == whole.state_hash()


def test_a_rule_set_that_refuses_everything_is_caught_by_the_usual_brake(tmp_path: Path) -> None:
    everything = rule("ALL", ("amount_fen", ">=", 0), outcome=Outcome.REFUSE, since=START - 1)
    rules = RuleSet("all", (BIG, everything), RULES.thresholds)
    path = tmp_path / "rules.json"
    path.write_text(json.dumps(document_of(rules, FEATURES)), "utf-8")
    settings = settings_from(Files(path))
    desk = Desk(Engine(settings), tmp_path / "data")
    events = [pay(number, customer=f"c{number}") for number in range(500)]
    found = [one for at in range(0, 500, 50) for one in desk.decide_group(lines(events[at : at + 50]))]
    assert [one.outcome for one in found] == [Outcome.REFUSE] * 200 + [Outcome.ALLOW] * 300
    (incident,) = desk.engine.incidents
    assert (incident.rule, incident.reached, incident.of) == ("ALL", 200, 200)
    desk.close()
    again = Desk(Engine(settings), tmp_path / "data")
    assert again.engine.brake.shadowed == {"ALL"}
    assert again.state_hash() == desk.state_hash()


@pytest.mark.parametrize("cut", [1, 7, 9, 40, 200])
def test_a_journal_torn_anywhere_loses_its_torn_end_alone(tmp_path: Path, cut: int) -> None:
    events = stream(80)
    run(tmp_path, events).close()
    (segment,) = (tmp_path / "journal").glob("*.xbj")
    segment.write_bytes(segment.read_bytes()[:-cut])
    again = Desk(Engine(SETTINGS), tmp_path)
    kept = [event for event in events if again.engine.knows(event.event_id)]
    assert kept == events[: len(kept)]
    assert len(events) - len(kept) == 1 + cut // 200
    again.decide_group(lines(events))
    assert all(again.engine.knows(event.event_id) for event in events)
