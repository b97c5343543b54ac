"""New rules after a crash: what was acknowledged was decided by the old ones, and stays so."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import BIG, FEATURES, RULES, START, approved, pay, rule
from tests.engines.fraud.test_durability import lines
from xiaobao.engines.fraud.brake import Limit
from xiaobao.engines.fraud.controls import PublishError
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.evidence import decided
from xiaobao.engines.fraud.going_live import Sources
from xiaobao.engines.fraud.journal import START as BEGIN
from xiaobao.engines.fraud.journal import JournalError, RecordKind, replay
from xiaobao.engines.fraud.lists import Entry, ListBook, ListKind, Source
from xiaobao.engines.fraud.rules import Outcome, RuleSet
from xiaobao.engines.fraud.setups import Files, SetupError, forget, note, setup_hash

OLD = Settings(FEATURES, RULES)
STRICT = RuleSet("strict", (*RULES.rules, rule("R9", ("amount_fen", ">", 1), outcome=Outcome.REFUSE)), ())
LISTED = ListBook([Entry(ListKind.BLACK, "customer", "c1", "r", Source.OWN, "o")])
CHANGES = {
    "rules": replace(OLD, rules=STRICT),
    "lists": replace(OLD, lists=LISTED),
    "limits": replace(OLD, limits=(Limit(Outcome.REFUSE, 9, 9, 0.5),)),
    "grace": replace(OLD, grace=7),
}


def crashed(folder: Path) -> list[Outcome]:
    desk = Desk(Engine(OLD), folder)
    found = desk.decide_group(lines([pay(at) for at in range(5)]))
    desk.close()
    return [decision.outcome for decision in found]


@pytest.mark.parametrize("what", CHANGES)
def test_other_settings_do_not_judge_the_end_of_the_journal(tmp_path: Path, what: str) -> None:
    crashed(tmp_path)
    with pytest.raises(SetupError, match="原来的文件"):
        Desk(Engine(CHANGES[what]), tmp_path)
    assert Desk(Engine(OLD), tmp_path).recovery.records == 5


def test_after_an_orderly_stop_new_rules_begin(tmp_path: Path) -> None:
    crashed(tmp_path)
    desk = Desk(Engine(OLD), tmp_path)
    desk.snapshot()
    desk.close()
    new = Desk(Engine(CHANGES["rules"]), tmp_path)
    assert new.engine.decide(pay(3)).outcome is Outcome.ALLOW
    assert new.decide_group(lines([pay(50)]))[0].outcome is Outcome.REFUSE
    new.close()
    kinds = [record.kind for record in replay(tmp_path / "journal", BEGIN)]
    assert kinds.count(RecordKind.SETUP) == 2
    assert Desk(Engine(CHANGES["rules"]), tmp_path).recovery.records == 1


def sources(folder: Path, rules: RuleSet) -> Sources:
    """The officer's file with these rules, approved."""
    path = folder / "rules.json"
    path.write_text(json.dumps(approved(rules)), "utf-8")
    return Sources(Files(path), None, folder / "data")


def test_the_server_recovers_with_the_files_it_kept(tmp_path: Path) -> None:
    found = sources(tmp_path, RULES)
    desk = Desk(found.fresh(), found.data)
    before = desk.decide_group(lines([pay(at) for at in range(5)]))
    desk.close()
    new = sources(tmp_path, STRICT).fresh()
    again = Desk(new, found.data, load=found.kept)
    assert again.decide_group(lines([pay(at) for at in range(5)])) == before
    assert again.decide_group(lines([pay(9)]))[0].outcome is Outcome.REFUSE
    assert again.recovery.records == 5


def published(folder: Path, rules: list[RuleSet]) -> tuple[Desk, list[Decision]]:
    """Five events by each rule set, one published after the other while the desk runs."""
    desk, given = Desk(sources(folder, rules[0]).fresh(), folder / "data"), list[Decision]()
    for number, one in enumerate(rules):
        if number:
            desk.publish(sources(folder, one).fresh())
        given += desk.decide_group(lines([pay(number * 10 + at) for at in range(5)]))
        if number in (0, 2):
            desk.snapshot()
    return desk, given


def test_what_was_published_while_running_comes_back_in_its_order(tmp_path: Path) -> None:
    desk, given = published(tmp_path, [RULES, STRICT, RULES, STRICT])
    desk.close()
    found = sources(tmp_path, RULES)
    for at in (-1, 0):  # first the newest snapshot, then, with that one damaged, the one before two set-ups
        again = Desk(sources(tmp_path, STRICT).fresh(), found.data, load=found.kept)
        assert again.state_hash() == desk.state_hash()
        assert [again.engine.decide(pay(at // 5 * 10 + at % 5)) for at in range(20)] == given
        again.close()
        newest = sorted((found.data / "snapshots").glob("*.xbs"))[at]
        newest.write_bytes(newest.read_bytes()[:-1] + b"\xff")
    assert {one.outcome for one in given[5:10]} == {Outcome.REFUSE}
    assert {one.outcome for one in given[:5] + given[10:15]} == {Outcome.ALLOW}


def test_without_the_kept_files_the_start_is_refused(tmp_path: Path) -> None:
    desk, _ = published(tmp_path, [RULES, STRICT])
    desk.close()
    with pytest.raises(SetupError):
        Desk(Engine(OLD), tmp_path / "data")


@pytest.mark.parametrize("change", [{"grace": 7}, {"remember": 7}, {"most": 77}])
def test_what_windows_and_memory_rest_on_does_not_change_while_running(tmp_path: Path, change: Any) -> None:
    desk = Desk(Engine(OLD), tmp_path)
    place = desk.journal.position
    with pytest.raises(PublishError, match="正常停止"):
        desk.publish(Engine(replace(OLD, **change)))
    assert (desk.journal.position, desk.engine.setup) == (place, Engine(OLD).setup)


def test_the_brake_goes_on_counting_over_a_publication() -> None:
    limit = Limit(Outcome.REFUSE, 10**9, count=3, share=1.0)
    engine = Engine(replace(OLD, rules=STRICT, limits=(limit,)))
    for at in range(3):
        engine.decide(pay(at))
    engine.publish(Engine(replace(OLD, rules=STRICT, limits=(limit,), lists=LISTED)))
    engine.decide(pay(7))
    assert engine.brake.shadowed == {"R9"}


def test_a_disk_that_refuses_leaves_the_setup_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(Engine(OLD), tmp_path)
    monkeypatch.setattr(os, "fdatasync", lambda handle: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(JournalError):
        desk.publish(Engine(CHANGES["rules"]))
    assert desk.engine.setup == Engine(OLD).setup


def aged(folder: Path) -> set[str]:
    """Every kept set-up made two days older; their names."""
    found = list((folder / "setups").iterdir())
    for place in found:
        written = place.stat().st_mtime - 2 * 86_400
        os.utime(place, (written, written))
    return {place.name for place in found}


def test_setups_that_nothing_needs_go(tmp_path: Path) -> None:
    """One set-up a segment; recovery starts from the older of two snapshots, in segment three."""
    data = tmp_path / "data"
    sets = [replace(RULES, name=f"set {number}") for number in range(5)]
    for segment, one in enumerate(sets, 1):
        engine = sources(tmp_path, one).fresh()
        note(data, engine.setup, segment)
    everything = aged(data)
    assert (forget(data, 1), len(everything)) == (0, 5)
    newest = data / "setups" / sources(tmp_path, sets[4]).fresh().setup
    os.utime(newest)
    assert forget(data, 4) == 2
    left = {place.name for place in (data / "setups").iterdir()}
    assert left == {sources(tmp_path, one).fresh().setup for one in sets[2:]}


def test_after_pruning_recovery_and_evidence_have_the_setups_they_need(tmp_path: Path) -> None:
    """A publication every few events over small segments; only the first half of the journal is old."""
    found, sets = sources(tmp_path, RULES), [RULES, STRICT, replace(RULES, name="third")]
    desk = Desk(found.fresh(), found.data, segment_bytes=2_000)
    given = list[Decision]()
    for round_ in range(12):
        if round_:
            desk.publish(sources(tmp_path, replace(sets[round_ % 3], name=f"round {round_ // 3}")).fresh())
        given += desk.decide_group(lines([pay(round_ * 10 + at) for at in range(10)]))
        if round_ in (7, 9):
            desk.snapshot()
    everything = aged(found.data)
    for path in sorted((found.data / "journal").glob("*.xbj")):
        os.utime(path, (0, 0))
    os.utime(found.data / "setups" / desk.engine.setup)
    assert desk.prune(1).segments > 0
    desk.close()
    assert 0 < len(list((found.data / "setups").iterdir())) < len(everything)
    newest = max((found.data / "snapshots").glob("*.xbs"))
    evidence = [decision for _, decision, _ in decided(found.data)]
    assert len(evidence) >= 40
    assert evidence == given[-len(evidence) :]
    newest.write_bytes(b"torn")
    last = found.kept(desk.engine.setup)
    assert last is not None
    assert Desk(last, found.data, load=found.kept).state_hash() == desk.state_hash()


def test_the_hash_follows_what_decides() -> None:
    seen = {setup_hash(settings, None) for settings in (OLD, *CHANGES.values())}
    assert len(seen) == len(CHANGES) + 1
    moved = replace(OLD, rules=replace(RULES, rules=(replace(BIG, since=START), *RULES.rules[1:])))
    assert setup_hash(moved, None) not in seen
