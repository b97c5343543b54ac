"""A thousand complaints told through the services, multiplied by SQL into tens of thousands.

What a copy gets of its own: number, source number, referral number, title, facts and its line in the
search index (put there by the search room's own service). Everything else - stage, clock, papers,
timeline - is the copied story's, so that every page meets what a real case carries.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from bench.texts import texts

BATCH = 2_000


def multiply(target: int, *, with_papers: bool = True) -> int:
    """Copies what is there until `target` complaints stand; how many stand now."""
    from django.apps import apps
    from django.db import connection, transaction

    complaint = apps.get_model("complaints", "Complaint")
    told = list(complaint.objects.order_by("pk").values_list("pk", flat=True))
    first, count = told[0], len(told)
    if told[-1] - first + 1 != count:
        raise RuntimeError("the told complaints have gaps in their ids")
    start = told[-1] + 1
    papers = [] if not with_papers else _papers(complaint)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        while start - first < target:
            number = min(count, target - (start - first))
            for model in (complaint, *papers):
                cursor.execute(_copy(model, complaint), [start - first, first, first + number - 1])
            start += number
        for model in (complaint, *papers):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
            )
    return start - first


def retell(first: int, count: int) -> None:
    """Gives the complaints the generator's texts, and the search index the same."""
    from django.apps import apps
    from django.db import connection, transaction

    from xiaobao.base.search.services import Entry, index_put_many

    complaint = apps.get_model("complaints", "Complaint")
    source = texts(count)
    for low in range(first, first + count, BATCH):
        batch = list(islice(source, BATCH))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE told (id bigint, title text, facts text) ON COMMIT DROP")
            with cursor.copy("COPY told FROM STDIN") as copy:
                for place, text in enumerate(batch):
                    copy.write_row((low + place, text.title, text.facts))
            cursor.execute(
                "UPDATE complaints_complaint c SET title = t.title, facts = t.facts FROM told t WHERE c.id = t.id"
            )
        rows = complaint.objects.filter(pk__gte=low, pk__lt=low + BATCH).order_by("pk")
        index_put_many(
            Entry("complaint", pk, path, f"{no} {title}\n{facts}", received)
            for pk, path, no, title, facts, received in rows.values_list(
                "pk", "org_path", "no", "title", "facts", "received_at"
            )
        )


def _papers(complaint: Any) -> list[Any]:
    """Models that hang on a complaint, parents of other papers not among them."""
    related = (relation.related_model for relation in complaint._meta.related_objects if relation.one_to_many)
    return [model for model in dict.fromkeys(related) if model is not complaint]


def _copy(model: Any, complaint: Any) -> str:
    """INSERT ... SELECT of one told range, every id of a complaint moved on by the first parameter."""
    names, values = [], []
    for field in model._meta.concrete_fields:
        if field.primary_key and model is not complaint:
            continue
        names.append(f'"{field.column}"')
        values.append(_value(field, model, complaint))
    owner = "id" if model is complaint else "complaint_id"
    table = model._meta.db_table
    return (
        f"WITH moved AS (SELECT %s::bigint AS by) INSERT INTO {table} ({', '.join(names)}) "
        f"SELECT {', '.join(values)} FROM {table}, moved WHERE {owner} BETWEEN %s AND %s ORDER BY {table}.id"
    )


def _value(field: Any, model: Any, complaint: Any) -> str:
    column = f'{model._meta.db_table}."{field.column}"'
    points_here = field.is_relation and field.related_model is complaint
    if field.primary_key or points_here:
        return f"{column} + moved.by"
    if field.column == "no":
        return f"left({column}, 11) || 'k' || to_hex({model._meta.db_table}.id + moved.by)"
    if field.column in {"number", "source_no"}:
        return f"CASE WHEN {column} = '' THEN '' ELSE left({column}, 70) || '-' || to_hex(moved.by) END"
    return column
