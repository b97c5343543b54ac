"""A reader of pages: signed in, asking, and counting what a page asks the database."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import people as make
from xiaobao.base.people.models import OrgUnit
from xiaobao.kernel.roles import Role

MOST_STATEMENTS = 8


def reader(unit: OrgUnit, role: Role) -> Client:
    """A client signed in as one more person of the unit."""
    client = Client()
    client.force_login(make.user("reader", unit, role))
    return client


def page(client: Client, address: str, status: int = 200) -> str:
    """The page's text; a page of another status shows its end."""
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-600:]
    return answer.content.decode()


def assert_few_statements(client: Client, address: str) -> None:
    """The warm page asks the database at least once and at most eight times."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert 0 < len(asked) <= MOST_STATEMENTS, [query["sql"][:90] for query in asked]
