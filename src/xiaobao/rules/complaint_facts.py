"""What the complaint clock is told and what it answers: plain values, no arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from xiaobao.kernel import days
from xiaobao.kernel.terms import Term
from xiaobao.rules.values import Confidence, Step, Unit, Verdict, plain

# What a person would call the facts a clock may lack.
MISSING = {
    "received_on": "收到投诉的日期",
    "reason": "延长的原因",
    "approver": "再延长30日的有效审批和告知",
    "pause_until": "暂停的结束日期",
    "law": "收到当日施行的法规（早于2020-03-01的未录入）",
    "calendar": "放假安排",
    "approved_on": "批准日期",
    "approval_told_on": "延期告知投诉人的日期",
    "mediation_both": "调解是否由双方申请",
    "appraisal_told": "鉴定期间是否已告知投诉人",
}


# A step of a trace: written already, or the function that writes it (or several) with its arguments.
Line = Step | tuple[Any, ...]


class Source(Term):
    """Where the complaint came from; a transfer keeps its regulator's clock beside the base one."""

    OWN = "own", "自有渠道"
    NFRA = "nfra", "金融监管部门转送"
    PBOC = "pboc", "人民银行转交"


class Complexity(Term):
    """How hard the case is, in the words of N00:18.1."""

    SIMPLE = "simple", "事实清楚、争议情况简单"
    COMPLEX = "complex", "情况复杂"
    SPECIAL = "special", "情况特别复杂或者有其他特殊原因"


class Approver(Term):
    """The post that approved, seen from the unit that handles the complaint."""

    HEAD_OFFICE = "head_office", "总行高级管理人员"
    SUPERIOR = "superior", "上级机构"
    COMPLAINT_LEAD = "complaint_lead", "本机构投诉处理工作负责人"
    BRANCH = "branch", "本级分行负责人"
    SUB_BRANCH = "sub_branch", "支行行长"
    OUTLET = "outlet", "网点负责人"


class ExtensionKind(Term):
    """Which extension: to 30 days, by 30 more, or the PBOC's up to 60."""

    COMPLEX = "complex", "延长至30日"
    SPECIAL = "special", "再延长30日"
    PBOC = "pboc", "人民银行转交的延长"


class PauseKind(Term):
    """The only two things that stop the statutory count."""

    APPRAISAL = "appraisal", "外部鉴定、检测、评估"
    MEDIATION = "mediation", "调解"


class Extension(NamedTuple):
    """An approval to take longer. Without both days it has no effect; both must fall within the old period.

    `unknown` names what nobody told of it (`complaint_open`): a day left empty otherwise says that it has not been done.
    """

    kind: ExtensionKind
    approver: Approver | None
    approved_on: date | None = None
    told_on: date | None = None
    unknown: tuple[str, ...] = ()


class Pause(NamedTuple):
    """Days from `since` to `until`, both included. `until` None: still running (see `ClockFacts.as_of`).

    `told`: the complainant was told (appraisal, N00:18.2). `both_applied`: both sides applied (mediation, N00:23).
    `unknown` names which of these nobody told.
    """

    kind: PauseKind
    since: date
    until: date | None
    told: bool = False
    both_applied: bool = True
    document: str = ""
    unknown: tuple[str, ...] = ()


class GivenDue(NamedTuple):
    """A day written in a regulator's letter: given, not computed. No pause moves it."""

    on: date
    number: str
    issuer: str = ""


class Overlay(NamedTuple):
    """The bank's own stricter period or an emergency notice, binding complaints received in since..until.

    `until` is the first day it no longer binds (None: open). `stages` names the complexities it is for
    (empty: all). `signed_by` are the two signatures.
    """

    id: str
    title: str
    length: int
    unit: Unit
    since: date
    until: date | None = None
    stages: frozenset[Complexity] = frozenset()
    signed_by: tuple[str, ...] = ()

    def binds(self, received_on: date, complexity: Complexity) -> bool:
        """Whether a complaint received that day and of that complexity falls under it."""
        if received_on < self.since or (self.until is not None and received_on >= self.until):
            return False
        return not self.stages or complexity in self.stages


class ClockFacts(NamedTuple):
    """The facts of one complaint that its clock depends on; nothing here is derived.

    `new_facts_on` are the days new material arrived, `repeats_on` those of repetitions without any.
    `as_of` is only used for a pause that still runs: the count stands still up to that day.
    """

    received_on: date | None
    source: Source = Source.OWN
    complexity: Complexity = Complexity.SIMPLE
    reason: str = ""
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[Pause, ...] = ()
    new_facts_on: tuple[date, ...] = ()
    repeats_on: tuple[date, ...] = ()
    withdrawn_on: date | None = None
    given: tuple[GivenDue, ...] = ()
    as_of: date | None = None

    @property
    def is_plain(self) -> bool:
        """Whether nothing happened that moves the base period."""
        return self[4:10] == NOTHING and self.complexity is not Complexity.SPECIAL


# Extensions, pauses, new facts, repetitions, withdrawal and given days of a complaint nothing has happened to.
NOTHING = ((), (), (), (), None, ())


class Track(NamedTuple):
    """One due day among several that bind: the law's, a second regulator's, a letter's, the bank's own."""

    id: str
    title: str
    on: date
    is_law: bool
    cite: str = ""


class Due(NamedTuple):
    """The answer: the day that binds, the legal day beside it, and why.

    `lines` and `left` are the trace as data: sentences are written when `steps` and `unused` are read, which most
    callers never do. `on` is the earliest of all tracks, `legal_on` of the law's alone; None where no law was in force and
    nothing else binds. `rule` and `version` name the rule that decides `legal_on`; `binding` the track
    that decides `on`. `start_on` is day zero after restarts, `ended_on` the day of a withdrawal. `broken` lists rules an approval violates.
    `later` is the answer if all that nobody told had been done in time, where that is another one.
    """

    on: date | None
    legal_on: date | None
    rule: str
    version: str
    verdict: Verdict
    start_on: date | None
    lines: tuple[Line, ...]
    left: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    confidence: Confidence = Confidence.VERIFIED
    calendar_version: str = ""
    tracks: tuple[Track, ...] = ()
    broken: tuple[str, ...] = ()
    binding: str = ""
    ended_on: date | None = None
    later: Due | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in counting order."""
        return written(self.lines)

    @property
    def unused(self) -> tuple[Step, ...]:
        """What was not used, and why."""
        return written(self.left)

    @property
    def say(self) -> str:
        """The conclusion in one sentence."""
        if self.on is None:
            return f"不能确定期限，尚缺：{self.lacking}。"
        if self.ended_on is not None:
            late = f"期限此前已于{self.on.isoformat()}届满。" if self.on < self.ended_on else ""
            return f"{self.ended_on.isoformat()}收到撤回申请，处理程序当日终止。{late}"
        if self.later is not None and self.later.on != self.on:
            return f"待定，尚缺：{self.lacking}。条件均已具备的，最迟{self.later.on}；否则最迟{self.on} 24:00前作出处理决定并告知投诉人。"
        early = f"（法定期限为{self.legal_on.isoformat()}）" if self.legal_on not in (None, self.on) else ""
        return f"最迟{self.on.isoformat()} 24:00前作出处理决定并告知投诉人{early}。"

    @property
    def lacking(self) -> str:
        """The missing facts as the office calls them."""
        return "、".join(MISSING.get(name, name) for name in self.missing)

    @property
    def text(self) -> str:
        """The whole trace as the officer reads it: conclusion, numbered steps, what was not used."""
        lines = [f"{_circled(number)} {step.say}" for number, step in enumerate(self.steps)]
        not_used = "未采用：" + "；".join(step.say for step in self.unused) + "。" if self.left else ""
        return self.say + " ".join(lines) + ("。" if lines else "") + not_used

    @property
    def opens_at(self) -> datetime | None:
        """The first moment that counts: 00:00 of the day after day zero, Shanghai."""
        return None if self.start_on is None else days.end_of(self.start_on)

    @property
    def closes_at(self) -> datetime | None:
        """The first moment that is too late: 24:00 of the due day, Shanghai."""
        return None if self.on is None else days.end_of(self.on)

    def is_overdue(self, day: date) -> bool:
        """Whether `day` lies after the due day; on the day itself it is not overdue."""
        return self.on is not None and day > self.on

    def days_left(self, day: date) -> int | None:
        """Natural days from `day` to the due day; 0 on the day itself, negative when overdue."""
        return None if self.on is None else (self.on - day).days

    def share_at(self, moment: datetime) -> float | None:
        """Share of the time used at `moment` (aware): 0 at the start, 1 at 24:00 of the due day."""
        opens, closes = self.opens_at, self.closes_at
        if opens is None or closes is None:
            return None
        whole = (closes - opens).total_seconds()
        return (moment - opens).total_seconds() / whole if whole > 0 else 1.0

    def moment_at(self, share: float) -> datetime | None:
        """The moment at which `share` (0..1) of the time is used."""
        opens, closes = self.opens_at, self.closes_at
        if opens is None or closes is None:
            return None
        return opens + timedelta(seconds=(closes - opens).total_seconds() * share)

    def as_dict(self) -> dict[str, Any]:
        """The answer for JSON, steps as objects `say`, `value`, `cite`."""
        return {
            "rule": self.rule,
            "version": self.version,
            "verdict": self.verdict.value,
            "due": plain(self.on),
            "legal_due": plain(self.legal_on),
            "binding": self.binding,
            "say": self.say,
            "steps": [step.as_dict() for step in self.steps],
            "unused": [step.as_dict() for step in self.unused],
            "missing": list(self.missing),
            "confidence": self.confidence.value,
            "calendar": self.calendar_version,
            "tracks": [
                {
                    "id": one.id,
                    "title": one.title,
                    "due": one.on.isoformat(),
                    "law": one.is_law,
                    "cite": one.cite,
                }
                for one in self.tracks
            ],
            "broken": list(self.broken),
        }


def written(lines: Sequence[Line]) -> tuple[Step, ...]:
    """The sentences of a trace: steps as they are, the others written now."""
    if len(lines) == 1 and not isinstance(lines[0], Step):
        made = lines[0][0](*lines[0][1:])
        return (made,) if isinstance(made, Step) else tuple(made)
    steps: list[Step] = []
    for line in lines:
        if isinstance(line, Step):
            steps.append(line)
            continue
        made = line[0](*line[1:])
        if isinstance(made, Step):
            steps.append(made)
        else:
            steps.extend(made)
    return tuple(steps)


def _circled(number: int) -> str:
    return chr(0x2460 + number) if number < 20 else f"({number + 1})"
