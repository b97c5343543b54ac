"""The shared acceptance cases of topics, neardup and retrieval: pass or fail a case, with what differs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.table import Row, heading
from tests.groups import SHARED

Case = dict[str, Any]
Check = Callable[[Case], Iterator[str]]


def measure(quick: bool) -> list[Row]:
    """One line a case, one row an engine: how many cases fail."""
    heading("cases")
    rows = []
    for name, check in CHECKS.items():
        path = Path(SHARED, f"data/textcases/{name}.jsonl")
        if not path.is_file():
            print(f"{path} is not at hand: not measured")
            continue
        found = {case["id"]: list(check(case)) for case in map(json.loads, path.open(encoding="utf-8"))}
        for key, wrong in found.items():
            print(f"{key:<14}{'FAIL  ' + '; '.join(wrong) if wrong else 'pass'}")
        failed = sum(map(bool, found.values()))
        rows.append(Row(f"cases of {name}: failed", failed, f"of {len(found)}", 0))
    return rows


def topics(case: Case) -> Iterator[str]:
    """The topic, the abstention, and every flag that is asked for."""
    from xiaobao.site.commands.topics import answer_case

    answer = answer_case(case)
    for name, wanted in case["expect"].items():
        if answer[name] != wanted:
            yield f"{name} {answer[name]}, expected {wanted}"
    if missing := set(case.get("flags", [])) - set(answer["flags"]):
        yield f"without the flags {'、'.join(sorted(missing))}"


def neardup(case: Case) -> Iterator[str]:
    """The clusters, whatever their order, and the alert."""
    from xiaobao.site.commands.neardup import answer_case

    answer, wanted = answer_case(case), case["expect"]
    if sorted(answer["clusters"]) != sorted(map(sorted, wanted["clusters"])):
        yield f"clusters {answer['clusters']}, expected {wanted['clusters']}"
    if answer["alert"] != wanted["alert"]:
        yield f"alert {answer['alert']}"


def retrieval(case: Case) -> Iterator[str]:
    """The first hits, what must not be found, and whether nothing is similar."""
    from xiaobao.site.commands.retrieval import answer_case

    answer, wanted = answer_case(case), case["expect_top"]
    if answer["none"] != case["expect_none"]:
        yield f"none {answer['none']}"
    if answer["top"][: len(wanted)] != wanted:
        yield f"top {answer['top']}, expected {wanted}"
    if unwanted := set(answer["top"]) & set(case["expect_not"]):
        yield f"found {sorted(unwanted)}"


CHECKS: dict[str, Check] = {"classify": topics, "mass": neardup, "retrieve": retrieval}
