"""What a serving engine is set up with beside its rules: lists, brake limits, fail policy."""

from __future__ import annotations

from pathlib import Path

import msgspec

from xiaobao.engines.fraud.brake import Limit
from xiaobao.engines.fraud.checks import check_rules, feature_types
from xiaobao.engines.fraud.documents import DocumentError, read_document, read_rules
from xiaobao.engines.fraud.engine import Settings
from xiaobao.engines.fraud.events import AHEAD, EVENT_FIELDS, EventType
from xiaobao.engines.fraud.lists import Entry, ListBook, ListError, ListKind
from xiaobao.engines.fraud.notices import DueProcess
from xiaobao.engines.fraud.online import MOST
from xiaobao.engines.fraud.rules import Outcome, RuleSet
from xiaobao.engines.fraud.setups import Files as Files
from xiaobao.engines.fraud.stepup import StepUp
from xiaobao.engines.fraud.windows import HOUR, FeatureSet

LEAST = 16  # of one key's events, one sixteenth is dropped at a time
# Whoever sets no limits gets this one: refusals in an hour reach a tenth of at least 200 decisions.
USUAL_LIMITS = (Limit(Outcome.REFUSE, HOUR, count=1_000_000, share=0.1),)


class _Limit(msgspec.Struct, forbid_unknown_fields=True):
    outcome: str
    span: int
    count: int
    share: float
    minimum: int = 200
    rule: str = ""

    def __post_init__(self) -> None:
        if self.span <= 0 or self.count < 0 or not 0 <= self.share <= 1 or self.minimum < 0:
            raise ValueError("limits 的 span（毫秒）须为正，count、minimum 不能为负，share 在 0 与 1 之间")


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    lists: tuple[Entry, ...] = ()
    limits: tuple[_Limit, ...] | None = None
    fail: dict[EventType, str] = {}
    grace: int = 300_000
    remember: int = 1_000_000
    most: int = MOST
    ahead: int | None = AHEAD
    step_up: StepUp = msgspec.field(default_factory=StepUp)
    due: DueProcess = msgspec.field(default_factory=DueProcess)

    def __post_init__(self) -> None:
        if self.grace < 0 or (self.ahead or 0) < 0 or self.remember < 1 or self.most < LEAST:
            raise ValueError(f"grace、ahead 不能为负，remember 至少为 1，most 至少为 {LEAST}")


def settings_from(files: Files, *, scored: bool = False) -> Settings:
    """Settings for an engine. Raises: DocumentError for what cannot be used, naming it."""
    rules, features = read_rules(files.rules)
    if features is None:
        raise DocumentError(f"规则文件 {files.rules.name} 须自带 features（窗口特征的定义）")
    _checked(rules, features, scored=scored)
    shadow = read_rules(files.shadow)[0] if files.shadow else None
    if shadow:
        _checked(shadow, features, scored=scored)
    found = _document(files.settings)
    limits = USUAL_LIMITS if found.limits is None else tuple(map(_limit, found.limits))
    _named(rules, found)
    return Settings(
        features,
        rules,
        lists=ListBook(found.lists),
        shadow=shadow,
        limits=limits,
        grace=found.grace,
        fail={kind: _outcome(name) for kind, name in found.fail.items()},
        remember=found.remember,
        most=found.most,
        ahead=found.ahead,
        step_up=found.step_up,
        due=found.due,
    )


def lists_from(path: Path | None) -> ListBook:
    """The lists of a settings file. Raises: DocumentError."""
    return ListBook(_document(path).lists)


def ahead_from(path: Path | None) -> int | None:
    """By how much an event may happen after it arrived, of a settings file. Raises: DocumentError."""
    return _document(path).ahead


def _document(path: Path | None) -> _Document:
    if path is None:
        return _Document()
    try:
        found: _Document = read_document(path, _Document)
        return found
    except (msgspec.ValidationError, ListError) as wrong:
        raise DocumentError(f"设置文件 {path.name} 不能使用：{wrong}") from None


def _checked(rules: RuleSet, features: FeatureSet, *, scored: bool) -> None:
    fields: dict[str, type] = EVENT_FIELDS | feature_types(features)
    fields |= {f"list.{kind}.{entity}": int for kind in ListKind for entity in EVENT_FIELDS}
    if scored:
        fields["score"] = float
    problems = check_rules(rules, fields)
    if problems:
        raise DocumentError("规则不能启用：" + "；".join(f"{one.rule} {one.say}" for one in problems[:10]))


def _limit(found: _Limit) -> Limit:
    outcome = _outcome(found.outcome)
    if outcome is Outcome.ALLOW:
        raise DocumentError("limits 的 outcome 不能是 allow：放行没有限额，请写 challenge、hold 或 refuse")
    return Limit(outcome, found.span, found.count, found.share, found.minimum, found.rule)


def _named(rules: RuleSet, found: _Document) -> None:
    """Rules and reason codes that the settings speak of exist. Raises: DocumentError."""
    ids, codes = {rule.id for rule in rules.rules}, {rule.reason for rule in rules.rules}
    strange = [limit.rule for limit in found.limits or () if limit.rule and limit.rule not in ids]
    strange += [code for code in (*found.step_up.by_reason, *found.due.papers) if code not in codes]
    if strange:
        raise DocumentError(f"设置文件提到规则文件里没有的规则编号或理由代码：{'、'.join(strange)}")


def _outcome(name: str) -> Outcome:
    try:
        return Outcome[name.upper()]
    except KeyError:
        raise DocumentError(f"outcome 应为 allow、challenge、hold、refuse 之一，而不是“{name}”") from None
