"""The database itself refuses to change the journal."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.journal import write
from xiaobao.base.audit.models import AuditEntry, AuditLeaf, TreeHead
from xiaobao.base.audit.sequencer import sequence
from xiaobao.base.audit.triggers import trigger_names

pytestmark = pytest.mark.django_db
TABLES = ["audit_auditentry", "audit_auditleaf", "audit_treehead", "figures_figurefreeze"]


@pytest.fixture(autouse=True)
def journal(db: None) -> None:
    write(3)
    sequence()


@pytest.mark.parametrize("model", [AuditEntry, AuditLeaf, TreeHead])
def test_updates_are_refused(model: type) -> None:
    column = {"AuditEntry": "tag", "AuditLeaf": "hash", "TreeHead": "root"}[model.__name__]
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        model.objects.update(**{column: "x"})


@pytest.mark.parametrize("model", [AuditLeaf, TreeHead])
def test_deletes_are_refused(model: type) -> None:
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        model.objects.all().delete()


def test_deleting_an_entry_in_sql_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditentry")
    assert AuditEntry.objects.count() == 3


def test_replacing_or_truncating_is_refused() -> None:
    pk = AuditEntry.objects.earliest("id").pk
    statement = (
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE audit_auditentry CASCADE"
        if connection.vendor == "postgresql"
        else f"INSERT OR REPLACE INTO audit_auditentry SELECT id, at, 'x', object_id, org_path, actor_id, "
        f"actor_name, salt, body FROM audit_auditentry WHERE id = {pk}"
    )
    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert not AuditEntry.objects.filter(tag="x").exists()


@pytest.mark.parametrize("table", TABLES)
def test_every_protected_table_still_has_its_triggers_after_all_migrations(table: str) -> None:
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        found = {name for (name,) in cursor.fetchall()}
    assert found == trigger_names(connection.vendor, table)
