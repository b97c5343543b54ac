"""What the journal costs: the same command with and without its entry, turn by turn, in one run."""

from __future__ import annotations

import os
import statistics
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest import mock

from bench.processes import cpu_seconds
from bench.table import Row, heading

TURNS = 10


def audit_cost(commands: int) -> list[Row]:
    """CPU of creating with the entry over CPU without it, this process and the database together."""
    from xiaobao.duties.complaints import services
    from xiaobao.duties.complaints.services import stepping

    heading("audit A/B: complaint_receive with its entry and without, ten turns each, medians")
    actor, intake = _caller()
    serial = iter(range(10**9))

    def turn() -> float:
        roots = [os.getpid(), int(os.environ["XB_BENCH_CLUSTER"])]
        before = cpu_seconds(roots)
        for _ in range(commands // TURNS):
            services.complaint_receive(actor=actor, intake=replace(intake, source_no=f"ab{next(serial)}"))
        return (cpu_seconds(roots) - before) * 1000 / (commands // TURNS)

    turn()
    with_entry, without = [], []
    for _ in range(TURNS):
        with_entry.append(turn())
        with mock.patch.object(stepping.audit, "record"):
            without.append(turn())
    a, b = statistics.median(with_entry), statistics.median(without)
    return [
        Row("create as a service, with its journal entry", a, "ms CPU"),
        Row("journal's share of a create", 100 * (a - b) / a, "%", 10, f"without: {b:.2f} ms"),
    ]


def _caller() -> tuple[Any, Any]:
    from xiaobao.duties.complaints.domain.values import Channel, Intake, Person
    from xiaobao.kernel import ports
    from xiaobao.kernel.identity import system_actor

    intake = Intake(
        channel=Channel.PHONE,
        received_at=ports.now() - timedelta(hours=3),
        org_code="D07",
        title="手机银行转账重复扣款",
        facts="客户来电反映：转账时页面提示失败，重试后两笔均已扣款，客服未能当场说明，要求退回。" * 3,
        request="退回重复扣划的款项",
        product="手机银行",
        persons=(Person("王小敏", "19900000001"),),
        source_system="bench-ab",
        duplicates_seen=True,
    )
    return system_actor("bench", via="bench"), intake
