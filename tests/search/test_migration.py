"""The token column, its index and triggers can be taken away and made again, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from xiaobao.base.search.selectors import search
from xiaobao.base.search.services import index_put

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_tokens_go_and_come_back() -> None:
    call_command("migrate", "search", "0001", verbosity=0, skip_checks=True)
    with connection.cursor() as cursor:
        columns = {
            column.name
            for column in connection.introspection.get_table_description(cursor, "search_document")
        }
    assert "tokens" not in columns
    call_command("migrate", "search", verbosity=0, skip_checks=True)
    index_put(kind="a", object_id=1, org_path="0001.", text="征信", sort_at=START)
    assert search(kind="a", query="征信", scope="", limit=1).ids == (1,)


@pytest.mark.django_db(transaction=True)
def test_texts_indexed_by_pairs_are_found_after_the_move_to_threes() -> None:
    index_put(kind="a", object_id=1, org_path="0001.", text="提前还款违约金", sort_at=START)
    call_command("migrate", "search", "0002", verbosity=0, skip_checks=True)
    old = ["a@", "a@0001.", "提前", "违约"]
    is_postgres = connection.vendor == "postgresql"
    value = "array_to_tsvector(%s)" if is_postgres else "%s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE search_document SET tokens = {value}", [old if is_postgres else " ".join(old)]
        )
    with pytest.raises(DatabaseError):  # never a false 0
        search(kind="a", query="违约金", scope="", limit=1)
    call_command("migrate", "search", verbosity=0, skip_checks=True)
    assert [search(kind="a", query=word, scope="", limit=1).ids for word in ("违约金", "还款")] == [
        (1,),
        (1,),
    ]
