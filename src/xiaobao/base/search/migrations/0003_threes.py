"""Tokens of three characters in place of one and two, made anew from the texts; rows narrow on PostgreSQL.

Not one transaction: what the first half leaves behind must be dead before the second may leave it out.
Every step can be taken again where it was broken off.
"""

from __future__ import annotations

from django.db import migrations, transaction

from xiaobao.base.search import grams

BATCH = 500
POSTGRES_BEFORE = [
    # A count visits the row of every hit: text and tokens lie apart from it, and 70 rows share a page, not 13.
    "ALTER TABLE search_document SET (toast_tuple_target = 128)",
    "DROP INDEX IF EXISTS search_document_tokens",
]
POSTGRES_AFTER = [
    "CLUSTER search_document USING search_document_pkey",
    "CREATE INDEX IF NOT EXISTS search_document_tokens ON search_document USING gin (tokens)",
]


def renew(apps, schema_editor):
    connection = schema_editor.connection
    is_postgres = connection.vendor == "postgresql"
    for statement in POSTGRES_BEFORE * is_postgres:
        schema_editor.execute(statement)
    with connection.cursor() as cursor:
        last = 0
        while rows := _read(cursor, last):
            with transaction.atomic(using=connection.alias):
                for number, kind, path, body in rows:
                    words = grams.tokens(body) + grams.places(kind, path)
                    if is_postgres:
                        statement = "UPDATE search_document SET tokens = array_to_tsvector(%s) WHERE id = %s"
                        cursor.execute(statement, [words, number])
                    else:
                        statement = "UPDATE search_document SET tokens = %s WHERE id = %s"
                        cursor.execute(statement, [" ".join(words), number])
            last = rows[-1][0]
    for statement in POSTGRES_AFTER * is_postgres:
        schema_editor.execute(statement)


def _read(cursor, last):
    cursor.execute(
        "SELECT id, kind, org_path, body FROM search_document WHERE id > %s ORDER BY id LIMIT %s",
        [last, BATCH],
    )
    return cursor.fetchall()


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("search", "0002_tokens")]
    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
