"""The law on day X: renumbered, superseded and future law, as the pitfalls of the design name them."""

from __future__ import annotations

from datetime import date

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Confidence, Verdict


def cites(rule: str, day: date) -> list[str]:
    return [cite.full for cite in book().get(rule, day).cites]


def test_a_renumbered_duty_holds_on_both_days_under_its_own_number() -> None:
    assert cites("PI-017", date(2025, 12, 31)) == ["L04@2017-06-01:21.1.3"]
    assert cites("PI-017", date(2026, 1, 1)) == ["L04@2026-01-01:23.1.3"]


def test_several_sources_join_on_their_own_days() -> None:
    assert "N01@2023-03-01:40" in cites("MKT-008", date(2023, 6, 1))
    assert not any(cite.startswith("R15") for cite in cites("MKT-008", date(2024, 6, 30)))
    assert "R15@2024-07-01:24" in cites("MKT-008", date(2024, 7, 1))


@pytest.mark.parametrize(
    ("ended", "verdict", "until"),
    [
        (date(2019, 6, 30), Verdict.DUE, date(2024, 6, 30)),
        (date(2020, 1, 1), Verdict.UNDECIDED, (date(2025, 1, 1), date(2030, 1, 1))),
        (date(2025, 1, 1), Verdict.DUE, date(2035, 1, 1)),
    ],
)
def test_a_period_that_was_lengthened(ended: date, verdict: Verdict, until: object) -> None:
    rule = book().rule("PI-016")
    found = decide(rule, book().get("PI-016", ended), {"relation_end_on": ended})
    assert (found.verdict, found.value) == (verdict, until)


def test_a_future_law_is_silent_until_its_day() -> None:
    assert "MKT-013" not in book().at(date(2026, 9, 29))
    assert "MKT-013" in book().at(date(2026, 9, 30))


def test_the_prize_limit_did_not_begin_with_the_newest_text() -> None:
    facts = {"top_prize_yuan": 60_000}
    found = decide(book().rule("MKT-017"), book().get("MKT-017", date(2024, 1, 1)), facts)
    assert found.verdict is Verdict.REFUSE
    assert found.steps[0].cite == "L10@2019-04-23:10.1.3"


def test_five_years_from_a_leap_day() -> None:
    facts = {"contract_end_on": date(2028, 2, 29)}
    found = decide(book().rule("DR-006"), book().get("DR-006", date(2028, 2, 29)), facts)
    assert found.value == date(2033, 2, 28)


def test_a_missing_fact_is_undecided_and_named() -> None:
    found = decide(book().rule("CMP-012"), book().get("CMP-012", date(2026, 1, 1)), {})
    assert (found.verdict, found.missing) == (Verdict.UNDECIDED, ("given",))


def test_the_same_decision_has_the_same_digest() -> None:
    rule = book().rule("CMP-018")
    version = rule.versions[0]
    one, two = (decide(rule, version, {"representatives": 6}) for _ in range(2))
    assert one.digest == two.digest
    assert one.digest != decide(rule, version, {"representatives": 5}).digest


def test_every_room_has_its_rules() -> None:
    assert {rule.room for rule in book()} >= {"complaints", "privacy", "marketing", "review", "recordings"}


def test_consent_to_messages_binds_from_the_consumer_law_on() -> None:
    place = "L01@2014-03-15:29.3"
    for rule in ("MKT-008", "MKT-009"):
        assert book().at(date(2014, 3, 14)).get(rule) is None
        for on in (
            date(2014, 3, 15),
            date(2015, 8, 31),
            date(2015, 9, 1),
            date(2023, 3, 1),
            date(2026, 3, 1),
        ):
            assert place in cites(rule, on)
    assert "L06@2015-09-01:43.1" not in cites("MKT-008", date(2015, 8, 31))
    assert "N01@2023-03-01:40" not in cites("MKT-009", date(2023, 2, 28))


def test_rules_on_texts_nobody_holds_are_not_called_verified() -> None:
    for rule in ("DR-001", "DR-006"):
        for version in book().rule(rule).versions:
            assert version.confidence is Confidence.LIKELY
