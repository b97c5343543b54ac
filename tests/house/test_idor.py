"""Every address x an object of a sibling node x method x asker: always 404.

Addresses come from the resolver; an argument nobody declared here fails the test, so that a new
page cannot slip by. What each exception rests on stands in a literal table.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.factories import people as make
from tests.house.addresses import Address, addresses
from tests.house.bodies import bodies
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.evidence.services import evidence_store
from xiaobao.base.integrations.services import token_issue
from xiaobao.base.integrations.values import Grant
from xiaobao.base.people.models import User
from xiaobao.base.people.vault import seal
from xiaobao.kernel import ports
from xiaobao.kernel.roles import ADMIN_ROLES, Role
from xiaobao.site.api import api

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CANARY = "金丝雀羽毛"

# (room, argument) -> why it names no object of a node.
NOT_OBJECTS = {
    ("api", "command"): "the name of a step of the lifecycle",
    ("figures", "year"): "a calendar year",
    ("figures", "figure_id"): "a definition of the annual report, the same for the whole bank",
    ("law", "code"): "a law is public and the same for the whole bank",
    ("law", "version"): "the first day of a law's version",
    ("law", "span"): "two versions of a law",
    ("law", "article"): "an article of a law",
    ("impact", "code"): "a law is public and the same for the whole bank",
    ("impact", "span"): "two versions of a law",
    (
        "impact",
        "review_id",
    ): "a re-reading of the rule book, the same for the whole bank; the post is asked first",
    ("rulebook", "rule_id"): "the rule book is the same for the whole bank",
    ("rulebook", "name"): "a calculator, the same for the whole bank",
    ("audit", "size"): "a signed head covers the whole journal; only the audit posts may read it",
}
# Rooms whose gate is closed to a person's session before any object is looked for, and why.
CLOSED_TO_SESSIONS = {
    "api": "the interface reads tokens, never cookies: a signed-in person is a stranger there"
}
# Statuses an address without an object may answer, and why.
PLAIN = {
    200: "the asker's own list, form or page (searched for the canary)",
    204: "nothing to say",
    302: "on to another page",
    303: "on to another page",
    304: "unchanged",
    400: "an empty form",
    401: "a token is needed (interface), or the login ran out",
    403: "the post does not include it; no object is named",
    404: "closed door",
    405: "the method is not served; no object is named",
    409: "the step is not possible now",
    422: "a required value is missing",
}


@dataclass(slots=True)
class Ground:
    """The bank of the test: who owns the hidden objects, and everybody who may not see them."""

    bank: make.Bank
    owner: User
    askers: dict[str, User] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)


def complaint(ground: Ground) -> int:
    """A complaint against the sibling's outlet."""
    from xiaobao.duties.complaints.domain.values import Channel, Intake, Person
    from xiaobao.duties.complaints.services import complaint_receive

    intake = Intake(
        channel=Channel.OUTLET,
        received_at=ports.now(),
        org_code=ground.bank.sibling_outlet.code,
        title=f"{CANARY}收费争议",
        facts=f"客户反映{CANARY}收费不明，要求说明并退还。",
        request="说明并退还",
        product="信用卡",
        persons=(Person(f"王{CANARY}", "13800001234"),),
    )
    return complaint_receive(actor=make.BUILDER, intake=intake).complaint_id


def number(ground: Ground) -> str:
    """The number of that complaint."""
    from xiaobao.duties.complaints.models import Complaint

    return Complaint.objects.get(pk=object_of(ground, "complaint_id")).no


def party(ground: Ground) -> int:
    """The complainant of that complaint."""
    from xiaobao.duties.complaints.models import Party

    return Party.objects.filter(complaint_id=object_of(ground, "complaint_id")).values_list("pk", flat=True)[
        0
    ]


def draft(ground: Ground) -> str:
    """A draft of the owner."""
    from xiaobao.duties.complaints.models import Draft

    return Draft.objects.create(
        key=ports.new_id(), owner_id=ground.owner.pk, sealed=seal("{}"), saved_at=ports.now()
    ).key


def evidence(ground: Ground) -> int:
    """A file of the sibling's outlet."""
    actor = make.actor(ground.owner)
    return evidence_store(
        actor=actor,
        org_path=actor.org_path,
        owner="test:1",
        kind="note",
        name=f"{CANARY}.txt",
        content=b"plain",
    ).pk


def session(ground: Ground) -> int:
    """A session of the owner."""
    return UserSession.objects.create(
        user=ground.owner, ip="10.0.0.9", session_key="k" * 20, user_agent=CANARY
    ).pk


def key(ground: Ground) -> int:
    """A passkey of the owner."""
    kind = Authenticator.Type.WEBAUTHN
    return Authenticator.objects.create(user=ground.owner, type=kind, data={"name": CANARY}).pk


def entry(ground: Ground) -> int:
    """A journal entry about the sibling's outlet."""
    path = ground.bank.sibling_outlet.path
    return AuditEntry.objects.filter(org_path=path).values_list("pk", flat=True)[0]


def broken(ground: Ground) -> int:
    """A broken link of the journal."""
    from xiaobao.base.audit.models import AuditBreak

    facts = {"fingerprint": "f" * 64, "number": 1, "problem": "body", "detail": CANARY}
    return AuditBreak.objects.create(found_at=ports.now(), **facts).pk


def reminder(ground: Ground) -> int:
    """A message in the owner's inbox."""
    from datetime import timedelta

    from xiaobao.base.inbox.models import Reminder
    from xiaobao.base.inbox.services import task_open
    from xiaobao.base.inbox.ticking import tick

    now = ports.now()
    task_open(
        actor=make.BUILDER,
        key="test:1",
        title=CANARY,
        org_path=ground.bank.sibling_outlet.path,
        opened_at=now - timedelta(days=10),
        due_at=now - timedelta(days=1),
        assignee_id=ground.owner.pk,
    )
    tick(now)
    return Reminder.objects.filter(user=ground.owner).values_list("pk", flat=True)[0]


def delivery(ground: Ground) -> int:
    """A delivery that failed."""
    from xiaobao.base.events.models import Delivery, Event

    event = Event.objects.create(name="t.T", key="1", payload={}, at=ports.now())
    return Delivery.objects.create(event=event, handler="t", next_at=ports.now()).pk


OBJECTS: dict[str, Callable[[Ground], object]] = {
    "break_id": broken,
    "complaint_id": complaint,
    "delivery_id": delivery,
    "entry_id": entry,
    "evidence_id": evidence,
    "key": draft,
    "no": number,
    "org_id": lambda ground: ground.bank.sibling_outlet.pk,
    "party_id": party,
    "reminder_id": reminder,
    "pk": key,
    "session_id": session,
    "user_id": lambda ground: ground.owner.pk,
}
# Objects that some posts may see although they stand at another node, and why.
SEEN_BY = {
    "org_id": (ADMIN_ROLES, "the admin posts manage the tree of the whole bank"),
    "user_id": (ADMIN_ROLES, "the admin posts manage the accounts of the whole bank"),
    "entry_id": ({Role.AUDIT_ADMIN}, "the audit post keeps the whole journal"),
    "break_id": ({Role.AUDIT_ADMIN}, "the audit post explains what a verification found"),
    "delivery_id": ({Role.SYSTEM_ADMIN}, "the system post keeps the outbox going"),
}


def object_of(ground: Ground, argument: str) -> Any:
    """The hidden object of this argument, made once."""
    if argument not in ground.made:
        ground.made[argument] = OBJECTS[argument](ground)
    return ground.made[argument]


@pytest.fixture
def ground(db, settings) -> Ground:
    settings.SECOND_FACTOR_FOR_ADMINS = False
    bank = make.bank()
    cards = make.org("CARD", "department", bank.head, "信用卡中心")
    found = Ground(bank, make.user("owner", bank.sibling_outlet, Role.HANDLER, name=f"甲{CANARY}"))
    for node in (bank.branch, bank.outlet, cards):
        for role in (Role.OFFICER, Role.LEADER, Role.UNIT_HEAD, Role.HANDLER, Role.INTEGRATION):
            if node is not cards or role not in {Role.OFFICER, Role.LEADER}:
                found.askers[f"{role} at {node.code}"] = make.user(f"{role}.{node.code.lower()}", node, role)
        found.tokens[f"token at {node.code}"] = token_issue(
            actor=make.BUILDER,
            username=f"integration.{node.code.lower()}",
            name="接口",
            grants=[grant.value for grant in Grant],
        )[1]
        found.askers[f"nobody at {node.code}"] = make.user(f"nobody.{node.code.lower()}", node)
    for role in ADMIN_ROLES:
        found.askers[f"{role} at CP"] = make.user(f"{role}.cp", bank.office, role)
    return found


def carried(address: Address) -> list[str]:
    """Arguments of the address that name an object of a node."""
    return [name for name in address.arguments if (address.room, name) not in NOT_OBJECTS]


def test_every_argument_of_every_address_is_declared():
    unknown = {(a.route, name) for a in addresses() for name in carried(a) if name not in OBJECTS}
    assert not unknown, f"declare a maker in OBJECTS, or a reason in NOT_OBJECTS: {sorted(unknown)}"


def test_no_exception_outlives_its_address():
    used = {(a.room, name) for a in addresses() for name in a.arguments}
    assert not {pair for pair in NOT_OBJECTS if pair not in used and pair[0] in {a.room for a in addresses()}}


def interface() -> dict[str, Any]:
    """Route of the interface -> a body its POST can read."""
    found = bodies(api.get_openapi_schema())
    return {
        a.route: found.get((re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", "/" + a.route), "POST")) for a in addresses()
    }


INTERFACE = interface()


def may_see(address: Address, person: User) -> bool:
    """Whether every object of the address is this person's to see in spite of the other node."""
    roles = {Role(role) for role in person.roles}
    return all(roles & SEEN_BY.get(name, (set(), ""))[0] for name in carried(address))


def ask(client: Client, method: str, path: str, body: Any = None) -> Any:
    """The answer; a fault of ours is an answer too, and a finding."""
    client.raise_request_exception = False
    kind = "text/html" if method in {"GET", "POST"} else "application/json"
    headers = {"accept": kind, "idempotency-key": ports.new_id()}
    if body is None:
        return client.generic(method, path, headers=headers)
    return client.generic(method, path, json.dumps(body), content_type="application/json", headers=headers)


def pairs_and_leaks(ground: Ground, targets: list[Address]) -> tuple[int, list[str]]:
    """How many (address, object, method, asker) were tried, and those that were not answered 404."""
    pairs, leaks = 0, []
    for who, client, mine in everybody(ground, targets):
        for address in mine:
            path, body = hidden_path(ground, address), INTERFACE.get(address.route)
            for method in METHODS:
                pairs += 1
                status = ask(client, method, path, body if method == "POST" else None).status_code
                if status != 404:
                    leaks.append(f"{status} {method} {address.route} by {who}")
    return pairs, leaks


def everybody(ground: Ground, targets: list[Address]) -> Iterator[tuple[str, Client, list[Address]]]:
    """Who asks, how, and for which addresses: persons by session, integrations by token."""
    for who, person in ground.askers.items():
        client = Client()
        client.force_login(person)
        yield who, client, [a for a in targets if a.room not in CLOSED_TO_SESSIONS and not may_see(a, person)]
    for who, token in ground.tokens.items():
        yield (
            who,
            Client(headers={"authorization": f"Bearer {token}"}),
            [a for a in targets if a.room == "api"],
        )


def hidden_path(ground: Ground, address: Address) -> str:
    """The address of the sibling's object."""
    values = {name: object_of(ground, name) for name in carried(address)}
    return address.path({**dict.fromkeys(address.arguments, 2020), **values})


def test_objects_of_a_sibling_are_never_there(ground, capsys):
    pairs, leaks = pairs_and_leaks(ground, [a for a in addresses() if carried(a)])
    with capsys.disabled():
        print(f"\nIDOR: {pairs} pairs (address x sibling's object x method x asker), {len(leaks)} leaks")
    assert not leaks, "\n".join(leaks[:60])
    assert pairs > 1000


def test_a_selector_without_scope_is_caught(ground, monkeypatch):
    from xiaobao.base.people import selectors

    monkeypatch.setattr(selectors, "user_get", lambda actor, user_id: User.objects.get(pk=user_id))
    _, leaks = pairs_and_leaks(ground, [a for a in addresses() if a.name == "people:user"])
    assert any(leak.startswith("200 GET") for leak in leaks)


def test_a_session_is_a_stranger_at_the_interface(ground):
    client = Client()
    client.force_login(ground.askers["officer at B1"])
    told = {
        ask(client, method, hidden_path(ground, address)).status_code
        for address in addresses()
        if address.room in CLOSED_TO_SESSIONS and carried(address)
        for method in METHODS
    }
    assert told <= {401, 404}


def test_strangers_see_no_object(ground):
    told = []
    for address in addresses():
        if not carried(address):
            continue
        path = hidden_path(ground, address)
        for method in METHODS:
            answer = ask(Client(), method, path)
            if answer.status_code not in {302, 303, 401, 404, 405}:
                told.append(f"{answer.status_code} {method} {address.route}")
    assert not told, "\n".join(told)


def test_lists_searches_and_exports_never_hold_a_siblings_row(ground):
    for name in {name for address in addresses() for name in carried(address)}:
        object_of(ground, name)
    # Half the canary is asked for, the whole one looked for: an echoed question is no leak.
    half = CANARY[:3]
    wanted = f"?q={half}&org={ground.bank.sibling_outlet.path}&text={half}&before=999999"
    found = []
    plain = [a for a in addresses() if not carried(a)]
    for who, person in ground.askers.items():
        if person.roles and Role(person.roles[0]) in ADMIN_ROLES:
            continue
        client = Client()
        client.force_login(person)
        for address in plain:
            path = address.path(dict.fromkeys(address.arguments, 2020))
            for query in ("", wanted):
                answer = ask(client, "GET", path + query)
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                if answer.status_code not in PLAIN or CANARY in body.decode("utf-8", "replace"):
                    found.append(f"{answer.status_code} {path}{query} by {who}")
    assert not found, "\n".join(sorted(set(found))[:40])
