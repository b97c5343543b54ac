"""`xiaobao rules due` and `rules retention`: when something is due, with the trace."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date, datetime
from typing import Any

from xiaobao.kernel.days import YEARS, parse_day, parse_moment
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.book import book_for
from xiaobao.rules.calendar import Calendar, calendar_at
from xiaobao.rules.complaint_clock import due
from xiaobao.rules.complaint_facts import (
    MISSING,
    Approver,
    ClockFacts,
    Complexity,
    Due,
    Extension,
    ExtensionKind,
    GivenDue,
    Overlay,
    Pause,
    PauseKind,
    Source,
)
from xiaobao.rules.facts import DONE, check_types, read_facts
from xiaobao.rules.kinds.clock import StageParams
from xiaobao.rules.values import Kind, Rule, Unit, Verdict, Version
from xiaobao.site.commands.rules_output import (
    add_json,
    add_own,
    decided,
    guessed,
    own_of,
    pairs_of,
    print_json,
    print_trace,
)

# The complaint clock answers for these as a whole; the asked rule fixes what is not said otherwise.
COMPLAINT_RULES = frozenset(f"CMP-{number:03d}" for number in (2, 3, 4, 5, 7, 8, 9, 10, 22, 23))
IMPLIED = {"CMP-004": Complexity.COMPLEX, "CMP-005": Complexity.SPECIAL}
TOLD = {PauseKind.MEDIATION: "mediation_both", PauseKind.APPRAISAL: "appraisal_told"}
FAILED = 1


def add_questions(questions: Any) -> None:
    """`due` and `retention`."""
    parser = questions.add_parser("due", help="期限及其理由 / when is it due, and why")
    parser.add_argument("rule", metavar="规则", help="如 CMP-003")
    _add_case(parser)
    _add_events(parser)
    _add_others(parser)
    add_own(parser)
    add_json(parser)
    parser.set_defaults(answer=answer_due)
    keep = questions.add_parser("retention", help="保存到哪一天 / keep until")
    keep.add_argument("rule", metavar="规则", help="如 DR-006")
    keep.add_argument(
        "--on", metavar="日期", help="按哪一天的规则，默认取起算日 / as the rules stood on this day"
    )
    _add_facts(keep, "已知的事实 / known facts")
    add_own(keep)
    add_json(keep)
    keep.set_defaults(answer=answer_retention)


def _add_facts(parser: argparse.ArgumentParser, said: str) -> None:
    parser.add_argument("--fact", action="append", default=[], metavar="名称=值", help=said)


def _add_case(parser: argparse.ArgumentParser) -> None:
    """What is known of the complaint itself and of an extension."""
    parser.add_argument(
        "--received", metavar="日期", help="收到日期（小时期限写时刻）/ day or moment of receipt"
    )
    parser.add_argument(
        "--channel", choices=[one.value for one in Source], default=None, help="来源：own|nfra|pboc"
    )
    parser.add_argument(
        "--complexity", choices=[one.value for one in Complexity], help="情况：simple|complex|special"
    )
    parser.add_argument("--reason", default="", help="延长的原因 / why longer")
    parser.add_argument(
        "--approver", choices=[one.value for one in Approver], help="延期审批人 / who approved"
    )
    parser.add_argument("--approved-on", metavar="日期", help="审批日期，不填则期限待定 / day of approval")
    parser.add_argument(
        "--told-on", metavar="日期", help="告知投诉人的日期，不填则期限待定 / day the complainant was told"
    )
    parser.add_argument(
        "--untold", action="store_true", help="延期未告知投诉人 / nobody was told of the extension"
    )


def _add_events(parser: argparse.ArgumentParser) -> None:
    """What happened to the complaint; each may be given several times."""
    for name, metavar, said in (
        ("--pause", "起:止:told|untold[:appraisal|mediation]", "暂停的起止日、是否已告知、原因 / days the clock stood still"),
        ("--new-facts", "日期", "收到新的事实和理由 / new facts came in"),
        ("--repeat", "日期", "重复提出，无新事实 / the same again, no new facts"),
        ("--given", "日期:文号", "监管给定的期限 / date given by a regulator"),
    ):  # fmt: skip
        parser.add_argument(name, action="append", default=[], metavar=metavar, help=said)
    parser.add_argument("--withdrawn", metavar="日期", help="收到撤回申请 / withdrawal came in")


def _add_others(parser: argparse.ArgumentParser) -> None:
    """What rules other than the complaint's clock ask for."""
    parser.add_argument(
        "--danger",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="是否可能危及人身、财产安全（PI-010：是则立即）/ danger, at once",
    )
    parser.add_argument("--year", help="年度（周期类规则） / year, for yearly duties")
    parser.add_argument("--product-end", metavar="日期", help="产品终止日（保存期限） / end of the product")
    parser.add_argument("--contract-end", metavar="日期", help="合同终止日（保存期限） / end of the contract")
    _add_facts(parser, "其他事实 / other facts")
    parser.add_argument(
        "--calendar", metavar="版本", help="放假安排的版本，默认最新 / version of the calendar"
    )
    parser.add_argument("--days", action="store_true", help="逐日列出 / every day counted, paused or skipped")


def answer_due(options: argparse.Namespace) -> int:
    """The due day of a complaint, or of any other rule that knows one."""
    rule = book_for(options.rule.upper()).rule(options.rule.upper())
    if rule.id in COMPLAINT_RULES and not options.fact:
        return _complaint(rule, options)
    return _other(rule, options)


def _complaint(rule: Rule, options: argparse.Namespace) -> int:
    facts = clock_facts(rule.id, options)
    known = calendar_at(options.calendar)
    found = due(facts, book_for(rule.id), known, _overlays(options))
    answer = found.as_dict()
    if facts.received_on is not None:
        answer |= _asked(rule, facts.received_on, found)
        if options.approver and found.later is not None:
            answer |= _if_granted(rule, facts.received_on, answer, found.later)
    if options.days:
        answer["days"] = _days(facts, known)
    if found.broken:
        answer["verdict"] = Verdict.REFUSE.value
        answer["error"] = f"rule.{found.broken[0]}"
    _print(answer, options)
    if found.broken:
        said = "；".join(step.say for step in found.unused if step.value in found.broken)
        print(f"{said}。期限仍为{found.on}", file=sys.stderr)
        return FAILED
    return 0


def _overlays(options: argparse.Namespace) -> tuple[Overlay, ...]:
    """The bank's own periods for complaints; what other overlays say is not the clock's to know."""
    own = own_of(options)
    if not own:
        return ()
    from xiaobao.rules.book import book
    from xiaobao.rules.own_rules import clock_overlays

    return clock_overlays(own, book())


def _asked(rule: Rule, received: date, found: Due) -> dict[str, Any]:
    asked: dict[str, Any] = {"rule": rule.id, "version": book_for(rule.id).get(rule.id, received).name}
    asked["decided_by"] = {"rule": found.rule, "version": found.version}
    if rule.id == "CMP-023":
        track = next((one for one in found.tracks if one.id == rule.id), None)
        if track is not None and track.on != found.on:
            asked |= {
                "due": track.on.isoformat(),
                "strictest_due": found.on.isoformat() if found.on else None,
            }
            asked["say"] = f"人民银行转交的期限为{track.on}；同时适用的各期限中最早为{found.on}。"
    return asked


def _if_granted(rule: Rule, received: date, answer: dict[str, Any], later: Due) -> dict[str, Any]:
    """Asked for the day with an approval that lacks a day: that day, the one without it beside, and neither is certain."""
    found = (later.as_dict() | _asked(rule, received, later))["due"]
    if found == answer["due"]:
        return {}
    lacking = "、".join(MISSING[name] for name in answer["missing"])
    say = f"待定，尚缺：{lacking}。条件均已具备的，最迟{found}；否则最迟{answer['due']}。"
    open_ = {"verdict": Verdict.UNDECIDED.value, "due": found}
    return open_ | {"due_otherwise": answer["due"], "say": say}


def _days(facts: ClockFacts, known: Calendar) -> list[dict[str, Any]]:
    from xiaobao.rules.complaint_days import day_table

    return [
        {
            "day": row.day.isoformat(),
            "status": row.status.value,
            "number": row.number,
            "reason": row.reason,
            "cite": row.cite,
        }
        for row in day_table(facts, book_for("CMP-003"), known)
    ]


def clock_facts(rule: str, options: argparse.Namespace) -> ClockFacts:
    """The facts typed on the command line. Raises: InvalidInput naming the option."""
    if not options.received:
        raise InvalidInput(
            "rules.no_start", field="received", say="请用 --received 给出收到日期，例如 --received 2026-01-10"
        )
    received = _day_of(options.received, "received")
    complexity = (
        Complexity(options.complexity) if options.complexity else IMPLIED.get(rule, Complexity.SIMPLE)
    )
    source = Source(options.channel) if options.channel else Source.PBOC if rule == "CMP-023" else Source.OWN
    return ClockFacts(
        received,
        source=Source.NFRA if rule == "CMP-022" and not options.channel else source,
        complexity=complexity,
        reason=options.reason,
        extensions=_extensions(options, source, complexity),
        pauses=tuple(_pause(text, rule) for text in options.pause),
        new_facts_on=tuple(parse_day(text, field="new-facts") for text in options.new_facts),
        repeats_on=tuple(parse_day(text, field="repeat") for text in options.repeat),
        withdrawn_on=parse_day(options.withdrawn, field="withdrawn") if options.withdrawn else None,
        given=tuple(_given(text) for text in options.given),
    )


def _day_of(text: str, field: str) -> date:
    return parse_moment(text, field=field).date() if "T" in text else parse_day(text, field=field)


def _extensions(options: argparse.Namespace, source: Source, complexity: Complexity) -> tuple[Extension, ...]:
    """The approval typed; what is not typed of it is not known."""
    special = complexity is Complexity.SPECIAL
    if not options.approver:
        return (Extension(ExtensionKind.SPECIAL, None, unknown=("approver",)),) if special else ()
    approved = parse_day(options.approved_on, field="approved-on") if options.approved_on else None
    told = parse_day(options.told_on, field="told-on") if options.told_on else None
    known = {"approved_on": approved, "approval_told_on": told or options.untold}
    untold = tuple(name for name, value in known.items() if not value)
    kind = ExtensionKind.SPECIAL if source is not Source.PBOC or special else ExtensionKind.PBOC
    return (Extension(kind, Approver(options.approver), approved, told, untold),)


def _pause(text: str, rule: str) -> Pause:
    parts = text.split(":")
    default = PauseKind.MEDIATION if rule == "CMP-008" else PauseKind.APPRAISAL
    kinds = {one.value: one for one in PauseKind}
    if (
        len(parts) not in (2, 3, 4)
        or (len(parts) > 2 and parts[2] not in ("told", "untold"))
        or (len(parts) == 4 and parts[3] not in kinds)
    ):
        raise InvalidInput(
            "rules.pause",
            field="pause",
            text=text,
            say=f"暂停“{text}”应写成 起:止:told 或 起:止:untold，例如 2026-03-05:2026-03-24:told",
        )
    noted = len(parts) > 2 and parts[2] == "told"
    untold = () if len(parts) > 2 else (TOLD[default],)
    kind = kinds[parts[3]] if len(parts) == 4 else default
    until = parse_day(parts[1], field="pause") if parts[1] else None
    return Pause(
        kind, parse_day(parts[0], field="pause"), until, told=noted, both_applied=noted, unknown=untold
    )


def _given(text: str) -> GivenDue:
    when, _, number = text.partition(":")
    return GivenDue(parse_day(when, field="given"), number or "监管来函")


def _other(rule: Rule, options: argparse.Namespace) -> int:
    version = _version(rule, guessed(options.fact), options)
    facts = _typed(rule, version, options) | read_facts(rule, version, pairs_of(options.fact))
    check_types(rule, version, facts)
    latest = _latest(rule, facts, options) or version.since
    value, answer = decided(rule, version, facts, own_of(options), latest)
    known = answer["verdict"] in (Verdict.DUE, Verdict.PASS, Verdict.FAIL)
    answer["due"] = _single(value) if known else None
    _print(answer, options)
    return 0


def _latest(rule: Rule, facts: dict[str, Any], options: argparse.Namespace | None = None) -> date | None:
    """The day that picks the version: the fact the rule names for it, else the latest event told but its doing."""
    by = facts.get(rule.versions[-1].applies_by)
    told = (by,) if isinstance(by, date) else (value for name, value in facts.items() if name not in DONE)
    known = [one for one in (*told, *(_starts(options) if options else ())) if isinstance(one, date)]
    return max((value.date() if isinstance(value, datetime) else value for value in known), default=None)


def _version(rule: Rule, facts: dict[str, Any], options: argparse.Namespace) -> Version:
    latest = _latest(rule, facts, options)
    return book_for(rule.id).counted(rule.id, latest) if latest else rule.versions[-1]


def _starts(options: argparse.Namespace) -> list[date]:
    found = [
        _day_of(text, "date")
        for text in (options.received, options.product_end, options.contract_end)
        if text
    ]
    return [*found, date(_year(options), 12, 31)] if options.year else found


def _year(options: argparse.Namespace) -> int:
    """The year asked for. Raises: InvalidInput `rules.year`."""
    text = str(options.year).strip().removesuffix("年")
    if not re.fullmatch(r"\d{4}", text, re.ASCII) or int(text) not in YEARS:
        say = f"年度“{options.year}”无法识别，应在{YEARS.start}至{YEARS.stop - 1}之间，例如 2026"
        raise InvalidInput("rules.year", field="year", text=text, say=say)
    return int(text)


def _typed(rule: Rule, version: Version, options: argparse.Namespace) -> dict[str, Any]:
    typed: dict[str, Any] = {}
    if options.received and rule.kind is Kind.CLOCK:
        typed[_start_fact(version.params)] = _start_value(version.params, options.received)
    if options.year:
        typed["year"] = _year(options)
    for name, text in (("product_end_on", options.product_end), ("contract_end_on", options.contract_end)):
        if text:
            typed[name] = parse_day(text, field=name)
    if options.approver:
        typed["approver"] = options.approver
    if options.untold or options.told_on:
        typed["told"] = not options.untold
    if at_once := getattr(version.params, "at_once_if", ""):
        typed |= {} if options.danger is None else {at_once: options.danger}
    return typed


def _start_fact(params: Any) -> str:
    return str(params.stages[0][1].start if isinstance(params, StageParams) else params.start)


def _start_value(params: Any, text: str) -> date | datetime:
    first = params.stages[0][1] if isinstance(params, StageParams) else params
    if first.unit is not Unit.HOUR:
        return _day_of(text, "received")
    if ":" not in text:
        raise InvalidInput(
            "rules.no_time",
            field="received",
            say=f"按小时计算，请写明时刻：“{text}”应写成 2026-03-01T09:00 的样子",
        )
    return parse_moment(text, field="received")


def _single(value: Any) -> Any:
    if isinstance(value, dict):
        value = (
            next(iter(value.values()), None)
            if len(value) == 1
            else {key: _single(one) for key, one in value.items()}
        )
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def answer_retention(options: argparse.Namespace) -> int:
    """The last day a file must be kept, by the version of the day its relation ended (or `--on`)."""
    rule = book_for(options.rule.upper()).rule(options.rule.upper())
    if rule.kind is not Kind.RETENTION:
        say = f"{rule.id}不是保存期限类规则，请用 rules check"
        raise InvalidInput("rules.not_retention", rule=rule.id, say=say)
    facts = guessed(options.fact)
    day = _latest(rule, facts)
    if not options.on and day is None:
        read_facts(rule, rule.versions[-1], pairs_of(options.fact))
        say = "请用 --fact 给出起算日，例如 --fact relation_end_on=2026-01-10"
        raise InvalidInput("rules.no_start", field="fact", say=say)
    on = parse_day(options.on, field="on") if options.on else day or rule.versions[-1].since
    version = book_for(rule.id).get(rule.id, on)
    facts = read_facts(rule, version, pairs_of(options.fact))
    value, answer = decided(rule, version, facts, own_of(options), on)
    answer["keep_until"] = _single(value)
    _print(answer, options)
    return 0


def _print(answer: dict[str, Any], options: argparse.Namespace) -> None:
    if options.json:
        print_json(answer)
        return
    print_trace(answer)
    for row in answer.get("days", ()):
        print(f"  {row['day']}  {row['number'] or '—':>3}  {row['reason']}")
