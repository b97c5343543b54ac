"""The token column, its index and triggers can be taken away and made again, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from xiaobao.base.search.selectors import search
from xiaobao.base.search.services import index_put


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
    index_put(kind="a", object_id=1, org_path="0001.", text="征信", sort_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert search(kind="a", query="征信", scope="", limit=1).ids == (1,)
