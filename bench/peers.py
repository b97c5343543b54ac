"""Peers beside us: one measured in the same run on the same texts, the others as they were published."""

from __future__ import annotations

import base64
import json
import os
import statistics
from collections.abc import Callable
from urllib.parse import quote

from bench import helpdesk
from bench.processes import Server, cpu_seconds
from bench.sizes import Sizes
from bench.table import Row, heading
from bench.texts import RARE, expected
from bench.visitor import Answer, Visitor

ROUNDS = 5
PUBLISHED = """\
As published in shared/spec/complaints.md section 3 and shared/bench/casework/results (not measured in this run;
50,000 complaints of that folder's generator, Roundup 25,500; CPU ms a request, application + database):
  case                         django-helpdesk 2.6.1   Request Tracker 5   Roundup 2.6
  list of 50 open                                206                 690           273
  case page                                       42                 344           192
  create                                          45                 259           332
  Chinese search, page of 50     920-1,187 (right)     9-11 (0 found)    168-211 (0 found)"""


def measure(size: Sizes) -> list[Row]:
    """The peer's figures; none where it is not installed."""
    heading("peers")
    print(PUBLISHED)
    if not helpdesk.is_there():
        print(
            "\ndjango-helpdesk is not installed: python -m bench.helpdesk puts it into an environment of its own"
        )
        return []
    url = os.environ["XB_BENCH_PEER"]
    loaded = helpdesk.load(url, size.small)
    print(f"\n{helpdesk.NAME} in this run: {size.small:,} tickets with our texts, {loaded['open']:,} open")
    with helpdesk.served(url) as server:
        return _figures(server, size, loaded)


def _figures(server: Server, size: Sizes, loaded: dict[str, int]) -> list[Row]:
    visitor = _signed_in(server)
    opened = {"filtering": {"status__in": [1]}, "sorting": "created", "search_string": ""}
    place = iter(range(loaded["first"], loaded["first"] + size.small, 7))
    rows = [
        _row(server, size, "list of 50 open", lambda: visitor.get(_list(opened))),
        _row(server, size, "ticket page", lambda: visitor.get(f"/tickets/{next(place)}/")),
    ]
    for word, count in expected(size.small).items():
        asked = _list({"filtering": {}, "sorting": "created", "search_string": word})
        found = json.loads(visitor.get(asked).text)["recordsFiltered"]
        note = f"{found:,} found of {count:,}" + (", rare" if word == RARE else "")
        rows.append(_row(server, size, f"search {word}", lambda asked=asked: visitor.get(asked), note))
    serial = iter(range(10**9))
    rows.append(_row(server, size, "create (REST)", lambda: _create(visitor, loaded["queue"], next(serial))))
    return rows


def _row(server: Server, size: Sizes, what: str, ask: Callable[[], Answer], note: str = "") -> Row:
    roots = [server.pid, int(os.environ["XB_BENCH_CLUSTER"])]
    requests = max(3, size.requests // 10)  # a tenth of ours: the peer's answers cost ten times as much
    for _ in range(3):
        _answered(ask())
    costs = []
    for _ in range(ROUNDS):
        before = cpu_seconds(roots)
        for _ in range(requests):
            _answered(ask())
        costs.append((cpu_seconds(roots) - before) * 1000 / requests)
    return Row(f"peer, {helpdesk.NAME}: {what}", statistics.median(costs), "ms CPU", None, note)


def _answered(answer: Answer) -> None:
    if answer.status not in {200, 201}:
        raise RuntimeError(f"the peer answered {answer.status}: {answer.text[:300]}")


def _list(query: dict[str, object]) -> str:
    asked = base64.b64encode(json.dumps(query).encode()).decode()
    order = (
        quote("order[0][column]") + "=0&" + quote("order[0][dir]") + "=desc&" + quote("search[value]") + "="
    )
    return f"/datatables_ticket_list/{asked}?draw=1&start=0&length=50&{order}"


def _create(visitor: Visitor, queue: int, number: int) -> Answer:
    body = {
        "queue": queue,
        "title": f"手机银行转账重复扣款 {number}",
        "description": "客户来电反映：转账时页面提示失败，重试后两笔均已扣款，要求退回重复扣划的款项。" * 3,
        "priority": 3,
        "status": 1,
        "submitter_email": "n@example.org",
    }
    headers = {"Content-Type": "application/json", "X-CSRFToken": visitor.cookies["csrftoken"]}
    return visitor.ask("POST", "/api/tickets/", json.dumps(body), **headers)


def _signed_in(server: Server) -> Visitor:
    visitor = Visitor(server.port)
    answer = visitor.post(
        "/login/", {"username": "admin", "password": helpdesk.PASSWORD, "next": "/tickets/"}
    )
    if answer.status not in {302, 303}:
        raise RuntimeError(f"login at the peer answered {answer.status}")
    return visitor
