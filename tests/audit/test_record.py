"""One entry a command: written with it, readable, free of persons' numbers."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.audit.journal import BRANCH, START, person, write
from xiaobao.base.audit.body import canonical
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.audit.services import record
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db


def test_an_entry_is_one_insert_and_nothing_else() -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        write(1)
    assert [query["sql"].split()[0] for query in seen] == ["INSERT"]


def test_the_body_holds_who_what_where_and_why() -> None:
    with ports.use(ports.seeded(7, START)):
        entry = record(
            actor=person(Role.OFFICER),
            tag="complaints:complaint:extend",
            object_id="TS1",
            org_path=BRANCH,
            before={"due": date(2026, 1, 25)},
            after={"due": date(2026, 3, 11), "amount": Decimal("1.50")},
            rules=("CMP-005",),
            reason="案情复杂",
        )
    entry.refresh_from_db()
    assert entry.facts == {
        "v": 1,
        "at": "2026-11-23T01:00:00.000000Z",
        "actor": {"id": 7, "name": "晓敏", "roles": ["officer"], "org": "0001."},
        "via": "web",
        "ip": "10.0.0.8",
        "request": "r1",
        "tag": "complaints:complaint:extend",
        "object": "TS1",
        "org": BRANCH,
        "before": {"due": "2026-01-25"},
        "after": {"due": "2026-03-11", "amount": "1.50"},
        "rules": ["CMP-005"],
        "reason": "案情复杂",
    }


def test_numbers_of_persons_in_a_reason_are_masked() -> None:
    entry = record(
        actor=person(Role.OFFICER), tag="a:b:c", object_id=1, org_path="", reason="电话13800001234要求"
    )
    assert entry.facts["reason"] == "电话138****1234要求"


def test_an_entry_falls_with_its_command() -> None:
    def command() -> None:
        with transaction.atomic():
            write(1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        command()
    assert not AuditEntry.objects.exists()


def test_every_entry_has_a_salt_of_its_own() -> None:
    salts = {entry.salt for entry in write(20)}
    assert (len(salts), {len(salt) for salt in salts}) == (20, {32})


def test_the_same_facts_in_another_order_give_the_same_bytes() -> None:
    assert canonical({"b": {"d": 1, "c": "二"}, "a": None}) == canonical(
        {"a": None, "b": {"c": "二", "d": 1}}
    )


def test_a_seeded_run_writes_the_same_journal() -> None:
    digests = []
    for _ in range(2):
        with ports.use(ports.seeded(7, START)):
            text = "".join(entry.salt + entry.body for entry in write(3))
        digests.append(hashlib.sha256(text.encode()).hexdigest())
    assert digests[0] == digests[1]


def test_control_characters_and_line_breaks_stay_inside_the_text() -> None:
    entry = record(actor=person(Role.OFFICER), tag="a:b:c", object_id=1, org_path="", reason="一\n二\x00三")
    entry.refresh_from_db()
    assert "\n" not in entry.body
    assert entry.facts["reason"] == "一\n二\x00三"
