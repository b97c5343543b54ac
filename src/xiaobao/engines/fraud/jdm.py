"""Rule sets to and from JDM, the open decision format of GoRules: what maps is kept exactly, the rest is refused.

Rules become one decision table that collects every row that holds; points are added up, the
levels are a second table, and the most severe of both is the outcome.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from xiaobao.engines.fraud.rules import Outcome, Rule, RuleSet, Threshold
from xiaobao.engines.fraud.windows import Condition, Operator

CONTENT = "application/vnd.gorules.decision"
_OUTPUTS = ("rule", "points", "outcome", "reason", "say", "owner")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?$")
_COMPARISON = re.compile(r"(>=|<=|==|!=|>|<)\s*(.+)$", re.DOTALL)
_RANGE = re.compile(r"([\[(])\s*(\S+?)\s*\.\.\s*(\S+?)\s*([\])])$")
_TOKEN = re.compile(r'"[^"]*"|\'[^\']*\'|[^"\']+')
_KNOWN_NODES = {"inputNode", "outputNode", "decisionTableNode", "expressionNode"}


class JdmError(ValueError):
    """What does not map: the node, row or field, and why."""


def to_jdm(rules: RuleSet) -> dict[str, Any]:
    """The rule set as a JDM graph whose result holds `hits`, `points` and `outcome`.

    Raises: JdmError for a field with a dot, which JDM would read as a field within a field.
    """
    fields = list(dict.fromkeys(item.field for rule in rules.rules for item in _dated(rule)))
    dotted = [field for field in fields if "." in field]
    if dotted:
        raise JdmError(f"字段 {'、'.join(dotted)} 名称含点，JDM 会当作下级字段，不能导出")
    table = {
        "hitPolicy": "collect",
        "passThrough": True,
        "outputPath": "hits",
        "inputs": [_column(f"i{at}", field) for at, field in enumerate(fields)],
        "outputs": [_column(f"o{at}", name) for at, name in enumerate(_OUTPUTS)],
        "rules": [_row(rule, fields) for rule in rules.rules],
    }
    levels = {
        "hitPolicy": "first",
        "passThrough": True,
        "inputs": [_column("i0", "points")],
        "outputs": [_column("o0", "level")],
        "rules": [
            {"_id": f"level{level.points}", "i0": f">= {level.points}", "o0": str(int(level.outcome))}
            for level in sorted(rules.thresholds, key=lambda level: -level.points)
        ]
        + [{"_id": "else", "i0": "", "o0": "0"}],
    }
    contents = [
        ("decisionTableNode", "rules", table),
        ("expressionNode", "points", _expressions([("points", _POINTS)])),
        ("decisionTableNode", "levels", levels),
        ("expressionNode", "outcome", _expressions([("outcome", _MOST)])),
    ]
    return _graph(rules.name, contents)


_POINTS = "len(hits) > 0 ? sum(map(hits, #.points)) : 0"
_MOST = "len(hits) > 0 ? max([level, max(map(hits, #.outcome))]) : level"


def from_jdm(document: Any) -> RuleSet:
    """The rule set in a JDM graph: its collecting table, and its table of levels if it has one.

    Raises: JdmError for a node, hit policy, column or cell that has no equal here.
    """
    nodes = document.get("nodes") if isinstance(document, dict) else None
    if not isinstance(nodes, list):
        raise JdmError("不是 JDM 文件：没有 nodes")
    tables: dict[str, Mapping[str, Any]] = {}
    for place, node in enumerate(nodes):
        found = _node(node, place)
        if found is not None:
            tables[f"{place} {node.get('name')}"] = found
    levels = next((name for name in tables if name.endswith(" levels")), "") if len(tables) > 1 else ""
    level_table = tables.pop(levels, None)
    if len(tables) != 1:
        raise JdmError(f"只能导入恰有一张规则表的文件，此文件有 {len(tables)} 张")
    (table,) = tables.values()
    if table.get("hitPolicy") != "collect":
        raise JdmError(
            f"规则表的命中方式为 {table.get('hitPolicy')}；本引擎累计全部命中，只接受 collect。"
            "first（只取第一条）的表请先改写成互不重叠的条件，再改为 collect"
        )
    try:
        rules = tuple(_rule(row, table, place) for place, row in enumerate(table.get("rules") or ()))
        return RuleSet(str(document.get("name", "")), rules, _levels(level_table))
    except (AttributeError, KeyError, TypeError) as wrong:
        raise JdmError(f"规则表的结构不合 JDM：{type(wrong).__name__} {wrong}") from None


def _node(node: Any, place: int) -> Mapping[str, Any] | None:
    """The content of a table; None for a node that says nothing of its own."""
    if not isinstance(node, dict):
        raise JdmError(f"第 {place + 1} 个节点应是键值对")
    name, kind, content = node.get("name"), node.get("type"), node.get("content") or {}
    if kind not in _KNOWN_NODES:
        raise JdmError(f"节点“{name}”的类型 {kind} 在规则表中没有对应，不能导入")
    if not isinstance(content, dict):
        raise JdmError(f"节点“{name}”的 content 应是键值对")
    if content.get("executionMode") == "loop" or content.get("inputField"):
        raise JdmError(f"节点“{name}”只看请求的一部分（inputField、loop），在规则表中没有对应，不能导入")
    if kind == "expressionNode":
        own = [f"{one.get('key')} = {one.get('value')}" for one in content.get("expressions") or ()]
        strange = [one for one in own if one not in (f"points = {_POINTS}", f"outcome = {_MOST}")]
        if strange:
            raise JdmError(
                f"表达式节点“{name}”计算 {strange[0][:80]}，规则表不能计算；请由渠道算好作为 attributes 送来，或改成窗口特征"
            )
    return content if kind == "decisionTableNode" else None


def _graph(name: str, contents: Sequence[tuple[str, str, Mapping[str, Any]]]) -> dict[str, Any]:
    chain = [("inputNode", "request", {}), *contents, ("outputNode", "response", {})]
    nodes = [
        {
            "id": f"n{at}",
            "type": kind,
            "name": title,
            "position": {"x": 260 * at, "y": 100},
            **({"content": content} if content else {}),
        }
        for at, (kind, title, content) in enumerate(chain)
    ]
    edges = [
        {"id": f"e{at}", "sourceId": f"n{at}", "targetId": f"n{at + 1}", "type": "edge"}
        for at in range(len(chain) - 1)
    ]
    return {"contentType": CONTENT, "name": name, "nodes": nodes, "edges": edges}


def _expressions(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    lines = [{"id": f"x{at}", "key": key, "value": value} for at, (key, value) in enumerate(pairs)]
    return {"passThrough": True, "expressions": lines}


def _column(name: str, field: str) -> dict[str, str]:
    return {"id": name, "name": field, "field": field}


def _dated(rule: Rule) -> tuple[Condition, ...]:
    """A rule's conditions, its dates among them."""
    since = (Condition("occurred_at", Operator.GE, rule.since),) if rule.since else ()
    until = (Condition("occurred_at", Operator.LT, rule.until),) if rule.until else ()
    return (*rule.when, *since, *until)


def _row(rule: Rule, fields: Sequence[str]) -> dict[str, str]:
    cells = {
        f"i{at}": " and ".join(_cell(item) for item in _dated(rule) if item.field == field)
        for at, field in enumerate(fields)
    }
    outcome = int(rule.outcome) if rule.outcome is not None else 0
    values = (rule.id, rule.points, outcome, rule.reason, rule.say, rule.owner)
    outputs = {f"o{at}": _text(value) for at, value in enumerate(values)}
    return {"_id": rule.id, **cells, **outputs}


def _cell(item: Condition) -> str:
    if item.operator is Operator.IN:
        choices = item.constant if isinstance(item.constant, tuple) else ()
        return f"$ in [{', '.join(map(_text, choices))}]"
    sign = "==" if item.operator is Operator.EQ else item.operator.value
    text = _text(item.constant)
    return f"$ {sign} {text}" if sign in ("==", "!=") else f"{sign} {text}"


def _text(value: object) -> str:
    """A constant as JDM writes it: its strings know no escapes, so one of the two quotes must be free."""
    if not isinstance(value, str):
        return json.dumps(value)
    mark = "'" if '"' in value else '"'
    if mark in value or "\\" in value:
        raise JdmError(f"文字“{value}”含有 JDM 不能表示的引号或反斜杠，不能导出")
    return f"{mark}{value}{mark}"


def _rule(row: Mapping[str, Any], table: Mapping[str, Any], place: int) -> Rule:
    named = {column["id"]: column["field"] for column in table.get("outputs", ())}
    strange = sorted(set(named.values()) - set(_OUTPUTS))
    if strange:
        raise JdmError(f"输出列 {'、'.join(strange)} 没有对应；可用的列：{'、'.join(_OUTPUTS)}")
    found = {named[key]: _constant(str(row[key]), f"第 {place + 1} 行") for key in named if row.get(key)}
    when: list[Condition] = []
    for column in table.get("inputs", ()):
        cell = str(row.get(column["id"]) or "").strip()
        when += _conditions(str(column.get("field", "")), cell, f"第 {place + 1} 行“{column.get('name')}”")
    outcome = _whole(found.get("outcome", 0), f"第 {place + 1} 行的 outcome")
    if outcome not in set(Outcome):
        raise JdmError(f"第 {place + 1} 行的 outcome 应为 0 至 3（放行、加验、暂缓、拒绝）")
    return Rule(
        id=str(found.get("rule") or row.get("_id") or f"J{place + 1}"),
        when=tuple(item for item in when if item.field != "occurred_at"),
        reason=str(found.get("reason", "")),
        say=str(found.get("say", "")),
        owner=str(found.get("owner", "")),
        points=_whole(found.get("points", 0), f"第 {place + 1} 行的 points"),
        outcome=Outcome(outcome) if outcome else None,
        order=place,
        **_dates(when, place),
    )


def _dates(when: Sequence[Condition], place: int) -> dict[str, int]:
    dates = {Operator.GE: "since", Operator.LT: "until"}
    found: dict[str, int] = {}
    for item in when:
        if item.field != "occurred_at":
            continue
        if item.operator not in dates or not isinstance(item.constant, int):
            raise JdmError(f"第 {place + 1} 行的 occurred_at 只能写 >= 与 <（生效与失效时间）")
        found[dates[item.operator]] = item.constant
    return found


def _levels(table: Mapping[str, Any] | None) -> tuple[Threshold, ...]:
    if table is None:
        return ()
    found = []
    (asked, *_), (said, *_) = table["inputs"], table["outputs"]
    for place, row in enumerate(table.get("rules", ())):
        cell = str(row.get(asked["id"]) or "").strip()
        if not cell:
            continue
        (item,) = _conditions("points", cell, "分档")
        if item.operator is not Operator.GE or not isinstance(item.constant, int):
            raise JdmError(f"分档“{cell}”应写作 >= 分值")
        reached = _whole(_constant(str(row[said["id"]]), "分档"), f"分档第 {place + 1} 行的处置")
        if reached not in set(Outcome):
            raise JdmError(f"分档第 {place + 1} 行的处置应为 0 至 3（放行、加验、暂缓、拒绝）")
        found.append(Threshold(item.constant, Outcome(reached)))
    return tuple(found)


def _conditions(field: str, cell: str, where: str) -> list[Condition]:
    """The comparisons in one cell; an empty cell asks nothing."""
    if not cell or cell == "-":
        return []
    if not field:
        raise JdmError(f"{where}：条件列没有字段名，整行表达式不能导入")
    return [one for part in _split(cell, " and ") for one in _one(field, part.strip(), where)]


def _one(field: str, part: str, where: str) -> list[Condition]:
    text = part.removeprefix("$").strip()
    if text.startswith("not in "):
        inside = text[7:].strip().removeprefix("[").removesuffix("]")
        return [Condition(field, Operator.NE, _constant(one.strip(), where)) for one in _split(inside, ",")]
    if text.startswith("in "):
        inside = text[3:].strip().removeprefix("[").removesuffix("]")
        return [_among(field, inside, where)]
    span = _RANGE.match(text)
    if span:
        low, high = (_constant(span[at], where) for at in (2, 3))
        signs = (
            Operator.GE if span[1] == "[" else Operator.GT,
            Operator.LE if span[4] == "]" else Operator.LT,
        )
        return [Condition(field, signs[0], low), Condition(field, signs[1], high)]
    compared = _COMPARISON.match(text)
    if compared:
        sign = "=" if compared[1] == "==" else compared[1]
        return [Condition(field, Operator(sign), _constant(compared[2], where))]
    if len(_split(text, ",")) > 1:
        return [_among(field, text, where)]
    return [Condition(field, Operator.EQ, _constant(text, where))]


def _among(field: str, text: str, where: str) -> Condition:
    return Condition(field, Operator.IN, tuple(_constant(one.strip(), where) for one in _split(text, ",")))


def _split(text: str, mark: str) -> list[str]:
    """Parts between marks that do not stand inside quotes."""
    parts = [""]
    for token in _TOKEN.findall(text):
        if token[0] in "\"'":
            parts[-1] += token
            continue
        first, *rest = token.split(mark)
        parts[-1] += first
        parts += rest
    return parts


def _whole(value: object, what: str) -> int:
    if not isinstance(value, int):
        raise JdmError(f"{what} 应是整数，而不是“{value}”")
    return value


def _constant(text: str, where: str) -> Any:
    text = text.strip()
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.match(text):
        return float(text) if set(text) & set(".eE") else int(text)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    raise JdmError(f"{where}：“{text}”不是数或引号中的文字，这样的表达式不能导入")
