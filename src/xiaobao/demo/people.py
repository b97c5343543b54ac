"""Seeds the room `people`: the tree of the bank and everybody who works on complaints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xiaobao.base.people import selectors, services
from xiaobao.base.people.models import User
from xiaobao.base.people.values import OrgKind
from xiaobao.demo.cast import CAST, PASSWORD
from xiaobao.demo.names import (
    BANK,
    BRANCHES,
    DEPARTMENTS,
    FAMILY,
    GIVEN,
    OUTLETS_PER_SUB_BRANCH,
    STREETS,
)
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.kernel.roles import Role

if TYPE_CHECKING:
    import random

HANDLERS_PER_BRANCH = 2
HANDLING_DEPARTMENTS = ("D02", "D03", "D04", "D05", "D06", "D07", "D09")


@dataclass(slots=True)
class Bank:
    """The seeded tree: path by code, outlet codes by branch code, and the people by post."""

    paths: dict[str, str] = field(default_factory=dict)
    outlets: dict[str, list[str]] = field(default_factory=dict)
    staff: dict[str, Actor] = field(default_factory=dict)

    def unit_of(self, code: str) -> str:
        """Path of the unit of this code."""
        return self.paths[code]


def seed(rng: random.Random, step: Callable[[], None]) -> Bank:
    """The bank's tree and accounts, made through the services; `step` is called after each unit."""
    bank = Bank()
    for code, name, kind, parent in tree():
        unit = services.org_create(
            actor=system_actor("demo", via="demo"),
            code=code,
            name=name,
            kind=kind,
            parent_path=bank.paths.get(parent, ""),
        )
        bank.paths[code] = unit.path
        if kind is OrgKind.OUTLET:
            bank.outlets.setdefault(code[:3], []).append(code)
        step()
    for username, name, place, role, password in accounts(rng):
        bank.staff[username] = _account(bank, username, name, (place, role), password)
    return bank


def load() -> Bank:
    """The bank as it was seeded, read back from the database."""
    bank = Bank()
    for unit in selectors.org_tree(""):
        bank.paths[unit.code] = unit.path
        if unit.kind == OrgKind.OUTLET:
            bank.outlets.setdefault(unit.code[:3], []).append(unit.code)
    bank.staff = {user.username: selectors.actor_of(user, via="demo") for user in User.objects.all()}
    return bank


def tree() -> Iterator[tuple[str, str, OrgKind, str]]:
    """Code, name, kind and code of the parent, parents first: 1 + 13 + 16 x (1 + 1 + 4) units and 256 outlets."""
    yield "HO", f"{BANK}总行", OrgKind.HEAD_OFFICE, ""
    for code, name in DEPARTMENTS.items():
        yield code, name, OrgKind.DEPARTMENT, "HO"
    for number, (city, districts) in enumerate(BRANCHES.items(), 1):
        branch = f"B{number:02d}"
        yield branch, f"{city}分行", OrgKind.BRANCH, "HO"
        yield f"{branch}D1", f"{city}分行消保部", OrgKind.DEPARTMENT, branch
        for place, district in enumerate(districts):
            yield from _sub_branch(branch, place, f"{city}{district}")


def _sub_branch(branch: str, place: int, name: str) -> Iterator[tuple[str, str, OrgKind, str]]:
    code = f"{branch}{place + 1:02d}"
    yield code, f"{name}支行", OrgKind.SUB_BRANCH, branch
    for number in range(OUTLETS_PER_SUB_BRANCH[place]):
        street = STREETS[(int(branch[1:]) + place * 4 + number) % len(STREETS)]
        outlet = f"{name}支行营业部" if number == 0 else f"{name}{street}网点"
        yield f"{code}{number + 1:02d}", outlet, OrgKind.OUTLET, code


def accounts(rng: random.Random) -> Iterator[tuple[str, str, str, Role, str | None]]:
    """Username, name, unit, role and password: the cast can sign in, the others work behind the scene."""
    for person in CAST:
        yield person.username, person.name, person.unit, person.role, PASSWORD
    for number, code in enumerate(HANDLING_DEPARTMENTS, 1):
        yield f"head{number:02d}", person_name(rng), code, Role.UNIT_HEAD, None
        yield f"desk{number:02d}", person_name(rng), code, Role.HANDLER, None
    for number in range(1, len(BRANCHES) + 1):
        branch = f"B{number:02d}"
        if number > 1:
            yield f"{branch.lower()}.head", person_name(rng), branch, Role.UNIT_HEAD, None
            yield f"{branch.lower()}.officer", person_name(rng), f"{branch}D1", Role.OFFICER, None
        for desk in range(1, HANDLERS_PER_BRANCH + 1):
            yield f"{branch.lower()}.desk{desk}", person_name(rng), branch, Role.HANDLER, None
    yield "office2", "方静", "D01", Role.OFFICER, None
    yield "gateway", "客服平台接口", "D07", Role.INTEGRATION, None


def person_name(rng: random.Random) -> str:
    """An invented name of two or three characters."""
    return rng.choice(FAMILY) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))


def _account(bank: Bank, username: str, name: str, post: tuple[str, Role], password: str | None) -> Actor:
    unit, role = post
    user = services.user_create(
        actor=system_actor("demo", via="demo"),
        username=username,
        display_name=name,
        org_path=bank.paths[unit],
        roles=[role],
        password=password,
    )
    return selectors.actor_of(user, via="demo")
