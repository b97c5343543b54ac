"""What the book refuses to load, each with file, row and rule; and two rules that answer alike questions unlike."""

from __future__ import annotations

from typing import Any

import pytest

from xiaobao.rules.book import BookError, RuleBook, book
from xiaobao.rules.checking import check_priorities, exclude, questions, written_at
from xiaobao.rules.kinds.clock import ClockParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import Bound, LimitParams
from xiaobao.rules.kinds.retention import RetentionParams, Span
from xiaobao.rules.values import Condition, Kind, Rule
from xiaobao.rules.writing import cite, no, version, yes

BASIS = (cite("N00@2020-03-01:18.1"),)
OTHER = (cite("P01@2020-11-01:43.3"),)


def made(id_: str, params: Any, **more: Any) -> Rule:
    declared = {name: more.pop(name) for name in ("beats", "strictest") if name in more}
    one = version(more.pop("since", "2020-01-01"), params, more.pop("cites", BASIS), (), **more)
    return Rule(id_, Kind.CLOCK, "complaints", "测试", (one,), **declared)


def clock(length: int) -> ClockParams:
    return ClockParams("received_on", length, say=f"{length}日")


def refused(*rules: Rule) -> BookError:
    with pytest.raises(BookError) as caught:
        RuleBook(rules)
    return caught.value


UNLIKE = [
    (clock(15), clock(30)),
    (RetentionParams((Span("closed_on", 3),)), RetentionParams((Span("closed_on", 5),))),
    (LimitParams((Bound("prize", "最高奖", most=5),)), LimitParams((Bound("prize", "最高奖", most=6),))),
    (GateParams((yes("told", "已告知"),)), GateParams((no("told", "未告知"),))),
]


@pytest.mark.parametrize(("one", "two"), UNLIKE, ids=["clock", "retention", "limit", "gate"])
def test_two_unlike_answers_are_refused_with_both_places(one: Any, two: Any) -> None:
    error = refused(made("T-001", one), made("T-002", two, cites=OTHER))
    assert error.code == "book.two_answers"
    for place in ("T-001", "N00@2020-03-01:18.1", "T-002", "P01@2020-11-01:43.3", "beats", "strictest"):
        assert place in error.say


def test_rules_that_answer_alike_may_stand_beside_each_other() -> None:
    assert len(RuleBook([made("T-001", clock(15)), made("T-002", clock(15))])) == 2


@pytest.mark.parametrize(
    "declared", [{"beats": (("T-001", "特别法"),)}, {"strictest": ("T-001",)}], ids=["beats", "strictest"]
)
def test_a_declared_priority_or_strictest_settles_it(declared: dict[str, Any]) -> None:
    assert len(RuleBook([made("T-001", clock(15)), made("T-002", clock(30), **declared)])) == 2
    assert len(RuleBook([made("T-002", clock(30), **declared), made("T-001", clock(15))])) == 2


def test_rules_of_different_years_or_cases_do_not_meet() -> None:
    old = made("T-001", clock(15), until="2021-01-01")
    assert len(RuleBook([old, made("T-002", clock(30), since="2021-01-01")])) == 2
    easy = made("T-001", clock(15), scope=(Condition("complexity", "==", "simple"),))
    hard = made("T-002", clock(30), scope=(Condition("complexity", "in", ("complex", "special")),))
    assert len(RuleBook([easy, hard])) == 2


def test_one_day_in_common_is_enough() -> None:
    old = made("T-001", clock(15), until="2021-01-02")
    assert refused(old, made("T-002", clock(30), since="2021-01-01")).code == "book.two_answers"


EXCLUDING = [
    (("a", "is", True), ("a", "is", False), True),
    (("a", "is", True), ("b", "is", False), False),
    (("a", "==", 1), ("a", "in", (2, 3)), True),
    (("a", "in", (1, 2)), ("a", "in", (2, 3)), False),
    (("a", ">=", 65), ("a", "<", 65), True),
    (("a", ">=", 65), ("a", "<=", 65), False),
    (("a", "<=", 64), ("a", ">", 65), True),
    (("a", "!=", 64), ("a", "==", 64), False),
]


@pytest.mark.parametrize(("one", "two", "expected"), EXCLUDING)
def test_conditions_that_exclude_each_other(one: Any, two: Any, expected: bool) -> None:
    assert exclude(Condition(*one), Condition(*two)) is expected
    assert exclude(Condition(*two), Condition(*one)) is expected


PRIORITIES = [
    ({"beats": (("T-009", "特别法"),)}, "book.beats_unknown"),
    ({"beats": (("T-001", "我们觉得"),)}, "book.beats_ground"),
    ({"strictest": ("T-009",)}, "book.strictest_unknown"),
]


@pytest.mark.parametrize(("declared", "code"), PRIORITIES)
def test_a_priority_names_a_rule_and_a_ground(declared: dict[str, Any], code: str) -> None:
    rules = {rule.id: rule for rule in (made("T-001", clock(15)), made("T-002", clock(15), **declared))}
    with pytest.raises(BookError) as caught:
        check_priorities(rules)
    assert caught.value.code == code
    assert "T-002" in caught.value.say


def test_two_rules_cannot_win_over_each_other() -> None:
    one = made("T-001", clock(15), beats=(("T-002", "新法"),))
    two = made("T-002", clock(30), beats=(("T-001", "特别法"),))
    with pytest.raises(BookError, match="T-001与T-002互相优先"):
        check_priorities({"T-001": one, "T-002": two})


CITES = [
    ("Z99@2020-03-01:18", "book.no_instrument"),
    ("N00@2019-03-01:18", "book.no_instrument"),
    ("N00@2020-03-01:18.1.2.3.4", "book.no_article"),
    ("N00@2020-03-01:第十八条", "book.no_article"),
    ("N00@2020-03-01:99", "book.no_place"),
    ("N00@2020-03-01:18.5", "book.no_place"),
    ("N00@2020-03-01:29.2.4", "book.no_place"),
    ("N00@2020-03-01:18.1.1", "book.no_place"),
    ("N00@2020-03-01:18-1", "book.no_place"),
    ("N00@2020-03-01:18..46", "book.no_place"),
    ("L21@2021-01-01:462", "book.no_place"),
    ("L11@2007-01-01:38", "book.no_place"),
]


@pytest.mark.parametrize(("place", "code"), CITES)
def test_a_citation_of_nothing_is_refused(place: str, code: str) -> None:
    error = refused(made("T-001", clock(15), cites=(cite(place),)))
    assert (error.code, place in error.say, "T-001版本2020-01-01" in error.say) == (code, True, True)


def test_the_file_and_the_row_are_named() -> None:
    double = book().rule("CMP-013")
    error = refused(double, double)
    assert "proceedings.py第" in error.say
    assert written_at("CMP-013") == error.facts["places"]
    assert written_at("T-001") == ""


def test_the_books_own_questions_that_meet_are_all_ranked() -> None:
    """Were the declarations dropped, the book would not load."""
    bare = [rule._replace(beats=(), strictest=()) for rule in book()]
    assert refused(*bare).code == "book.two_answers"
    assert {rule.id for rule in book() if rule.beats or rule.strictest} == {"CMP-005", "CMP-023", "GOV-007"}


def test_a_rule_that_sets_no_length_answers_nothing() -> None:
    assert questions(book().rule("CMP-002").versions[0]) == set()
