"""A million journal rows: written by the journal's own code in bulk, exported, verified from outside."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bench.table import Row, heading

CHUNK = 20_000


def measure(count: int, folder: Path) -> list[Row]:
    """Seconds of the stand-alone verifier, a program without the product, over the exported file."""
    from xiaobao.base.audit import verifier
    from xiaobao.base.audit.export import journal_export

    heading(
        f"journal of {count:,} rows: entries by COPY with the journal's own canonical text; numbered, signed, exported"
    )
    began = time.perf_counter()
    _fill(count)
    filled = time.perf_counter() - began
    file = folder / "journal.jsonl"
    began = time.perf_counter()
    head = journal_export(file)
    exported = time.perf_counter() - began
    alone = folder / "verifier.py"
    alone.write_bytes(Path(verifier.__file__).read_bytes())
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-I", alone, file], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"the verifier found the sound journal broken: {done.stdout}{done.stderr}")
    size = file.stat().st_size / 1e6
    rows = [
        Row(
            "journal: verify from outside",
            seconds,
            "s",
            30 if count >= 1_000_000 else None,
            f"{head.size:,} rows",
        ),
        Row("journal: number, sign and export", exported, "s", None, f"{size:,.0f} MB"),
        Row("journal: fill", filled, "s"),
    ]
    file.unlink()
    return rows


def _fill(count: int) -> None:
    from django.db import connection, transaction

    columns = "(at, tag, object_id, org_path, actor_id, actor_name, salt, body)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        with cursor.copy(f"COPY audit_auditentry {columns} FROM STDIN") as copy:
            for row in _rows(count):
                copy.write_row(row)


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    from xiaobao.base.audit.body import canonical, entry_facts
    from xiaobao.kernel import ports
    from xiaobao.kernel.identity import system_actor

    actor, start = system_actor("bench", via="bench"), ports.now() - timedelta(days=365)
    for number in range(count):
        at = start + timedelta(seconds=number * 30)
        place = ("complaints:complaint:investigate", str(number % 50_000), "0001.0007.0003.")
        change = ({"stage": "accepted", "version": 3}, {"stage": "handling", "version": 4, "unit": "B0101"})
        body = canonical(
            entry_facts(actor, at, place, change, (("CMP-003",), "调阅流水与合同，联系主管岗核实"))
        )
        yield (at, *place, None, actor.name, f"{number:032x}", body)
