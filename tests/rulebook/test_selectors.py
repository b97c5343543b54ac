"""The law on a day, a rule's history, and what changed between two days."""

from __future__ import annotations

from datetime import date

import pytest

from xiaobao.base.rulebook import selectors
from xiaobao.base.rulebook.values import Became, Filters, Standing
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.rules.book import book
from xiaobao.rules.values import Confidence, Kind

TODAY = date(2026, 11, 23)


def ids(**filters: object) -> list[str]:
    return [row.rule.id for row in selectors.rules_list(Filters(TODAY, **filters))]  # type: ignore[arg-type]


def test_without_a_filter_every_rule_is_there() -> None:
    assert ids() == [rule.id for rule in book()]


@pytest.mark.parametrize(
    ("on", "standing"),
    [(date(2026, 9, 29), Standing.FUTURE), (date(2026, 9, 30), Standing.IN_FORCE)],
)
def test_a_coming_rule_binds_from_its_first_day(on: date, standing: Standing) -> None:
    assert selectors.row_of(book().rule("MKT-013"), on).standing is standing


def test_a_rule_is_shown_in_the_version_of_the_day() -> None:
    row = selectors.row_of(book().rule("PI-017"), date(2025, 12, 31))
    assert row.version.cites[0].full.startswith("L04@2017-06-01:21")
    assert selectors.row_of(book().rule("PI-017"), date(2026, 1, 1)).version.name == "2026-01-01"


def test_filters_narrow_together() -> None:
    found = selectors.rules_list(Filters(TODAY, room="marketing", kind=Kind.SCAN))
    assert {(row.rule.room, row.rule.kind) for row in found} == {("marketing", Kind.SCAN)}
    assert "MKT-001" in [row.rule.id for row in found]


def test_the_unread_are_those_not_verified() -> None:
    unread = set(ids(confidence="unverified"))
    assert unread == set(ids(confidence="likely")) | set(ids(confidence="memory"))
    assert unread
    assert not unread & set(ids(confidence="verified"))


def test_standing_depends_on_the_day() -> None:
    early = selectors.rules_list(Filters(date(2019, 1, 1), standing=Standing.IN_FORCE))
    assert 0 < len(early) < len(book())
    assert all(row.rule.at(date(2019, 1, 1)) for row in early)


@pytest.mark.parametrize(
    ("words", "rule"), [("cmp-003", "CMP-003"), ("脱敏 不存在", ""), ("72小时", "PI-010")]
)
def test_words_are_looked_for_in_number_title_and_summary(words: str, rule: str) -> None:
    assert ids(words=words) == ([rule] if rule else [])


def test_the_history_tells_what_each_version_changed() -> None:
    newest, oldest = selectors.history(book().rule("PI-016"), TODAY)
    assert (newest.standing, oldest.standing) == (Standing.IN_FORCE, Standing.ENDED)
    kept = next(edit for edit in newest.edits if edit.label == "至少保存")
    assert "自业务关系结束起5年" in kept.old
    assert "自业务关系结束起10年" in kept.new
    assert oldest.edits == ()


def test_of_a_list_only_the_difference_is_told() -> None:
    newest = selectors.history(book().rule("PI-004"), TODAY)[0]
    edit = next(one for one in newest.edits if one.label == "须同时满足")
    assert (edit.old, edit.new) == ("", "没有“明确拒绝后频繁征求同意”的情形")


def test_changes_are_those_of_the_days_after_the_first() -> None:
    found = {one.rule.id: one for one in selectors.changes_between(date(2025, 12, 31), date(2026, 1, 1))}
    assert set(found) == {"PI-017"}
    assert found["PI-017"].became is Became.CHANGED
    assert not selectors.changes_between(date(2026, 1, 1), date(2026, 1, 31))


def test_a_new_rule_is_begun() -> None:
    (found,) = (
        one
        for one in selectors.changes_between(date(2026, 9, 29), date(2026, 9, 30))
        if one.rule.id == "MKT-013"
    )
    assert (found.became, found.old, found.on) == (Became.BEGUN, None, (date(2026, 9, 30),))


def test_every_change_day_shows_a_change() -> None:
    from datetime import timedelta

    assert all(selectors.changes_between(day - timedelta(1), day) for day in selectors.change_days())


def test_an_ended_rule_is_told() -> None:
    from xiaobao.rules.book import RuleBook

    rule = book().rule("CMP-003")
    ended = rule._replace(versions=(rule.versions[0]._replace(until=date(2026, 1, 1)),))
    (found,) = selectors.changes_between(date(2025, 1, 1), date(2026, 2, 1), RuleBook([ended]))
    assert (found.became, found.new) == (Became.ENDED, None)
    assert selectors.row_of(ended, date(2026, 2, 1)).standing is Standing.ENDED


def test_reversed_days_are_refused() -> None:
    with pytest.raises(InvalidInput, match=r"rulebook.dates_reversed"):
        selectors.changes_between(date(2026, 1, 2), date(2026, 1, 1))


def test_a_version_is_found_by_its_name_else_by_the_day() -> None:
    rule = book().rule("PI-016")
    assert selectors.version_shown(rule, TODAY, "2007-01-01").confidence in set(Confidence)
    assert selectors.version_shown(rule, TODAY) == rule.versions[-1]
    with pytest.raises(NotFound, match=r"rulebook.version"):
        selectors.version_shown(rule, TODAY, "1999-01-01")
