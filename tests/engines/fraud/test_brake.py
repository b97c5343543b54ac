"""The brake: limits of a rule and of an outcome, clocks that run ahead, and the way back for a mended rule."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import BIG, FEATURES, START, pay, rule
from xiaobao.engines.fraud.brake import Brake, Limit
from xiaobao.engines.fraud.documents import DocumentError, document_of
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.lists import Entry, ListBook, ListError, ListKind, Source
from xiaobao.engines.fraud.rules import Outcome, RuleSet, Threshold
from xiaobao.engines.fraud.setup import Files, settings_from
from xiaobao.engines.fraud.windows import DAY, HOUR

BAD = rule("NEW", ("amount_fen", ">=", 0), outcome=Outcome.REFUSE, since=START - 1)
WATCH = rule("WATCH", ("amount_fen", ">=", 1), points=1, since=START)
RULES = RuleSet("bad", (BIG, BAD, WATCH), (Threshold(50, Outcome.CHALLENGE),))
LIMIT = Limit(Outcome.REFUSE, HOUR, count=20, share=1.0)


def judged(engine: Engine, count: int, first: int = 0) -> list[Outcome]:
    return [engine.decide(pay(first + at, customer=f"c{at}")).outcome for at in range(count)]


def test_a_rule_has_a_limit_of_its_own() -> None:
    mine = Limit(Outcome.CHALLENGE, HOUR, count=5, share=1.0, rule="R1")
    engine = Engine(Settings(FEATURES, replace(RULES, rules=(BIG,)), limits=(mine,)))
    seen = [engine.decide(pay(at, 6_000_000, customer=f"c{at}")).outcome for at in range(9)]
    assert seen.count(Outcome.CHALLENGE) == 6
    (incident,) = engine.incidents
    assert (incident.rule, incident.reached, incident.of) == ("R1", 6, 6)


def test_a_rule_that_did_not_do_it_is_not_set_aside() -> None:
    engine = Engine(Settings(FEATURES, RULES, limits=(LIMIT,)))
    judged(engine, 30)
    assert engine.brake.shadowed == {"NEW"}


def test_a_breach_that_no_rule_made_is_recorded() -> None:
    listed = ListBook([Entry(ListKind.BLACK, "counterparty", "p1", "r", Source.OWN, "o")])
    engine = Engine(Settings(FEATURES, replace(RULES, rules=(BIG,)), listed, limits=(LIMIT,)))
    assert judged(engine, 30) == [Outcome.REFUSE] * 30
    (incident,) = engine.incidents
    assert (incident.rule, incident.reached) == ("", 21)


def test_what_was_set_aside_answers_in_shadow() -> None:
    engine = Engine(Settings(FEATURES, RULES, limits=(LIMIT,)))
    judged(engine, 30)
    decision = engine.decide(pay(99))
    assert (decision.outcome, decision.shadow) == (Outcome.ALLOW, Outcome.REFUSE)


def test_one_clock_that_runs_ahead_does_not_end_the_counting() -> None:
    brake = Brake((LIMIT,))
    brake.observe(START + 400 * DAY, Outcome.ALLOW, ())
    for at in range(3 * 3_600):
        brake.observe(START + at * 1_000, Outcome.ALLOW, ())
    ((every, _),) = brake.state()[0]
    assert len(every) <= 3_601


def test_a_mended_rule_acts_again_and_the_same_one_does_not() -> None:
    engine = Engine(Settings(FEATURES, RULES, limits=(LIMIT,)))
    judged(engine, 30)
    same = Engine(Settings(FEATURES, RULES, limits=(LIMIT,)))
    same.restore(engine.state())
    assert same.brake.shadowed == {"NEW"}
    mended = rule("NEW", ("amount_fen", ">", 900_000), outcome=Outcome.REFUSE, since=START - 1)
    other = Engine(Settings(FEATURES, replace(RULES, rules=(BIG, mended)), limits=(LIMIT,)))
    other.restore(engine.state())
    assert other.brake.shadowed == set()
    assert other.decide(pay(99, 1_000_000)).outcome is Outcome.REFUSE


@pytest.mark.parametrize("kept", [True, False])
def test_a_limit_goes_on_counting_and_another_begins_anew(kept: bool) -> None:
    engine = Engine(Settings(FEATURES, RULES, limits=(LIMIT,)))
    judged(engine, 10)
    other = replace(LIMIT, span=DAY)
    more = Engine(Settings(FEATURES, RULES, limits=(other, LIMIT) if kept else (other,)))
    more.restore(engine.state())
    assert judged(more, 12, 100)[-1] is (Outcome.ALLOW if kept else Outcome.REFUSE)


def test_another_grace_does_not_break_the_windows() -> None:
    engine = Engine(Settings(FEATURES, RULES, grace=0))
    judged(engine, 3)
    other = Engine(Settings(FEATURES, RULES, grace=HOUR))
    other.restore(engine.state())
    assert other.decide(pay(7, customer="c1")).failed == ""


SETTINGS: list[tuple[dict[str, Any], str]] = [
    ({"limits": [{"outcome": "refuse", "span": 0, "count": 1, "share": 0.5}]}, "span"),
    ({"limits": [{"outcome": "refuse", "span": 9, "count": 1, "share": 7}]}, "share"),
    ({"limits": [{"outcome": "allow", "span": 9, "count": 1, "share": 0.5}]}, "放行"),
    ({"limits": [{"outcome": "hold", "span": 9, "count": 1, "share": 0.5, "rule": "R9"}]}, "R9"),
    (
        {
            "lists": [
                {
                    "kind": "black",
                    "entity": "custmer",
                    "key": "x",
                    "reason": "",
                    "source": "own",
                    "owner": "o",
                }
            ]
        },
        "custmer",
    ),
    (
        {
            "lists": [
                {"kind": "black", "entity": "device", "key": "", "reason": "", "source": "own", "owner": "o"}
            ]
        },
        "空",
    ),
    ({"step_up": {"by_reason": {"typo": "fingerprint"}}}, "typo"),
]


@pytest.mark.parametrize(("document", "says"), SETTINGS)
def test_settings_that_would_do_nothing_are_refused(
    tmp_path: Path, document: dict[str, Any], says: str
) -> None:
    (tmp_path / "r.json").write_text(json.dumps(document_of(RULES, FEATURES)))
    (tmp_path / "s.json").write_text(json.dumps(document))
    with pytest.raises(DocumentError, match=says):
        settings_from(Files(tmp_path / "r.json", settings=tmp_path / "s.json"))


def test_the_banks_own_words_of_due_process(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(json.dumps(document_of(RULES, FEATURES)))
    due = {"remedy": "请致电 95500", "papers": {"NEW_reason": ["收入证明"]}}
    (tmp_path / "s.json").write_text(json.dumps({"due": due, "limits": []}))
    settings = settings_from(Files(tmp_path / "r.json", settings=tmp_path / "s.json"))
    notice = Engine(settings).decide(pay(1)).notice
    assert notice is not None
    assert (notice.remedy, notice.papers) == ("请致电 95500", ("收入证明", "本人有效身份证件"))


def test_the_same_person_with_a_space_is_not_a_second_one() -> None:
    with pytest.raises(ListError, match="另一人"):
        Entry(ListKind.WHITE, "customer", "x", "r", Source.OWN, "Li Na", START, approved_by=" li na ")
