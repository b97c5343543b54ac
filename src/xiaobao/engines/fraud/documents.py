"""Rule sets and features as JSON documents: what an officer's file holds, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec

from xiaobao.engines.fraud.rules import Outcome, Rule, RuleSet, Threshold
from xiaobao.engines.fraud.windows import Condition, FeatureSet, Operator, window_from

CHINA = timezone(timedelta(hours=8))
_RULE_KEYS = {"id", "when", "reason", "say", "owner", "points", "outcome", "since", "until", "order"} | {
    "author"
}
_SET_KEYS = {"name", "features", "rules", "thresholds"} | {"author", "approvals"}  # see `approvals`


class DocumentError(ValueError):
    """A rule file that cannot be used; the message names the rule and the field."""


def ruleset_from(document: Any) -> tuple[RuleSet, FeatureSet | None]:
    """The rule set, and the features if the document brings its own. Raises: DocumentError."""
    entries = _keys(document, _SET_KEYS, "规则文件")
    rules = tuple(_rule(entry, place) for place, entry in enumerate(_list(entries, "rules", "规则文件")))
    thresholds = tuple(_threshold(entry) for entry in entries.get("thresholds", ()))
    features = entries.get("features")
    own = None if features is None else FeatureSet(tuple(window_from(window) for window in features))
    return RuleSet(str(entries.get("name", "")), rules, thresholds), own


def document_of(rules: RuleSet, features: FeatureSet | None = None) -> dict[str, Any]:
    """The document `ruleset_from` reads back to the same rule set."""
    document: dict[str, Any] = {
        "name": rules.name,
        "rules": [_entry(rule) for rule in rules.rules],
        "thresholds": [
            {"points": level.points, "outcome": level.outcome.name.lower()} for level in rules.thresholds
        ],
    }
    if features is not None:
        document["features"] = _plain(features.windows)
    return document


def read_rules(path: Path) -> tuple[RuleSet, FeatureSet | None]:
    """The rule set in a file. Raises: DocumentError."""
    return ruleset_from(read_document(path))


def read_document(path: Path, kind: Any = Any) -> Any:
    """The JSON in a file, as `kind`. Raises: DocumentError; ValidationError for what is no `kind`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.ValidationError:
        raise
    except OSError as failed:
        raise DocumentError(f"不能读取规则文件 {path}：{failed.strerror}") from None
    except msgspec.DecodeError as wrong:
        raise DocumentError(f"规则文件 {path.name} 不是 JSON：{wrong}") from None


def _rule(entry: Any, place: int) -> Rule:
    name = entry.get("id", f"第 {place + 1} 条") if isinstance(entry, dict) else f"第 {place + 1} 条"
    found = _keys(entry, _RULE_KEYS, f"规则 {name}")
    for needed in ("id", "when", "reason", "say", "owner"):
        if needed not in found:
            raise DocumentError(f"规则 {name} 缺少 {needed}")
        if needed != "when" and not str(found[needed]).strip():
            raise DocumentError(f"规则 {name} 的 {needed} 是空的，请填写（say 是可以告诉客户的话）")
    return Rule(
        id=str(found["id"]),
        when=tuple(_condition(item, name) for item in _list(found, "when", f"规则 {name}")),
        reason=str(found["reason"]),
        say=str(found["say"]),
        owner=str(found["owner"]),
        points=_whole(found.get("points", 0), f"规则 {name} 的 points"),
        outcome=None if found.get("outcome") is None else _outcome(found["outcome"], f"规则 {name}"),
        since=_moment(found.get("since", 0), f"规则 {name} 的 since"),
        until=_moment(found.get("until", 0), f"规则 {name} 的 until"),
        order=_whole(found.get("order", place), f"规则 {name} 的 order"),
    )


def _condition(item: Any, name: str) -> Condition:
    found = _keys(item, {"field", "operator", "constant"}, f"规则 {name} 的条件")
    try:
        constant = found["constant"]
        operator = Operator(found["operator"])
        field = str(found["field"])
    except (KeyError, ValueError) as wrong:
        raise DocumentError(f"规则 {name} 的条件应有 field、operator、constant：{wrong}") from None
    if isinstance(constant, list) and operator is Operator.IN:
        constant = tuple(constant)
    if not isinstance(constant, int | float | str | tuple):
        raise DocumentError(f"规则 {name}：“{field}”比较的应是数、文字或（in 的）列表")
    return Condition(field, operator, constant)


def _threshold(entry: Any) -> Threshold:
    found = _keys(entry, {"points", "outcome"}, "分档")
    return Threshold(_whole(found.get("points"), "分档的 points"), _outcome(found.get("outcome"), "分档"))


def _entry(rule: Rule) -> dict[str, Any]:
    entry: dict[str, Any] = _plain(rule)
    return entry | {"outcome": None if rule.outcome is None else rule.outcome.name.lower()}


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))


def _keys(entry: Any, known: set[str], what: str) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise DocumentError(f"{what}应是键值对")
    strange = sorted(set(entry) - known)
    if strange:
        raise DocumentError(f"{what}有不认识的字段：{'、'.join(strange)}")
    return entry


def _list(entry: Mapping[str, Any], name: str, what: str) -> list[Any]:
    found = entry.get(name)
    if not isinstance(found, list):
        raise DocumentError(f"{what}的 {name} 应是列表")
    return found


def _whole(value: Any, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise DocumentError(f"{what} 应是整数")
    return value


def _outcome(value: Any, what: str) -> Outcome:
    try:
        return Outcome[str(value).upper()]
    except KeyError:
        raise DocumentError(f"{what}的 outcome 应为 allow、challenge、hold、refuse 之一") from None


def _moment(value: Any, what: str) -> int:
    """Milliseconds, or a day of China's calendar (from its first moment)."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        raise DocumentError(f"{what} 应为 2026-01-31 这样的日期") from None
    return int(datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp() * 1000)
