"""New rules after a crash: what was acknowledged was decided by the old ones, and stays so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engines.fraud.bank import BIG, FEATURES, RULES, START, pay, rule
from tests.engines.fraud.test_durability import lines
from xiaobao.engines.fraud.brake import Limit
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.documents import document_of
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.journal import START as BEGIN
from xiaobao.engines.fraud.journal import RecordKind, replay
from xiaobao.engines.fraud.lists import Entry, ListBook, ListKind, Source
from xiaobao.engines.fraud.rules import Outcome, RuleSet
from xiaobao.engines.fraud.setup import settings_from
from xiaobao.engines.fraud.setups import Files, SetupError, keep, setup_hash
from xiaobao.site.commands.fraud_serve import _recovered

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


def test_the_server_recovers_with_the_files_it_kept(tmp_path: Path) -> None:
    data, rules = tmp_path / "data", tmp_path / "rules.json"
    rules.write_text(json.dumps(document_of(RULES, FEATURES)))
    files = Files(rules)
    old = Engine(settings_from(files))
    keep(data, old.setup, files, None)
    desk = Desk(old, data)
    before = desk.decide_group(lines([pay(at) for at in range(5)]))
    desk.close()
    rules.write_text(json.dumps(document_of(STRICT, FEATURES)))
    new = Engine(settings_from(files))
    keep(data, new.setup, files, None)
    again = _recovered(data, new)
    assert again.decide_group(lines([pay(at) for at in range(5)])) == before
    assert again.decide_group(lines([pay(9)]))[0].outcome is Outcome.REFUSE
    assert again.recovery.records == 0


def test_the_hash_follows_what_decides() -> None:
    seen = {setup_hash(settings, None) for settings in (OLD, *CHANGES.values())}
    assert len(seen) == len(CHANGES) + 1
    moved = replace(OLD, rules=replace(RULES, rules=(replace(BIG, since=START), *RULES.rules[1:])))
    assert setup_hash(moved, None) not in seen
