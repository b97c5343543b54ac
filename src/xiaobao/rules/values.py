"""The values a rule is made of. They hold no clock, no disk, no network: facts in, outcome out."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from xiaobao.kernel.terms import Term


class Kind(Term):
    """The nine shapes a duty can take (law-design.md section 6)."""

    CLOCK = "clock", "时限"
    APPROVAL = "approval", "审批"
    FIELDS = "required_fields", "必备内容"
    SCAN = "text_scan", "文本检查"
    GATE = "gate", "关口"
    CHECKLIST = "checklist", "清单"
    RETENTION = "retention", "保存期限"
    LIMIT = "limit", "限额限次"
    CALENDAR = "calendar", "周期"


class Confidence(Term):
    """How sure we are of the words; anything but `verified` shows 未核原文."""

    VERIFIED = "verified", "已核原文"
    LIKELY = "likely", "未核原文（转述）"
    MEMORY = "memory", "未核原文（凭记忆）"


class Role(Term):
    """What a citation does for the rule."""

    BASIS = "basis", "依据"
    COUNTING = "counting", "计算方法"
    DEFINITION = "definition", "定义"
    EXCEPTION = "exception", "例外"
    PENALTY = "penalty", "罚则"


class Unit(Term):
    """What a length of time is counted in; unlike units are never compared on paper."""

    DAY = "day", "日"
    WORKING_DAY = "working_day", "个工作日"
    HOUR = "hour", "小时"
    MONTH = "month", "个月"
    YEAR = "year", "年"


class Verdict(Term):
    """What a decision says. An unknown fact gives `undecided`, never `fail`."""

    PASS = "pass", "符合"
    FAIL = "fail", "不符合"
    HOLD = "hold", "暂缓"
    REFUSE = "refuse", "不得办理"
    DUE = "due", "有期限"
    ENDED = "ended", "程序已终止"
    UNDECIDED = "undecided", "待定"
    NOT_APPLICABLE = "not_applicable", "不适用"


class Cite(NamedTuple):
    """A place in a dated text: `N00@2020-03-01:18.1`, and the words the rule hangs on."""

    instrument: str
    version: str
    loc: str
    role: Role = Role.BASIS
    words: str = ""

    @property
    def short(self) -> str:
        """The form that prints: `N00:18.1`."""
        return f"{self.instrument}:{self.loc}"

    @property
    def full(self) -> str:
        """The form that is stored, always with its version."""
        return f"{self.instrument}@{self.version}:{self.loc}"

    def __str__(self) -> str:
        return self.full


class Step(NamedTuple):
    """One sentence of a trace: what it says, the value it yields, where it is written."""

    say: str
    value: Any = None
    cite: str = ""
    used: bool = True
    ours: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The step for JSON; `ours` marks a reading of the bank's own."""
        found: dict[str, Any] = {"say": self.say, "value": plain(self.value), "cite": self.cite}
        return found | {"ours": True} if self.ours else found


class Example(NamedTuple):
    """Facts and what the rule must answer; `why` says which corner it stands in.

    `expect` is a verdict, or a pair (verdict, value). `corner` is pass | fail | boundary | missing.
    """

    facts: dict[str, Any]
    verdict: Verdict
    value: Any = None
    why: str = ""
    corner: str = "pass"


class Condition(NamedTuple):
    """One condition on one fact; unknown facts make it unknown, not false.

    `words` picks the citation it stands on, the first whose words hold one of them; else the rule's basis.
    """

    fact: str
    op: str
    value: Any = None
    say: str = ""
    words: tuple[str, ...] = ()


class Unless(NamedTuple):
    """An exception written in the law itself: when its tests hold the rule does not bite.

    Where nobody knows whether they hold, the rule stays undecided, unless `assumed` gives the bank's own reading for
    that case, which then is a step of the trace.
    """

    tests: tuple[Condition, ...]
    say: str
    cite: Cite | None = None
    assumed: str = ""


class Version(NamedTuple):
    """The rule as it stood from `since` until the day before `until` (None: open).

    `applies_by` names the fact whose day picks the version.
    """

    since: date
    applies_by: str
    params: Any
    cites: tuple[Cite, ...]
    examples: tuple[Example, ...] = ()
    until: date | None = None
    scope: tuple[Condition, ...] = ()
    scope_say: str = ""
    unless: tuple[Unless, ...] = ()
    reading: str = ""
    confidence: Confidence = Confidence.VERIFIED
    reviewed_on: date | None = None
    transition: str = ""

    @property
    def name(self) -> str:
        """The version's name: its first day."""
        return self.since.isoformat()

    def holds_on(self, day: date) -> bool:
        """Whether the version binds a duty that arose on `day`."""
        return self.since <= day and (self.until is None or day < self.until)


class Rule(NamedTuple):
    """A duty with its dated versions, oldest first; ids are never used twice.

    Where two rules answer one question unlike each other, `beats` names the rules this one wins over, each with its
    ground (特别法, 新法, 上位法, 例外); `strictest` those that stand beside it, the stricter result counting.
    """

    id: str
    kind: Kind
    room: str
    title: str
    versions: tuple[Version, ...]
    beats: tuple[tuple[str, str], ...] = ()
    strictest: tuple[str, ...] = ()

    def at(self, day: date) -> Version | None:
        """The version that binds on `day`, or None when the duty does not exist then."""
        for version in reversed(self.versions):
            if version.since <= day:
                return version if version.until is None or day < version.until else None
        return None


class Finding(NamedTuple):
    """What a kind's arithmetic found, before the rule's name and citations are put to it."""

    verdict: Verdict
    value: Any = None
    steps: tuple[Step, ...] = ()
    missing: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """A decision with its trace: one conclusion, steps in order, what is missing, how sure we are."""

    rule: str
    version: str
    verdict: Verdict
    value: Any
    steps: tuple[Step, ...]
    missing: tuple[str, ...]
    confidence: Confidence

    @property
    def digest(self) -> str:
        """SHA-256 over the decision, to be kept beside what was decided."""
        import hashlib

        return hashlib.sha256(repr(self.as_dict()).encode()).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The answer of `xiaobao rules check --json`."""
        return {
            "rule": self.rule,
            "version": self.version,
            "verdict": self.verdict.value,
            "value": plain(self.value),
            "steps": [step.as_dict() for step in self.steps if step.used],
            "unused": [step.as_dict() for step in self.steps if not step.used],
            "missing": list(self.missing),
            "confidence": self.confidence.value,
        }


def plain(value: Any) -> Any:
    """The value as JSON carries it: days and moments in ISO form, tuples as lists."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return str(value) if isinstance(value, Term) else value
