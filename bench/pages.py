"""Server CPU a request: list, page, search and create on 50,000 complaints; the list again on a million."""

from __future__ import annotations

import json
import os
import re
import statistics
import time
from collections.abc import Callable
from urllib.parse import quote

from bench.audit_cost import audit_cost
from bench.loading import first, migrated
from bench.processes import Server, cpu_seconds, served
from bench.sizes import Sizes
from bench.table import Row, heading
from bench.texts import RARE, expected
from bench.visitor import Answer, Visitor

COUNT = re.compile(r"共 ([\d,]+) 件")
ROUNDS = 5
COUNT_SECONDS = 15
METHOD = "granian, 2 workers, one keep-alive client; CPU ms a request, median of 5 rounds"


def measure(size: Sizes) -> list[Row]:
    """CPU of the pages people open all day."""
    heading(f"pages at {size.small:,} complaints; {METHOD}")
    with served({}) as server:
        officer = _officer(server)
        place = iter(range(first(), first() + size.small, 7))
        rows = [
            Row("list of 50 open, HTML", _cpu(server, size, _list, officer), "ms CPU", 10),
            Row(
                "complaint page, HTML",
                _cpu(server, size, lambda visitor: visitor.get(f"/complaints/{next(place)}/"), officer),
                "ms CPU",
                10,
            ),
        ]
        rows += [_search(server, size, officer, word, count) for word, count in expected(size.small).items()]
        rows.append(
            Row("workbench, HTML", _cpu(server, size, lambda visitor: visitor.get("/"), officer), "ms CPU")
        )
    return rows


def create(size: Sizes) -> list[Row]:
    """CPU of registering a complaint: through the API, and as a service with its journal entry and without."""
    heading(f"create at {size.small:,} complaints; {METHOD}")
    token = _token()
    with served({}) as server:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        number = iter(range(10**9))
        cost = _cpu(
            server, size, lambda visitor: _create(visitor, next(number)), Visitor(server.port, headers)
        )
    return [
        Row("create: guards, audit, clock, search (API)", cost, "ms CPU", 15),
        *audit_cost(size.commands),
    ]


def growth(size: Sizes) -> list[Row]:
    """The list's cost at both sizes, two servers in the same minutes, turn by turn."""
    heading(f"the list at {size.small:,} and at {size.large:,} complaints, turn by turn; {METHOD}")
    migrated(os.environ["XB_BENCH_LARGE"])
    with served({}) as one, served({"XIAOBAO_DATABASE_URL": os.environ["XB_BENCH_LARGE"]}) as two:
        sides = [(one, _officer(one)), (two, _officer(two))]
        costs: tuple[list[float], list[float]] = ([], [])
        for _, officer in sides:
            _warm(_list, officer)
        for _ in range(ROUNDS):
            for (server, officer), kept in zip(sides, costs, strict=True):
                kept.append(_round(server, size.requests, _list, officer))
        small, large = map(statistics.median, costs)
        anew = _counted_anew(two, sides[1][1])
    return [
        Row(f"list of 50 at {size.small:,}, beside", small, "ms CPU"),
        Row(f"list of 50 at {size.large:,}", large, "ms CPU"),
        Row("list: growth of its cost", large / small, "times", 1.3, f"{size.small:,} -> {size.large:,}"),
        Row(
            f"list of 50 at {size.large:,}, tabs counted anew",
            anew,
            "ms CPU",
            None,
            "once in 15 seconds for all askers of a unit; the other lists reuse the numbers",
        ),
    ]


def _search(server: Server, size: Sizes, officer: Visitor, word: str, count: int) -> Row:
    path = f"/search/?q={quote(word)}"
    found = COUNT.search(officer.get(path).text)
    seen = int(found.group(1).replace(",", "")) if found else -1
    if seen != count:
        raise RuntimeError(f"search for {word}: {seen} found, {count} are there")
    cost = _cpu(server, size, lambda visitor: visitor.get(path), officer)
    note = f"{count:,} found, exact" + (", rare" if word == RARE else "")
    return Row(f"search {word}, page of 50", cost, "ms CPU", 15, note)


def _list(visitor: Visitor) -> Answer:
    return visitor.get("/complaints/")


def _counted_anew(server: Server, officer: Visitor) -> float:
    """Median CPU of the list when the numbers on its tabs are older than they may be."""
    costs = []
    for _ in range(3):
        time.sleep(COUNT_SECONDS + 1)
        costs.append(_round(server, 1, _list, officer))
    return statistics.median(costs)


def _warm(ask: Callable[[Visitor], Answer], visitor: Visitor) -> None:
    for _ in range(20):
        _answered(ask(visitor))


def _round(server: Server, requests: int, ask: Callable[[Visitor], Answer], visitor: Visitor) -> float:
    """CPU ms a request of application and database, all their processes."""
    roots = [server.pid, int(os.environ["XB_BENCH_CLUSTER"])]
    before = cpu_seconds(roots)
    for _ in range(requests):
        _answered(ask(visitor))
    return (cpu_seconds(roots) - before) * 1000 / requests


def _cpu(server: Server, size: Sizes, ask: Callable[[Visitor], Answer], visitor: Visitor) -> float:
    """Median over the rounds, after a warming up."""
    _warm(ask, visitor)
    return statistics.median(_round(server, size.requests, ask, visitor) for _ in range(ROUNDS))


def _answered(answer: Answer) -> None:
    if answer.status not in {200, 201}:
        raise RuntimeError(f"answered {answer.status}: {answer.text[:300]}")


def _create(visitor: Visitor, number: int) -> Answer:
    body = {
        "channel": "phone",
        "received_at": "2026-11-20T09:30:00+08:00",
        "org_code": "D07",
        "title": f"手机银行转账重复扣款 {number}",
        "facts": "客户来电反映：转账时页面提示失败，重试后两笔均已扣款，客服未能当场说明，要求退回重复扣划的款项。"
        * 3,
        "request": "退回重复扣划的款项",
        "product": "手机银行",
        "persons": [{"name": "王小敏", "phone": f"199{number:08d}"}],
        "amount": "1234.50",
        "currency": "CNY",
        "channel_code": "A1.3.3",
        "business_code": "B7.4",
        "reason_code": "C2",
        "source_system": "bench",
        "source_no": f"b{number}",
        "duplicates_seen": True,
    }
    return visitor.ask(
        "POST", "/api/v1/complaints", json.dumps(body), **{"Idempotency-Key": f"bench-{number}"}
    )


def _officer(server: Server) -> Visitor:
    from xiaobao.demo.cast import PASSWORD

    visitor = Visitor(server.port)
    visitor.sign_in("officer", PASSWORD)
    return visitor


def _token() -> str:
    from xiaobao.base.integrations.services import token_issue
    from xiaobao.base.integrations.values import Grant
    from xiaobao.kernel.identity import system_actor

    _, clear = token_issue(
        actor=system_actor("bench", via="bench"),
        username="gateway",
        name="bench",
        grants=[Grant.WRITE],
        days=1,
    )
    return clear
