"""A change of the law: what it touches, who reads it again, how that ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import people as make
from tests.impact import change
from tests.law import library
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.impact import cases, selectors, services
from xiaobao.base.impact.models import Review, ReviewState
from xiaobao.base.inbox.models import Task
from xiaobao.base.rulebook.uses import LeanerKind
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role
from xiaobao.rules.book import RuleBook, book

WHICH = {"code": "L11", "old": change.OLD_DAY, "new": change.NEW_DAY}


@pytest.fixture
def officer(db: None, tmp_path: Path) -> Actor:
    library.take(change.write(tmp_path))
    bank = make.bank()
    return make.actor(make.user("officer", bank.office, Role.OFFICER))


def without_new_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule book as it stood before anybody wrote the new law down."""
    rule = book().rule("PI-016")
    older = rule._replace(versions=(rule.versions[0]._replace(until=None),))
    rules = [older if one.id == rule.id else one for one in book()]
    stale = RuleBook(rules)
    monkeypatch.setattr(selectors, "book", lambda: stale)


def test_the_three_layers_of_a_change(officer: Actor) -> None:
    found = selectors.impact_show(actor=officer, **WHICH)
    assert {key: found.diff.counts[key] for key in ("same", "moved", "amended", "new", "gone")} == {
        "same": 0, "moved": 1, "amended": 1, "new": 1, "gone": 0,
    }  # fmt: skip
    rule = next(one for one in found.touched if one.kind is LeanerKind.RULE)
    assert (rule.key, rule.renewed) == ("PI-016", True)
    assert [(p.old, p.change, p.new) for p in rule.places] == [
        ("第十九条第三款", "amended", "第三十四条第三款")
    ]
    assert rule.places[0].new_cite == "L11@2025-01-01:34.3"
    assert found.books == (date(2024, 12, 31), date(2025, 1, 1))
    assert found.compared.differences


def test_what_uses_the_rule_leans_too(officer: Actor) -> None:
    kinds = {one.kind for one in selectors.impact_show(actor=officer, **WHICH).touched}
    assert {LeanerKind.RULE, LeanerKind.CALCULATOR, LeanerKind.TEST} <= kinds


def test_an_overlay_leans_on_its_rules(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    overlay = cases.Overlay("本行1号", "保存十五年", ("PI-016",))
    monkeypatch.setattr(cases, "_overlays", [lambda: [overlay]])
    found = selectors.impact_show(actor=officer, **WHICH)
    assert [one.title for one in found.touched if one.kind is LeanerKind.OVERLAY] == ["保存十五年"]


def test_a_rule_with_a_new_version_needs_no_task(officer: Actor) -> None:
    made = services.impact_open(actor=officer, **WHICH)
    assert {one.state for one in made} == {ReviewState.RENEWED}
    assert not Task.objects.filter(kind="impact").exists()


def test_each_leaning_thing_gets_a_task_and_a_journal_entry(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_new_version(monkeypatch)
    made = services.impact_open(actor=officer, **WHICH)
    assert {one.kind for one in made} >= {"rule", "calculator"}
    tasks = Task.objects.filter(kind="impact")
    assert tasks.count() == len(made)
    assert {task.role for task in tasks} == {Role.OFFICER.value}
    assert "第十九条第三款 → 第三十四条第三款" in tasks[0].title
    assert AuditEntry.objects.filter(tag="impact:review:open").count() == len(made)


def test_opening_twice_makes_nothing_twice(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    without_new_version(monkeypatch)
    assert services.impact_open(actor=officer, **WHICH)
    assert services.impact_open(actor=officer, **WHICH) == []


def test_read_again_and_the_same_closes_review_and_task(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_new_version(monkeypatch)
    review = services.impact_open(actor=officer, **WHICH)[0]
    closed = services.review_close(actor=officer, review_id=review.pk, note="对照第三十四条，不用改")
    assert (closed.state, closed.closed_by) == (ReviewState.SAME, officer.name)
    assert Task.objects.get(key=review.task).state == "closed"
    entry = AuditEntry.objects.get(tag="impact:review:close")
    assert "对照第三十四条" in entry.body
    with pytest.raises(IllegalStep, match=r"impact\.review\.closed"):
        services.review_close(actor=officer, review_id=review.pk, note="再看一次，不用改")


def test_a_new_version_closes_what_waits_for_it(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        without_new_version(before)
        made = services.impact_open(actor=officer, **WHICH)
        assert services.reviews_renew(ports.now()) == {"renewed": 0}
    assert services.reviews_renew(ports.now()) == {"renewed": len(made)}
    assert set(Review.objects.values_list("state", flat=True)) == {ReviewState.RENEWED.value}
    assert not Task.objects.filter(kind="impact", state="open").exists()
    assert services.reviews_renew(ports.now()) == {"renewed": 0}


@pytest.mark.parametrize("note", ["", "  ", "看过了"])
def test_a_note_that_says_nothing_is_refused(
    officer: Actor, monkeypatch: pytest.MonkeyPatch, note: str
) -> None:
    without_new_version(monkeypatch)
    review = services.impact_open(actor=officer, **WHICH)[0]
    with pytest.raises(InvalidInput, match=r"impact\.review\.note"):
        services.review_close(actor=officer, review_id=review.pk, note=note)
    review.refresh_from_db()
    assert review.state == ReviewState.OPEN


def test_only_the_office_opens_and_closes(officer: Actor) -> None:
    handler = replace(officer, roles=frozenset({Role.HANDLER}))
    for call in (
        lambda: services.impact_open(actor=handler, **WHICH),
        lambda: services.review_close(actor=handler, review_id=1, note="对照第三十四条"),
        lambda: selectors.impact_show(actor=handler, **WHICH),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_a_review_nobody_opened_is_not_found(officer: Actor) -> None:
    with pytest.raises(NotFound, match=r"impact\.review\.missing"):
        services.review_close(actor=officer, review_id=1, note="对照第三十四条")


@pytest.mark.django_db(transaction=True)
def test_a_law_that_replaces_one_opens_its_reviews(tmp_path: Path) -> None:
    from xiaobao.site.wiring import connect

    connect()
    change.take_old(tmp_path)
    assert not Review.objects.exists()
    change.take_new(tmp_path)
    assert set(Review.objects.values_list("kind", flat=True)) >= {"rule"}
    change.take_new(tmp_path)
    assert Review.objects.filter(kind="rule").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_first_import_of_a_library_opens_nothing(tmp_path: Path) -> None:
    from xiaobao.site.wiring import connect

    connect()
    library.take(change.write(tmp_path))
    assert not Review.objects.exists()
