"""The book refuses what would surprise at run time, and answers for the day asked."""

from __future__ import annotations

from datetime import date

import pytest

from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.rules.book import BookError, RuleBook, book, book_for
from xiaobao.rules.kinds.clock import ClockParams
from xiaobao.rules.values import Kind, Rule
from xiaobao.rules.writing import cite, version

BASIS = (cite("N00@2020-03-01:18.1"),)


def rule(*spans: tuple[str, str | None], cites: tuple = BASIS, **more: str) -> Rule:  # type: ignore[type-arg]
    versions = tuple(
        version(since, ClockParams("received_on", 15), cites, (), until=until, **more)
        for since, until in spans
    )
    return Rule("T-001", Kind.CLOCK, "complaints", "测试", versions)


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        (rule(("2020-01-01", None), ("2021-01-01", None)), "book.overlap"),
        (rule(("2020-01-01", "2021-06-01"), ("2021-01-01", None)), "book.overlap"),
        (rule(("2020-01-01", "2020-06-01"), ("2021-01-01", None)), "book.gap"),
        (rule(("2020-01-01", "2019-06-01")), "book.dates_reversed"),
        (rule(("2020-01-01", None), cites=()), "book.no_cite"),
        (rule(), "book.no_version"),
    ],
)
def test_refuses_to_load(faulty: Rule, code: str) -> None:
    with pytest.raises(BookError) as caught:
        RuleBook([faulty])
    assert caught.value.code == code
    assert "T-001" in caught.value.say


def test_refuses_an_id_used_twice() -> None:
    one = rule(("2020-01-01", None))
    with pytest.raises(BookError, match="出现两次"):
        RuleBook([one, one])


def test_a_declared_gap_is_allowed() -> None:
    found = RuleBook([rule(("2020-01-01", "2020-06-01"), ("2021-01-01", None), transition="暂停施行")])
    assert found.rules["T-001"].at(date(2020, 8, 1)) is None


def test_unknown_rule_is_named() -> None:
    with pytest.raises(NotFound, match="CMP-999"):
        book().get("CMP-999", date(2026, 1, 1))


def test_a_day_before_the_rule_says_since_when() -> None:
    with pytest.raises(InvalidInput, match="第一版自2020-03-01起"):
        book().get("CMP-003", date(2020, 2, 29))


def test_the_future_is_silent_until_its_day() -> None:
    assert "CMP-034" not in book().at(date(2025, 5, 31))
    assert "CMP-034" in book().at(date(2025, 6, 1))


def test_asking_twice_gives_the_same_snapshot() -> None:
    assert book().at(date(2026, 1, 10)) is book().at(date(2026, 1, 11))


def test_a_rules_own_shelf_answers_like_the_whole_book() -> None:
    for rule in book():
        assert book_for(rule.id).rule(rule.id) is rule
    assert book_for("ZZZ-001") is book()
