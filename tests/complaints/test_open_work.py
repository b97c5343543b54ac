"""What the tabs count is answered by the index of open work, and the index can be taken away and made again."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain.values import Tab


def plan(sql: str) -> str:
    """How the database would go about the statement over a table that has grown and been vacuumed."""
    is_postgres = connection.vendor == "postgresql"
    with transaction.atomic(), connection.cursor() as cursor:
        if is_postgres:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(
                "UPDATE pg_class SET relpages = 10000, reltuples = 100000, relallvisible = 10000"
                " WHERE relname = 'complaints_complaint'"
            )
        cursor.execute(f"EXPLAIN {'' if is_postgres else 'QUERY PLAN '}{sql}")
        return "\n".join(str(line) for line in cursor.fetchall())


def test_counting_reads_open_work_alone(crew: make.Cast) -> None:
    make.received(crew)
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        counts = selectors.complaint_counts(actor=crew.actor("linjie"))
    assert counts.by_tab[Tab.OPEN] == counts.by_tab[Tab.UNASSIGNED] == 1
    (statement,) = seen.captured_queries
    steps = plan(statement["sql"])
    alone = (
        "Index Only Scan using cmp_open_work" if connection.vendor == "postgresql" else "USING INDEX cmp_open"
    )
    assert alone in steps  # SQLite reads the open ones by an index too, but looks at their rows


@pytest.mark.django_db(transaction=True)
def test_the_index_goes_and_comes_back() -> None:
    def names() -> set[str]:
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "complaints_complaint")
        return {name for name in found if name in {"cmp_open_due", "cmp_open_work"}}

    call_command("migrate", "complaints", "0003", verbosity=0, skip_checks=True)
    assert names() == {"cmp_open_due"}
    call_command("migrate", "complaints", verbosity=0, skip_checks=True)
    assert names() == {"cmp_open_work"}
