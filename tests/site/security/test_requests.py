"""Crawls of every address: forged requests, reading that writes, text that becomes code."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from tests.factories import people as make
from tests.house.addresses import addresses
from xiaobao.base.people.models import OrgUnit
from xiaobao.kernel.roles import Role

WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE)
# Tables a GET may write, and why.
WRITTEN_BY_READING = {
    "django_session": "the session's own moment, at most once a minute, and the state of a passkey login",
    "usersessions_usersession": "sessions that are over are dropped from the list of devices",
}
# Views that take no CSRF token, and why.
WITHOUT_CSRF = {"api": "integrations bring a token of their own, never a cookie"}
SCRIPT = "<xb-canary onload=1>'\"&{{7*7}}"


@pytest.fixture
def clients(db, settings):
    """Somebody of every kind: business, whole bank, and the three admin posts."""
    settings.SECOND_FACTOR_FOR_ADMINS = False
    bank = make.bank()
    OrgUnit.objects.filter(pk__in=[bank.outlet.pk, bank.branch.pk]).update(name=SCRIPT)
    people = [
        make.user("p1", bank.office, Role.OFFICER, name=SCRIPT[:60]),
        make.user("p2", bank.outlet, Role.HANDLER, name=SCRIPT[:60]),
        make.user("p3", bank.office, Role.INTERNAL_AUDIT),
        make.user("p4", bank.office, Role.SYSTEM_ADMIN),
        make.user("p5", bank.office, Role.SECURITY_ADMIN),
        make.user("p6", bank.office, Role.AUDIT_ADMIN),
    ]
    return [signed_in(person) for person in people]


def signed_in(person, **options):
    client = Client(**options)
    client.force_login(person)
    client.raise_request_exception = False
    return client


# What an argument that is not just any number or word looks like.
SAMPLES = {
    "rule_id": "CMP-003",
    "name": "complaint",
    "code": "N00",
    "version": "2020-03-01",
    "span": "2020-03-01..2026-01-01",
    "article": "18",
}


def paths():
    """Every address, with the first object there may be."""
    return [
        address.path({name: SAMPLES.get(name, "1") for name in address.arguments}) for address in addresses()
    ]


def test_a_forged_request_is_refused_at_every_address(clients):
    person = make.user("p9", OrgUnit.objects.get(code="CP"), Role.LEADER, Role.OFFICER)
    client = signed_in(person, enforce_csrf_checks=True)
    passed = []
    for path in paths():
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = client.generic(method, path)
            if answer.status_code != 403 and not path.startswith("/api/"):
                passed.append(f"{answer.status_code} {method} {path}")
    assert not passed


def test_nobody_opts_out_of_the_token():
    loose = [path for path in paths() if getattr(resolve(path).func, "csrf_exempt", False)]
    assert not [path for path in loose if path.split("/")[1] not in WITHOUT_CSRF]


def test_reading_never_writes(clients):
    wrote = []
    for client in clients:
        for path in paths():
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get(path)
            tables = {found[1] for query in seen if (found := WRITE.match(query["sql"]))}
            wrote += [f"{path} wrote {table}" for table in tables - WRITTEN_BY_READING.keys()]
    refusals = {line for line in wrote if line.endswith("audit_auditentry")}
    assert not set(wrote) - refusals
    assert all(_refused(clients, line.split()[0]) for line in refusals)


def _refused(clients, path):
    """The journal is written by a refusal, or by a look at a file that must be on record."""
    return path.startswith("/evidence/") or any(
        client.get(path).status_code in {403, 404} for client in clients
    )


def test_text_never_becomes_code(clients):
    raw, seen = [], 0
    for client in clients:
        for path in paths():
            for query in ("", f"?q={SCRIPT}&next={SCRIPT}&org={SCRIPT}&expired={SCRIPT}"):
                answer = client.get(path + query)
                text = b"".join(answer.streaming_content) if answer.streaming else answer.content
                seen += b"xb-canary" in text
                if b"<xb-canary" in text or b"49" in re.findall(rb"onload=1&gt;.{0,30}", text):
                    raw.append(path + query)
    assert not raw
    assert seen > 5


def test_pages_hold_no_inline_script_or_style(clients):
    loose = []
    for client in clients:
        for path in paths():
            answer = client.get(path)
            if "text/html" not in answer.headers.get("Content-Type", "") or answer.streaming:
                continue
            text = answer.content.decode()
            scripts = re.findall(r"<script(?![^>]*(?:src=|type=\"application/json\"))[^>]*>", text)
            if scripts or re.search(r"<style|\sstyle=|\son\w+=\"", text):
                loose.append(path)
    assert not set(loose)


def test_no_page_of_ours_breaks(clients):
    broken = [
        f"{answer.status_code} {path}"
        for client in clients
        for path in paths()
        if (answer := client.get(path)).status_code >= 500
    ]
    assert not set(broken)


def test_every_room_is_reached():
    assert {"people", "accounts"} <= {path.split("/")[1] for path in paths()}
    assert len(paths()) == len(addresses())
    assert get_resolver().url_patterns
