"""`xiaobao neardup …`: complaints that say the same, and the alerts they raise. Never imports Django."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from xiaobao.engines.neardup import Alert, Cluster, Event, Settings, Stream
from xiaobao.kernel.errors import InvalidInput
from xiaobao.site.commands.cases import Case, answer_cases, read_lines

_EVENT = '{"id", "t", "customer", "text", "branch"}'
_SHAPE = f'{{"id", "config", "events": [{_EVENT}]}}'
_STATES = {"quiet": "未达预警", "open": "已预警", "growing": "扩大中", "resolved": "已平息"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file of events and the thresholds, or cases."""
    parser.add_argument("file", nargs="?", type=Path, help=f"逐行 {_EVENT} / events, one JSON a line")
    parser.add_argument("--window-days", type=int, default=7, metavar="N", help="窗口天数 / days of a window")
    parser.add_argument(
        "--min-customers", type=int, default=5, metavar="N", help="预警人数 / persons to alert"
    )
    parser.add_argument(
        "--min-tickets", type=int, default=3, metavar="N", help="成组笔数 / tickets of a group"
    )
    parser.add_argument("--cases", type=Path, metavar="FILE", help="逐行案例 / cases, one a line")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Print clusters and alerts. Raises: InvalidInput, NotFound."""
    if options.cases:
        return answer_cases(options.cases, answer_case, shape=_SHAPE)
    if not options.file:
        raise InvalidInput("neardup.input", field="file", say="请给出一个事件文件，或者 --cases 案例文件")
    stream = Stream(_settings(vars(options)))
    for event in read_lines(options.file, event_of, shape=_EVENT, field="file", what=""):
        stream.add(event)
    _print(stream, as_json=options.json)
    return 0


def answer_case(case: Case) -> Case:
    """{"id", "clusters": [[event ids]], "alert"} for one case."""
    stream = Stream(_settings(case.get("config", {})))
    for row in case["events"]:
        stream.add(event_of(row))
    clusters = [sorted(cluster.keys) for cluster in stream.clusters()]
    return {"id": case["id"], "clusters": clusters, "alert": bool(stream.alerts())}


def event_of(row: dict[str, Any]) -> Event:
    """An event from one JSON object. Raises: KeyError, ValueError, TypeError for another shape."""
    return Event(
        key=str(row["id"]),
        at=datetime.fromisoformat(row["t"]),
        customer=str(row["customer"]),
        text=str(row["text"]),
        branch=str(row.get("branch", "")),
        declared=int(row.get("declared", 0)),
    )


def _settings(given: dict[str, Any]) -> Settings:
    names = ("window_days", "min_customers", "min_tickets")
    try:
        return Settings(**{name: int(given[name]) for name in names if name in given})
    except ValueError as error:
        raise InvalidInput("neardup.settings", field="config", say=f"参数不对：{error}") from None


def _print(stream: Stream, *, as_json: bool) -> None:
    clusters, alerts = stream.clusters(), stream.alerts()
    if as_json:
        answer = {"clusters": [_cluster(one) for one in clusters], "alerts": [_alert(one) for one in alerts]}
        print(json.dumps(answer, ensure_ascii=False))
        return
    for one in clusters:
        days = f"{one.first_at:%Y-%m-%d} 至 {one.last_at:%Y-%m-%d}"
        branches = "、".join(one.branches) or "未注明机构"
        print(
            f"{one.head}  {len(one.keys)} 笔 {one.persons} 人（最密的窗口）  {days}  {branches}  {_STATES[one.state]}"
        )
    print(f"共 {len(clusters)} 组，{len(alerts)} 条预警")


def _cluster(one: Cluster) -> dict[str, Any]:
    return {
        "head": one.head,
        "keys": list(one.keys),
        "customers": one.customers,
        "persons": one.persons,
        "peak_customers": one.peak_customers,
        "branches": list(one.branches),
        "first_at": one.first_at.isoformat(),
        "last_at": one.last_at.isoformat(),
        "state": one.state.value,
    }


def _alert(one: Alert) -> dict[str, Any]:
    return {
        "head": one.head,
        "raised_at": one.raised_at.isoformat(),
        "persons": one.persons,
        "keys": list(one.keys),
    }
