"""The complaints the pages are measured on: told through the services, multiplied by SQL."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from bench.multiply import multiply, retell
from bench.sizes import Sizes
from bench.table import Row, heading


def small(size: Sizes) -> list[Row]:
    """Complaints with all their papers, texts of their own, and the search index over them."""
    heading(
        f"{size.small:,} complaints: told through the services, multiplied by SQL with all their papers, "
        "texts and search index of their own"
    )
    began = time.perf_counter()
    told = _tell(size.told)
    standing = multiply(size.small)
    retell(first(), standing)
    analyse()
    opened = _open_ones()
    print(f"{told} told, {standing:,} standing, {opened:,} of them open", flush=True)
    return [
        Row("load: complaints with papers", time.perf_counter() - began, "s", None, f"{standing:,}"),
        Row("load: open among them", opened, "complaints"),
    ]


def large(size: Sizes) -> list[Row]:
    """The same, grown by copies of the complaints alone: the list reads nothing else."""
    heading(f"{size.large:,} complaints: more copies of the complaints alone, without papers and texts")
    began = time.perf_counter()
    standing = multiply(size.large, with_papers=False)
    analyse()
    return [
        Row("load: complaints alone", time.perf_counter() - began, "s", None, f"{standing:,}"),
        Row("load: open among them, large", _open_ones(), "complaints"),
    ]


def migrated(url: str) -> None:
    """Brings a database kept from an earlier run up to this version, before a server is asked to serve it.

    A server does so at its start; over a million complaints that takes longer than anybody waits for it.
    """
    command = "from xiaobao.site.boot import setup_with_database as up; up()"
    subprocess.run(
        [sys.executable, "-c", command], env=os.environ | {"XIAOBAO_DATABASE_URL": url}, check=True
    )


def analyse() -> None:
    """What autovacuum does on a standing database: statistics, visibility, the index's waiting entries."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _tell(scale: float) -> int:
    from django.apps import apps

    from xiaobao.demo.build import Plan, build
    from xiaobao.demo.progress import Progress

    build(Plan(scale=scale), Progress())
    return int(apps.get_model("complaints", "Complaint").objects.count())


def first() -> int:
    """The lowest id of a complaint."""
    from django.apps import apps

    ids = apps.get_model("complaints", "Complaint").objects.order_by("pk").values_list("pk", flat=True)
    return int(ids[0])


def _open_ones() -> int:
    from django.apps import apps

    return int(apps.get_model("complaints", "Complaint").objects.filter(is_open=True).count())
