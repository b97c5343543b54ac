"""What a registration costs the database, counted: a statement added by accident fails here."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.complaints.test_api import BODY
from tests.factories import complaints as make
from tests.factories.integrations import Program, account
from xiaobao.base.inbox.models import Task
from xiaobao.kernel.roles import Role

READS_AND_WRITES = ("SELECT", "INSERT", "UPDATE", "DELETE")
SOURCED = BODY | {"source_system": "cti", "source_no": "9001"}


@pytest.fixture
def program(crew: make.Cast) -> Program:
    return Program(account(crew.office, Role.OFFICER, Role.HANDLER))


def work(seen: CaptureQueriesContext) -> list[str]:
    """Statements that read or write; transactions' own words are left out."""
    return [one["sql"] for one in seen.captured_queries if one["sql"].startswith(READS_AND_WRITES)]


def test_registering_takes_fifteen_statements_and_its_task_four_more(
    program: Program, django_capture_on_commit_callbacks: Any
) -> None:
    program.post("/complaints", SOURCED | {"source_no": "9000"}, key="first use of the token is noted")
    with CaptureQueriesContext(connection) as commanded, django_capture_on_commit_callbacks() as woken:
        assert program.post("/complaints", SOURCED).status_code == 201
    assert len(work(commanded)) <= 15, "\n".join(work(commanded))
    with CaptureQueriesContext(connection) as told:
        for callback in woken:
            callback()
    assert len(work(told)) <= 4, "\n".join(work(told))
    assert Task.objects.filter(title__contains=BODY["title"]).exists()


def test_a_replay_asks_for_the_token_and_the_answer(program: Program) -> None:
    program.post("/complaints", SOURCED)
    with CaptureQueriesContext(connection) as seen:
        assert program.post("/complaints", SOURCED)["Idempotency-Replayed"] == "true"
    assert len(work(seen)) == 2, "\n".join(work(seen))
