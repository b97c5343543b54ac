"""Terms, roles, identity and errors: the words everything else is written in."""

from __future__ import annotations

import pytest

from xiaobao.kernel.errors import InvalidInput, NotFound, RuleBroken, XiaobaoError
from xiaobao.kernel.identity import system_actor, within
from xiaobao.kernel.roles import ADMIN_ROLES, Role, conflicting
from xiaobao.kernel.terms import Term


class Colour(Term):
    RED = "red", "红"
    BLUE = "blue", "蓝"


def test_a_term_is_stored_in_english_and_shown_in_chinese() -> None:
    assert (Colour.RED, Colour("red").label, f"{Colour.BLUE}") == ("red", "红", "blue")
    assert Colour.choices() == [("red", "红"), ("blue", "蓝")]


def test_an_unknown_value_shows_itself() -> None:
    assert Colour.label_of("green") == "green"


@pytest.mark.parametrize("admin", sorted(ADMIN_ROLES))
def test_admin_posts_exclude_every_other(admin: Role) -> None:
    assert not conflicting(frozenset({admin}))
    assert all(conflicting(frozenset({admin, other})) for other in Role if other is not admin)


def test_ordinary_posts_go_together() -> None:
    assert not conflicting(frozenset({Role.OFFICER, Role.HANDLER}))


def test_a_scope_is_a_subtree_and_not_a_neighbour() -> None:
    assert within("0001.0007.0003.", "0001.0007.")
    assert not within("0001.00071.", "0001.0007.")


def test_the_system_sees_all_and_is_named() -> None:
    actor = system_actor("nightly")
    assert actor.sees("0001.0007.")
    assert (actor.name, actor.has(Role.SYSTEM), actor.has(Role.OFFICER)) == ("nightly", True, False)


def test_an_error_carries_code_facts_and_sentence() -> None:
    error = InvalidInput("day.unreadable", field="received_on", say="日期无法识别")
    assert (error.status, error.field, str(error)) == (400, "received_on", "day.unreadable: 日期无法识别")
    assert str(NotFound("complaint")) == "complaint"


def test_a_broken_rule_names_rule_and_source() -> None:
    error = RuleBroken("CMP-005", source="N00:18.1")
    assert (error.code, error.rule, error.source, error.status) == (
        "rule.CMP-005",
        "CMP-005",
        "N00:18.1",
        422,
    )


def test_every_family_has_its_own_status() -> None:
    statuses = [
        family.status for family in XiaobaoError.__subclasses__() if family.__module__.startswith("xiaobao")
    ]
    assert len(statuses) == len(set(statuses))
