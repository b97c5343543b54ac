from __future__ import annotations

import pytest

from tests.factories import people as make
from xiaobao.base.people import selectors
from xiaobao.base.people.values import NOWHERE, OrgKind, path_range
from xiaobao.kernel.roles import ADMIN_ROLES, Role

HEAD, OFFICE, BRANCH, OUTLET = "0001.", "0001.0002.", "0001.0007.", "0001.0007.0003."


@pytest.mark.parametrize(
    ("roles", "path", "kind", "scope"),
    [
        ({Role.OFFICER}, OFFICE, OrgKind.DEPARTMENT, HEAD),
        ({Role.LEADER}, OFFICE, OrgKind.DEPARTMENT, HEAD),
        ({Role.EXECUTIVE}, HEAD, OrgKind.HEAD_OFFICE, HEAD),
        ({Role.OFFICER}, "0001.0007.0009.", OrgKind.DEPARTMENT, BRANCH),
        ({Role.OFFICER}, OUTLET, OrgKind.OUTLET, OUTLET),
        ({Role.HANDLER}, OFFICE, OrgKind.DEPARTMENT, OFFICE),
        ({Role.HANDLER}, OUTLET, OrgKind.OUTLET, OUTLET),
        ({Role.UNIT_HEAD}, BRANCH, OrgKind.BRANCH, BRANCH),
        ({Role.INTERNAL_AUDIT}, OFFICE, OrgKind.DEPARTMENT, HEAD),
        ({Role.EXAMINER}, OFFICE, OrgKind.DEPARTMENT, HEAD),
        (set(), OUTLET, OrgKind.OUTLET, OUTLET),
        *(({role}, OFFICE, OrgKind.DEPARTMENT, NOWHERE) for role in sorted(ADMIN_ROLES)),
    ],
)
def test_how_far_each_post_sees(roles, path, kind, scope):
    assert selectors.scope_of(frozenset(roles), path, kind) == scope


@pytest.mark.parametrize("path", [HEAD, OFFICE, BRANCH, OUTLET, "0001.0070.", "0001.9999.9999.9999."])
@pytest.mark.parametrize("scope", ["", HEAD, OFFICE, BRANCH, OUTLET, NOWHERE])
def test_the_range_holds_exactly_the_prefix(path, scope):
    low, high = path_range(scope)
    assert (low <= path < high) is path.startswith(scope)


def test_the_range_is_the_same_under_a_collation_that_ignores_dots():
    def folded(text):
        return text.replace(".", "")

    low, high = (folded(text) for text in path_range(BRANCH))
    assert low <= folded(OUTLET) < high
    assert not low <= folded("0001.0008.") < high


@pytest.mark.django_db
def test_the_databases_range_agrees_with_the_prefix():
    bank = make.bank()
    codes = [unit.code for unit in selectors.org_tree(bank.branch.path)]
    assert codes == ["B1", "B1-01"]
    assert not selectors.org_tree(NOWHERE).exists()


@pytest.mark.django_db
def test_people_with_a_role_are_found_at_the_unit_and_below():
    bank = make.bank()
    make.user("zhou", bank.branch, Role.UNIT_HEAD)
    chen = make.user("chen", bank.outlet, Role.HANDLER)
    make.user("away", bank.sibling_outlet, Role.HANDLER)
    assert not selectors.users_with_role(Role.HANDLER, bank.branch.path).exists()
    assert list(selectors.users_with_role(Role.HANDLER, bank.branch.path, below=True)) == [chen]


@pytest.mark.django_db
def test_disabled_people_hold_no_role():
    bank = make.bank()
    chen = make.user("chen", bank.outlet, Role.HANDLER)
    chen.is_active = False
    chen.save()
    assert not selectors.users_with_role(Role.HANDLER, bank.outlet.path).exists()
