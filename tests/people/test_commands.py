from __future__ import annotations

import pytest

from tests.factories import people as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.people import selectors, services
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.roles import Role


@pytest.fixture
def bank(db):
    return make.bank()


@pytest.fixture
def sysadmin(bank):
    return make.actor(make.user("root1", bank.office, Role.SYSTEM_ADMIN))


@pytest.fixture
def secadmin(bank):
    return make.actor(make.user("sec1", bank.office, Role.SECURITY_ADMIN))


def last():
    return AuditEntry.objects.latest("pk")


def refused(error, code, call, /, **facts):
    with pytest.raises(error) as caught:
        call(**facts)
    assert caught.value.code == code


# ---- units -----------------------------------------------------------------------------------


def test_paths_name_everything_above(bank):
    assert bank.head.path == "0001."
    assert bank.outlet.path == bank.branch.path + "0001."


def test_a_unit_of_256_siblings_keeps_distinct_paths(bank):
    for number in range(256):
        make.org(f"X{number}", "outlet", bank.sibling)
    paths = OrgUnit.objects.filter(parent=bank.sibling).values_list("path", flat=True)
    assert len(set(paths)) == 257


def test_moving_a_unit_takes_its_whole_subtree_along(bank, sysadmin):
    sub = make.org("S1", "sub_branch", bank.branch)
    make.org("S1-1", "outlet", sub)
    services.org_move(actor=sysadmin, path=sub.path, to=bank.sibling.path)
    sub.refresh_from_db()
    child = OrgUnit.objects.get(code="S1-1")
    assert sub.path == bank.sibling.path + "0002."
    assert child.path == sub.path + "0001."
    assert sub.parent_id == bank.sibling.pk


def test_a_moved_units_people_act_from_the_new_place(bank, sysadmin):
    chen = make.user("chen", bank.outlet, Role.HANDLER)
    services.org_move(actor=sysadmin, path=bank.outlet.path, to=bank.sibling.path)
    assert selectors.actor_of(User.objects.get(pk=chen.pk)).scope.startswith(bank.sibling.path)


def test_a_unit_never_moves_into_itself(bank, sysadmin):
    refused(
        IllegalStep,
        "people.org.into_itself",
        services.org_move,
        actor=sysadmin,
        path=bank.branch.path,
        to=bank.outlet.path,
    )


def test_there_is_one_head_office(bank):
    refused(
        InvalidInput,
        "people.org.no_parent",
        services.org_create,
        actor=make.BUILDER,
        code="HQ2",
        name="另一总行",
        kind="head_office",
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"code": "B1"}, "people.org.code_taken"),
        ({"kind": "planet"}, "people.org.unknown_kind"),
        ({"kind": "branch"}, "people.org.wrong_parent"),
        ({"name": "  "}, "people.org.unnamed"),
    ],
)
def test_a_unit_is_refused_with_its_field(bank, sysadmin, facts, code):
    given = {"code": "N1", "name": "新网点", "kind": "outlet", "parent_path": bank.branch.path, **facts}
    refused(InvalidInput, code, services.org_create, actor=sysadmin, **given)


def test_a_unit_with_people_is_not_closed(bank, sysadmin):
    make.user("chen", bank.outlet, Role.HANDLER)
    refused(IllegalStep, "people.org.not_empty", services.org_close, actor=sysadmin, path=bank.outlet.path)


def test_an_empty_unit_is_closed_and_recorded(bank, sysadmin):
    assert not services.org_close(actor=sysadmin, path=bank.outlet.path).is_active
    assert last().tag == "people:org:close"


def test_business_posts_make_no_units(bank):
    zhou = make.actor(make.user("zhou", bank.branch, Role.UNIT_HEAD))
    refused(
        NotAllowed,
        "people.not_allowed",
        services.org_create,
        actor=zhou,
        code="N1",
        name="新网点",
        kind="outlet",
        parent_path=bank.branch.path,
    )


# ---- accounts --------------------------------------------------------------------------------


def test_system_admin_makes_accounts_without_roles(bank, sysadmin):
    made = services.user_create(
        actor=sysadmin, username="Chen", display_name="小陈", org_path=bank.outlet.path
    )
    assert (made.username, made.roles, made.has_usable_password()) == ("chen", [], False)
    assert last().tag == "people:user:create"


def test_system_admin_grants_nothing(bank, sysadmin):
    facts = {"username": "chen", "display_name": "小陈", "org_path": bank.outlet.path, "roles": [Role.LEADER]}
    refused(NotAllowed, "people.not_allowed", services.user_create, actor=sysadmin, **facts)


def test_security_admin_makes_no_accounts(bank, secadmin):
    facts = {"username": "chen", "display_name": "小陈", "org_path": bank.outlet.path}
    refused(NotAllowed, "people.not_allowed", services.user_create, actor=secadmin, **facts)


def test_nobody_grants_to_oneself(bank, secadmin):
    refused(
        NotAllowed,
        "people.roles.own",
        services.user_change_roles,
        actor=secadmin,
        user_id=secadmin.user_id,
        roles=[Role.SYSTEM_ADMIN],
    )


@pytest.mark.parametrize("roles", [["system_admin", "audit_admin"], ["security_admin", "officer"]])
def test_admin_posts_exclude_every_other(bank, secadmin, roles):
    chen = make.user("chen", bank.office)
    refused(
        InvalidInput,
        "people.roles.conflicting",
        services.user_change_roles,
        actor=secadmin,
        user_id=chen.pk,
        roles=roles,
    )


@pytest.mark.parametrize("role", ["internal_audit", "examiner", "executive", "system_admin"])
def test_posts_that_see_the_bank_stay_at_the_head_office(bank, secadmin, role):
    chen = make.user("chen", bank.outlet)
    refused(
        InvalidInput,
        "people.roles.head_office_only",
        services.user_change_roles,
        actor=secadmin,
        user_id=chen.pk,
        roles=[role],
    )


@pytest.mark.parametrize("role", ["system", "king"])
def test_unknown_roles_and_the_machines_own_are_refused(bank, secadmin, role):
    chen = make.user("chen", bank.outlet)
    refused(
        InvalidInput,
        "people.roles.unknown",
        services.user_change_roles,
        actor=secadmin,
        user_id=chen.pk,
        roles=[role],
    )


def test_the_last_security_admin_stays(bank, secadmin):
    make_second = make.user("sys2", bank.office, Role.SYSTEM_ADMIN)
    refused(
        IllegalStep,
        "people.roles.last_admin",
        services.user_disable,
        actor=make.actor(make_second),
        user_id=secadmin.user_id,
    )


def test_change_of_roles_is_recorded_before_and_after(bank, secadmin):
    chen = make.user("chen", bank.outlet, Role.HANDLER)
    services.user_change_roles(
        actor=secadmin, user_id=chen.pk, roles=[Role.UNIT_HEAD], reason="任命文件 12 号"
    )
    facts = last().facts
    assert (facts["before"], facts["after"]) == ({"roles": ["handler"]}, {"roles": ["unit_head"]})
    assert facts["reason"] == "任命文件 12 号"


def test_a_taken_name_is_refused_whatever_its_case(bank, sysadmin):
    make.user("chen", bank.outlet)
    facts = {"username": "CHEN", "display_name": "另一人", "org_path": bank.outlet.path}
    refused(InvalidInput, "people.user.name_taken", services.user_create, actor=sysadmin, **facts)


def test_a_failed_command_leaves_no_trace(bank, sysadmin):
    before = AuditEntry.objects.count()
    facts = {"username": "坏 名", "display_name": "某", "org_path": bank.outlet.path}
    refused(InvalidInput, "people.user.bad_name", services.user_create, actor=sysadmin, **facts)
    assert AuditEntry.objects.count() == before


def test_a_missing_account_and_anothers_read_alike(bank):
    stranger = make.actor(make.user("zhou", bank.branch, Role.UNIT_HEAD))
    chen = make.user("chen", bank.sibling_outlet)
    for user_id in (chen.pk, 999_999):
        refused(NotFound, "people.user.missing", selectors.user_get, actor=stranger, user_id=user_id)


def test_enabling_brings_the_account_back_with_its_roles(bank, sysadmin):
    chen = make.user("chen", bank.outlet, Role.HANDLER)
    services.user_disable(actor=sysadmin, user_id=chen.pk)
    back = services.user_enable(actor=sysadmin, user_id=chen.pk)
    assert (back.is_active, back.roles, back.disabled_at) == (True, ["handler"], None)
