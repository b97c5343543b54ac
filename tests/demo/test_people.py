"""The demo bank's tree and its accounts."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from xiaobao.base.people.models import User
from xiaobao.base.people.values import PARENTS, OrgKind
from xiaobao.demo import people
from xiaobao.demo.cast import CAST, PASSWORD
from xiaobao.kernel.roles import Role


def test_the_tree_has_256_outlets_and_parents_before_children() -> None:
    kinds: dict[str, OrgKind] = {}
    for code, _, kind, parent in people.tree():
        assert not parent or kinds[parent] in PARENTS[kind]
        kinds[code] = kind
    counted = Counter(kinds.values())
    assert counted[OrgKind.OUTLET] == 256
    assert counted[OrgKind.BRANCH] == 16
    assert counted[OrgKind.HEAD_OFFICE] == 1


def test_no_two_units_share_a_name() -> None:
    names = Counter(name for _, name, _, _ in people.tree())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_unit_has_somebody_who_can_take_its_complaints() -> None:
    posts = {(unit, role) for _, _, unit, role, _ in people.accounts(random.Random(1))}
    for number in range(1, 17):
        branch = f"B{number:02d}"
        assert {(branch, Role.HANDLER), (branch, Role.UNIT_HEAD), (f"{branch}D1", Role.OFFICER)} <= posts


def test_usernames_are_used_once() -> None:
    names = Counter(username for username, *_ in people.accounts(random.Random(1)))
    assert max(names.values()) == 1


@pytest.mark.django_db
def test_seeding_makes_the_bank_and_only_the_cast_can_sign_in() -> None:
    bank = people.seed(random.Random(1), lambda: None)
    assert len(bank.paths) == 366
    assert sum(len(outlets) for outlets in bank.outlets.values()) == 256
    able = {user.username for user in User.objects.all() if user.has_usable_password()}
    assert able == {person.username for person in CAST}
    assert User.objects.get(username="officer").check_password(PASSWORD)


@pytest.mark.django_db
def test_the_seeded_bank_can_be_read_back() -> None:
    bank = people.seed(random.Random(1), lambda: None)
    again = people.load()
    assert again.paths == bank.paths
    assert again.outlets == bank.outlets
    assert again.staff == bank.staff
