"""What the rule book costs: one due date, a million of them, loading the book, and OpenFisca beside it.

`python -m bench.rules` runs this alone; no database is needed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import openfisca
from bench.table import Row, heading

RULES = 1_000
PEER_SHARE = 0.2
LOAD = """
import time, sys
from datetime import date
began, spent = time.perf_counter(), time.process_time()
from xiaobao.rules.book import book
book()
print((time.perf_counter() - began) * 1e3, (time.process_time() - spent) * 1e3)
"""
DUE = [
    str(Path(sys.executable).with_name("xiaobao")),
    "rules",
    "due",
    "CMP-003",
    "--received",
    "2026-01-10",
    "--json",
]


def measure(facts: list[Any], million: int) -> list[Row]:
    """The figures of the rule book; `facts` are random complaints, `million` the size of the batch."""
    rows = _one_by_one(facts)
    rows += _beside_openfisca()
    rows += _batch(facts, million)
    return rows + _starting()


def thousand() -> Any:
    """The book with copies of its own rules under other ids and days, 1,000 in all."""
    from xiaobao.rules.book import RuleBook, book

    own = list(book())
    copies = []
    for number in range(RULES - len(own)):
        rule = own[number % len(own)]
        shift = timedelta(number)
        versions = tuple(
            one._replace(since=one.since + shift, until=one.until + shift if one.until else None)
            for one in rule.versions
        )
        copies.append(rule._replace(id=f"X{number:03d}-{rule.id}", versions=versions, beats=(), strictest=()))
    every = tuple(one.id for one in (*own, *copies))
    ranked = [one._replace(strictest=every) for one in copies]
    return RuleBook([*own, *ranked])


def _one_by_one(facts: list[Any]) -> list[Row]:
    from xiaobao.rules.complaint_clock import due

    rules = thousand()
    heading(
        f"one due date at a time: {len(facts):,} random complaints since 2020-03-01, one in ten paused, one in ten with\n"
        f"a regulator's day; a book of {len(rules):,} rules with {len(rules.change_dates):,} change dates; best of 5 rounds"
    )
    note = f"{len(facts):,} cases, {len(rules):,} rules"
    return [
        Row(
            "rules: one due date, its trace kept",
            _each(facts, lambda one: due(one, rules)),
            "us CPU",
            5,
            note,
        ),
        Row(
            "rules: the same, every sentence written",
            _each(facts, lambda one: _read(due(one, rules))),
            "us CPU",
            5,
            note,
        ),
    ]


def _read(found: Any) -> None:
    found.steps  # noqa: B018  reading is what writes the sentences
    found.unused  # noqa: B018


def _each(facts: list[Any], work: Callable[[Any], object]) -> float:
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for one in facts:
            work(one)
        best = min(best, time.process_time() - began)
    return best * 1e6 / len(facts)


def _beside_openfisca() -> list[Row]:
    from xiaobao.rules.complaint_clock import ClockFacts, due

    peer = openfisca.measure(10_000)
    if peer is None:
        print("OpenFisca is absent: python -m bench.openfisca installs it in an environment of its own")
        return []
    heading(
        f"CMP-003 for one case, and OpenFisca-Core {peer['version']} on the same rule beside it: its 1,000 parameters,\n"
        f"one formula, a new simulation a case; {peer['one']:.1f} us, with its trace on {peer['traced']:.1f} us,\n"
        f"10,000 cases in one vector {peer['many']:.3f} us a case"
    )
    rules, case = thousand(), [ClockFacts(date(2026, 1, 10))] * 20_000
    ours = _each(case, lambda one: due(one, rules))
    read = _each(case, lambda one: _read(due(one, rules)))
    note = f"{ours:.2f} of {peer['one']:.1f} us: {float(peer['one']) / ours:.0f} times"
    traced = f"{read:.2f} of {peer['traced']:.1f} us: {float(peer['traced']) / read:.0f} times"
    return [
        Row("rules: a case, as a share of OpenFisca's", ours / float(peer["one"]), "of it", PEER_SHARE, note),
        Row("rules: traced and read, the same", read / float(peer["traced"]), "of it", PEER_SHARE, traced),
    ]


def _batch(facts: list[Any], million: int) -> list[Row]:
    from xiaobao.rules.book import book
    from xiaobao.rules.complaint_batch import columns, due_ordinals
    from xiaobao.rules.complaint_clock import due

    rules = book()
    many = (facts * (million // len(facts) + 1))[:million]
    began = time.process_time()
    batch = columns(many)
    laid_out = time.process_time() - began
    heading(
        f"{million:,} due dates in one batch, {len(batch.eventful) / million:.0%} of them with pauses or a given day;\n"
        f"columns made from facts one by one took {laid_out:.2f} s more"
    )
    began = time.process_time()
    found = due_ordinals(batch, rules)
    spent = time.process_time() - began
    one_by_one = [on.toordinal() for one in facts if (on := due(one, rules).on)]
    same = list(found[: len(facts)]) == one_by_one[:million]
    print(f"equal to the one-by-one path: {same}")
    return [
        Row(
            f"rules: {million:,} due dates in one batch",
            spent,
            "s CPU",
            2,
            "equal one by one" if same else "UNEQUAL",
        )
    ]


def _starting() -> list[Row]:
    heading(
        "a fresh process each time, with its bytecode as an installed product has it; medians of 15:\n"
        "the book of 111 rules loaded, standard library included; the whole command `xiaobao rules due`"
    )
    with tempfile.TemporaryDirectory(prefix="xb-bench-pyc-") as folder:
        env = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        env |= {"PYTHONPYCACHEPREFIX": folder}
        _load(env)
        _due(env)
        loads = [_load(env) for _ in range(15)]
        dues = [_due(env) for _ in range(15)]
    wall, cpu = (statistics.median(one[at] for one in loads) for at in (0, 1))
    return [
        Row("rules: the book loads", wall, "ms", 50, f"{cpu:.0f} ms CPU"),
        Row("rules: xiaobao rules due, whole command", statistics.median(dues), "ms", 150, ""),
    ]


def _load(env: dict[str, str]) -> tuple[float, float]:
    ran = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True, env=env)
    wall, cpu = ran.stdout.split()
    return float(wall), float(cpu)


def _due(env: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(DUE, capture_output=True, check=True, env=env)
    return (time.perf_counter() - began) * 1e3


def main() -> int:
    """Run alone and print the table; exit code 1 when a bar is missed."""
    from bench.clocks import random_facts

    rows = measure(random_facts(20_000), 1_000_000)
    heading("figure, bar, verdict")
    print("\n".join(row.line() for row in rows))
    return int(any(not row.passed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
