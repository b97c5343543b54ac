"""Server CPU a request: list, page, search and create on 50,000 complaints; the list again on a million."""

from __future__ import annotations

import json
import os
import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from bench.audit_cost import audit_cost
from bench.multiply import multiply, retell
from bench.processes import Server, cpu_seconds, served
from bench.table import Row, heading
from bench.texts import RARE, expected
from bench.visitor import Answer, Visitor

COUNT = re.compile(r"共 ([\d,]+) 件")
ROUNDS = 5
METHOD = "granian, 2 workers, one keep-alive client; CPU ms a request, median of 5 rounds"


@dataclass(frozen=True, slots=True)
class Bench:
    """Sizes of a run and the database's own processes."""

    small: int
    large: int
    requests: int
    cluster: int


def measure(*, quick: bool) -> list[Row]:
    """The rows of this section."""
    size = Bench(
        *((5_000, 50_000, 20) if quick else (50_000, 1_000_000, 60)), int(os.environ["XB_BENCH_CLUSTER"])
    )
    heading(
        f"{size.small:,} complaints: told through the services, multiplied by SQL, texts and search index of their own"
    )
    told = _tell(0.03 if quick else 0.15)
    first = _first()
    standing = multiply(size.small)
    retell(first, standing)
    _analyse()
    print(f"{told} told, {standing:,} standing, from id {first}", flush=True)
    token = _token()
    with served({}) as server:
        rows, listed = _pages(server, size, first, token)
    rows += audit_cost(100 if quick else 400)
    heading(
        f"the list at {size.large:,} complaints: more copies of the complaints alone, without papers and texts"
    )
    multiply(size.large, with_papers=False)
    _analyse()
    with served({}) as server:
        cost = _cpu(server, size, lambda visitor: visitor.get("/complaints/"), _officer(server))
    rows.append(Row(f"list of 50 at {size.large:,}", cost, "ms CPU"))
    rows.append(
        Row("list: growth of its cost", cost / listed, "times", 1.3, f"{size.small:,} -> {size.large:,}")
    )
    return rows


def _pages(server: Server, size: Bench, first: int, token: str) -> tuple[list[Row], float]:
    heading(METHOD)
    officer = _officer(server)
    listed = _cpu(server, size, lambda visitor: visitor.get("/complaints/"), officer)
    place = iter(range(first, first + size.small, 7))
    page = _cpu(server, size, lambda visitor: visitor.get(f"/complaints/{next(place)}/"), officer)
    rows = [
        Row("list of 50 open, HTML", listed, "ms CPU", 10),
        Row("complaint page, HTML", page, "ms CPU", 10),
    ]
    for word, count in expected(size.small).items():
        answer = officer.get(f"/search/?q={_quoted(word)}")
        found = COUNT.search(answer.text)
        seen = int(found.group(1).replace(",", "")) if found else -1
        if seen != count:
            raise RuntimeError(f"search for {word}: {seen} found, {count} are there")
        cost = _cpu(
            server, size, lambda visitor, word=word: visitor.get(f"/search/?q={_quoted(word)}"), officer
        )
        note = f"{count:,} found, exact" + (", rare" if word == RARE else "")
        rows.append(Row(f"search {word}, page of 50", cost, "ms CPU", 15, note))
    gateway = Visitor(server.port, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    number = iter(range(10**9))
    create = _cpu(server, size, lambda visitor: _create(visitor, next(number)), gateway)
    rows.append(Row("create: guards, audit, clock, search (API)", create, "ms CPU", 15))
    rows.append(
        Row("workbench, HTML", _cpu(server, size, lambda visitor: visitor.get("/"), officer), "ms CPU")
    )
    return rows, listed


def _cpu(server: Server, size: Bench, ask: Callable[[Visitor], Answer], visitor: Visitor) -> float:
    """Median over the rounds of CPU ms a request: application and database, all their processes."""
    for _ in range(10):
        _answered(ask(visitor))
    roots, costs = [server.pid, size.cluster], []
    for _ in range(ROUNDS):
        before = cpu_seconds(roots)
        for _ in range(size.requests):
            _answered(ask(visitor))
        costs.append((cpu_seconds(roots) - before) * 1000 / size.requests)
    return statistics.median(costs)


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


def _tell(scale: float) -> int:
    from xiaobao.demo.build import Plan, build
    from xiaobao.demo.progress import Progress

    told = build(Plan(scale=scale), Progress())
    return told.year + told.recent


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


def _first() -> int:
    from django.apps import apps

    return int(
        apps.get_model("complaints", "Complaint").objects.order_by("pk").values_list("pk", flat=True)[0]
    )


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _quoted(word: str) -> str:
    from urllib.parse import quote

    return quote(word)
