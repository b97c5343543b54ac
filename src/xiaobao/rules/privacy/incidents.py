"""When information leaks or a person asks: leak notices, subject requests, compliance audits."""

from __future__ import annotations

from xiaobao.kernel.days import parse_moment
from xiaobao.rules.kinds.clock import ClockParams
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.values import Condition, Confidence, Kind, Role, Rule, Unit, Verdict
from xiaobao.rules.writing import bad, cite, day, due_on, edge, in_time, shelf, unknown, version

rule = shelf("privacy")

_LEAK = ClockParams("confirmed_at", 72, Unit.HOUR, at_once_if="endangers", say="确认泄露、毁损、丢失")
_LEAK_CITES = (
    cite("P01@2020-11-01:34.2", "72小时以内报告"),
    cite("P01@2020-11-01:34.2", "应当立即向"),
)
LEAK = rule(
    "PI-010",
    Kind.CLOCK,
    "消费者金融信息泄露：危及人身、财产安全的立即报告和告知；其他不利影响的及时告知、72小时以内报告",
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
            *in_time(
                {"confirmed_at": parse_moment("2020-11-10T09:00"), "endangers": False},
                parse_moment("2020-11-13T09:00"),
            ),
            unknown({"confirmed_at": parse_moment("2020-11-10T09:00")}),
        ),
        until="2021-01-01",
        by="confirmed_at",
        confidence=Confidence.MEMORY,
    ),
    version(
        "2021-01-01",
        _LEAK,
        (*_LEAK_CITES, cite("L20@2021-01-01:201.2", "自法律规定或者当事人约定的时间", Role.COUNTING)),
        (
            due_on(
                {"confirmed_at": parse_moment("2021-01-01T09:00"), "endangers": False},
                parse_moment("2021-01-04T09:00"),
            ),
            edge(
                Verdict.DUE,
                {"confirmed_at": parse_moment("2021-01-01T09:00"), "endangers": True},
                parse_moment("2021-01-01T09:00"),
                "立即",
            ),
            *in_time(
                {"confirmed_at": parse_moment("2021-01-01T09:00"), "endangers": False},
                parse_moment("2021-01-04T09:00"),
            ),
            unknown({"confirmed_at": parse_moment("2021-01-01T09:00")}),
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
            *in_time(
                {"confirmed_at": parse_moment("2026-03-01T09:00"), "endangers": False},
                parse_moment("2026-03-04T09:00"),
            ),
            unknown({"confirmed_at": parse_moment("2026-03-01T09:00")}),
            unknown({"endangers": False}),
        ),
        by="confirmed_at",
        reading="按小时计算的自确认时刻起算，不自次日起算；均为北京时间",
    ),
)

_RIGHTS = ("consult", "copy", "correct", "complete", "delete", "transfer", "explain")
REQUESTS = rule(
    "PI-009",
    Kind.CLOCK,
    "查阅、复制、更正、补充、删除、转移、解释的请求：及时办理，拒绝须说明理由",
    version(
        "2021-11-01",
        ClockParams("requested_on", 15, say="收到请求"),
        (
            cite("L02@2021-11-01:45.2", "应当及时提供"),
            cite("L02@2021-11-01:46.2", "及时更正、补充"),
            cite("L02@2021-11-01:50.1", "应当说明理由"),
            cite("L02@2021-11-01:49", "近亲属", Role.DEFINITION),
        ),
        (
            due_on({"requested_on": day("2026-03-01"), "right": "copy"}, day("2026-03-16"), "本行口径15日"),
            edge(
                Verdict.DUE, {"requested_on": day("2024-02-14"), "right": "delete"}, day("2024-02-29"), "闰日"
            ),
            edge(
                Verdict.NOT_APPLICABLE,
                {"requested_on": day("2026-03-01"), "right": "complain"},
                None,
                "投诉另有期限",
            ),
            *in_time({"requested_on": day("2026-03-01"), "right": "copy"}, day("2026-03-16")),
            unknown({"right": "copy"}),
        ),
        by="requested_on",
        scope=(Condition("right", "in", _RIGHTS, "属于个人信息权利请求"),),
        scope_say="不属于个人信息权利请求",
        reading="法律只写“及时”，没有日数；15日为本行口径",
    ),
)

_AUDIT_TITLE = "个人信息保护合规审计"
_AUDIT_DUTY = "应当定期开展合规审计"
_REGULARLY = "L02@2021-11-01:54"
AUDIT = rule(
    "PI-011",
    Kind.CALENDAR,
    "定期合规审计；处理超过1000万人个人信息的至少每两年一次",
    version(
        "2021-11-01",
        PeriodParams(
            _AUDIT_TITLE, unnumbered=f"{_AUDIT_DUTY}，法律没有规定周期，由本行规定", place=_REGULARLY
        ),
        (cite(_REGULARLY, "定期对其处理个人信息"),),
        (
            due_on({"last_on": day("2022-03-01")}, None, "没有法定周期"),
            edge(Verdict.DUE, {"last_on": day("2025-04-30")}, None, "两年一次尚未施行"),
            edge(Verdict.DUE, {}, None, "首次审计之前也有义务"),
        ),
        until="2025-05-01",
        by="last_on",
    ),
    version(
        "2025-05-01",
        PeriodParams(
            _AUDIT_TITLE,
            every_months=24,
            over=("persons", 10_000_000),
            begins=day("2025-05-01"),
            unnumbered=f"没有超过1000万人：{_AUDIT_DUTY}，没有法定周期，由本行规定",
            place=_REGULARLY,
        ),
        (cite("X07@2025-05-01:4", ""), cite(_REGULARLY, "定期对其处理个人信息")),
        (
            due_on({"persons": 20_000_000, "last_on": day("2025-05-01")}, day("2027-05-01")),
            edge(
                Verdict.PASS,
                {"persons": 10_000_001, "last_on": day("2025-05-01"), "done_on": day("2027-05-01")},
                day("2027-05-01"),
                "最后一日",
            ),
            edge(
                Verdict.DUE,
                {"persons": 10_000_000, "last_on": day("2025-05-01"), "done_on": day("2027-05-02")},
                None,
                "没有超过1000万人，没有法定周期",
            ),
            bad(
                Verdict.FAIL,
                {"persons": 20_000_000, "last_on": day("2025-05-01"), "done_on": day("2027-05-02")},
                day("2027-05-01"),
            ),
            edge(
                Verdict.DUE,
                {"persons": 20_000_000, "last_on": day("2025-04-30")},
                day("2027-05-01"),
                "施行之前审计的，首次自施行之日起算",
            ),
            edge(Verdict.DUE, {"persons": 20_000_000, "last_on": day("2025-05-02")}, day("2027-05-02")),
            unknown({"persons": 20_000_000}),
            unknown({"last_on": day("2025-05-01")}),
        ),
        by="last_on",
        confidence=Confidence.LIKELY,
        reading="首次审计自2025-05-01起算；原文未存，条号据公开报道",
    ),
)

RULES: tuple[Rule, ...] = (LEAK, REQUESTS, AUDIT)
