"""Database triggers that make a table insert-only, on SQLite and PostgreSQL.

Called from migrations. SQLite loses a table's triggers when Django rebuilds the table, so a
migration that alters such a table must call `forbid_changes` again (tests/audit checks it).
"""

from __future__ import annotations

from typing import Any

_PG_FUNCTION = """
CREATE OR REPLACE FUNCTION xb_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

_PG = {
    "no_change": "CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
    "FOR EACH ROW EXECUTE FUNCTION xb_insert_only()",
    "no_truncate": "CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION xb_insert_only()",
}

_SQLITE = {
    "no_update": "CREATE TRIGGER {name} BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END",
    "no_delete": "CREATE TRIGGER {name} BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END",
    # INSERT OR REPLACE deletes without waking the trigger above.
    "no_replace": "CREATE TRIGGER {name} BEFORE INSERT ON {table} "
    "WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
    "BEGIN SELECT RAISE(ABORT, '{table} is insert-only'); END",
}


def forbid_changes(schema_editor: Any, tables: dict[str, str]) -> None:
    """Install the triggers on these tables (table -> primary key column); again is harmless."""
    allow_changes(schema_editor, tables)
    kinds = _kinds(schema_editor)
    if kinds is _PG:
        schema_editor.execute(_PG_FUNCTION, params=None)
    for table, key in tables.items():
        for kind, statement in kinds.items():
            text = statement.format(name=f"{table}_{kind}", table=table, key=key)
            schema_editor.execute(text, params=None)


def allow_changes(schema_editor: Any, tables: dict[str, str]) -> None:
    """Remove the triggers."""
    on_table = _kinds(schema_editor) is _PG
    for table in tables:
        for kind in _kinds(schema_editor):
            where = f" ON {table}" if on_table else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{kind}{where}", params=None)


def trigger_names(vendor: str, table: str) -> set[str]:
    """Names of the triggers a protected table has on this database."""
    return {f"{table}_{kind}" for kind in (_PG if vendor == "postgresql" else _SQLITE)}


def _kinds(schema_editor: Any) -> dict[str, str]:
    return _PG if schema_editor.connection.vendor == "postgresql" else _SQLITE
