"""The three admin posts: each alone, and nobody's second post."""

from __future__ import annotations

import itertools

import pytest

from xiaobao.kernel.roles import ADMIN_ROLES, Role, conflicting

ADMINS = {"system_admin", "audit_admin", "security_admin"}


def test_there_are_three_admin_posts() -> None:
    assert {role.value for role in ADMIN_ROLES} == ADMINS


@pytest.mark.parametrize("size", [0, 1])
def test_no_post_and_one_post_never_conflict(size: int) -> None:
    assert not any(conflicting(frozenset(held)) for held in itertools.combinations(Role, size))


@pytest.mark.parametrize("size", [2, 3])
def test_posts_held_together_conflict_exactly_when_one_of_them_is_an_admins(size: int) -> None:
    for held in itertools.combinations(Role, size):
        assert conflicting(frozenset(held)) is any(role.value in ADMINS for role in held), held


def test_every_post_has_a_chinese_name_of_its_own() -> None:
    labels = [role.label for role in Role]
    assert len(set(labels)) == len(labels) == 12
    assert not any(label.isascii() for label in labels)
