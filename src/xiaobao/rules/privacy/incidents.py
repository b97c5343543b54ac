"""When information leaks or a person asks: leak notices, subject requests, compliance audits."""

from __future__ import annotations

from xiaobao.kernel.days import parse_moment
from xiaobao.rules.kinds.clock import ClockParams
from xiaobao.rules.values import Kind, Role, Rule, Unit, Verdict
from xiaobao.rules.writing import cite, due_on, edge, shelf, unknown, version

rule = shelf("privacy")

_LEAK = ClockParams("confirmed_at", 72, Unit.HOUR, at_once_if="endangers", say="确认泄露、毁损、丢失")
_LEAK_CITES = (
    cite("P01@2020-11-01:34.2", "72小时以内报告"),
    cite("P01@2020-11-01:34.2", "应当立即向"),
)
LEAK = rule(
    "PI-010",
    Kind.CLOCK,
    "消费者金融信息泄露：危及人身、财产安全的立即报告和告知；其他不利影响72小时以内报告",
    version(
        "2020-11-01",
        _LEAK,
        (*_LEAK_CITES, cite("X14@2017-10-01:201.2", "自法律规定", Role.COUNTING)),
        (
            due_on(
                {"confirmed_at": parse_moment("2020-11-10T09:00"), "endangers": False},
                parse_moment("2020-11-13T09:00"),
            ),
            edge(
                Verdict.DUE,
                {"confirmed_at": parse_moment("2020-11-10T09:00"), "endangers": True},
                parse_moment("2020-11-10T09:00"),
                "立即",
            ),
            unknown({"confirmed_at": parse_moment("2020-11-10T09:00")}),
        ),
        until="2021-11-01",
        by="confirmed_at",
    ),
    version(
        "2021-11-01",
        _LEAK,
        (
            *_LEAK_CITES,
            cite("L02@2021-11-01:57.1", "应当立即采取补救措施"),
            cite("L02@2021-11-01:57.1.1", "信息种类、原因"),
            cite("L20@2021-01-01:201.2", "自法律规定或者当事人约定的时间", Role.COUNTING),
        ),
        (
            due_on(
                {"confirmed_at": parse_moment("2026-03-01T09:00"), "endangers": False},
                parse_moment("2026-03-04T09:00"),
                "X-09",
            ),
            edge(
                Verdict.DUE,
                {"confirmed_at": parse_moment("2024-02-27T23:59"), "endangers": False},
                parse_moment("2024-03-01T23:59"),
                "闰日",
            ),
            edge(
                Verdict.DUE,
                {"confirmed_at": parse_moment("2026-03-01T09:00"), "endangers": True},
                parse_moment("2026-03-01T09:00"),
                "立即",
            ),
            unknown({"confirmed_at": parse_moment("2026-03-01T09:00")}),
            unknown({"endangers": False}),
        ),
        by="confirmed_at",
        reading="按小时计算的自确认时刻起算，不自次日起算；均为北京时间",
    ),
)

RULES: tuple[Rule, ...] = (LEAK,)
