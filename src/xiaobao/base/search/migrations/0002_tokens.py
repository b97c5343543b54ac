"""The token column and its index, made in each database's own way; FTS5 or tsvector with GIN."""

from __future__ import annotations

from django.db import migrations

POSTGRES = [
    "ALTER TABLE search_document ADD COLUMN tokens tsvector NOT NULL",
    # The planner must know how often words occur to choose between the newest rows and the index.
    "ALTER TABLE search_document ALTER COLUMN tokens SET STATISTICS 1000",
    "CREATE INDEX search_document_tokens ON search_document USING gin (tokens)",
    # For a broad word the planner would rather read every row than trust the index, four times slower.
    "CREATE FUNCTION search_count(asked tsquery) RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE"
    " SET enable_seqscan = off AS 'SELECT count(*) FROM search_document WHERE tokens @@ asked'",
]
POSTGRES_BACK = [
    "DROP FUNCTION search_count(tsquery)",
    "DROP INDEX search_document_tokens",
    "ALTER TABLE search_document DROP COLUMN tokens",
]
_FORGET = "INSERT INTO search_words(search_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
_LEARN = "INSERT INTO search_words(rowid, tokens) VALUES (new.id, new.tokens);"
SQLITE = [
    "ALTER TABLE search_document ADD COLUMN tokens text NOT NULL DEFAULT ''",
    "CREATE VIRTUAL TABLE search_words USING fts5(tokens, content='search_document', content_rowid='id',"
    " tokenize=\"ascii tokenchars '@._'\", detail='none', columnsize=0)",
    f"CREATE TRIGGER search_document_learn AFTER INSERT ON search_document BEGIN {_LEARN} END",
    f"CREATE TRIGGER search_document_forget AFTER DELETE ON search_document BEGIN {_FORGET} END",
    f"CREATE TRIGGER search_document_renew AFTER UPDATE ON search_document BEGIN {_FORGET} {_LEARN} END",
]
SQLITE_BACK = [
    "DROP TRIGGER search_document_renew",
    "DROP TRIGGER search_document_forget",
    "DROP TRIGGER search_document_learn",
    "DROP TABLE search_words",
    "ALTER TABLE search_document DROP COLUMN tokens",
]


def make(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    for statement in POSTGRES_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
