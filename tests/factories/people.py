"""A small bank and its people, built through the services: the named cast of the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xiaobao.base.people import services
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.selectors import actor_of
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.kernel.roles import Role

BUILDER = system_actor("测试搭建", via="test")
PASSWORD = "correct horse battery"


def org(code: str, kind: str, parent: OrgUnit | None = None, name: str = "") -> OrgUnit:
    """One unit."""
    return services.org_create(
        actor=BUILDER, code=code, name=name or code, kind=kind, parent_path=parent.path if parent else ""
    )


def user(username: str, unit: OrgUnit, *roles: Role, name: str = "", password: str | None = None) -> User:
    """One account; with a password it can sign in."""
    return services.user_create(
        actor=BUILDER,
        username=username,
        display_name=name or username,
        org_path=unit.path,
        roles=roles,
        password=password,
    )


def actor(person: User, **facts: Any) -> Actor:
    """The person as an actor."""
    return actor_of(person, **facts)


@dataclass(frozen=True, slots=True)
class Bank:
    """Head office with its consumer-protection office; two branches, each with an outlet."""

    head: OrgUnit
    office: OrgUnit
    branch: OrgUnit
    outlet: OrgUnit
    sibling: OrgUnit
    sibling_outlet: OrgUnit


def bank() -> Bank:
    """The tree every test of scope stands on."""
    head = org("HQ", "head_office", name="总行")
    branch = org("B1", "branch", head, "省分行")
    sibling = org("B2", "branch", head, "邻省分行")
    return Bank(
        head=head,
        office=org("CP", "department", head, "消费者权益保护部"),
        branch=branch,
        outlet=org("B1-01", "outlet", branch, "人民路支行"),
        sibling=sibling,
        sibling_outlet=org("B2-01", "outlet", sibling, "解放路支行"),
    )
