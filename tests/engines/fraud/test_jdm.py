"""Rule sets as JDM: there and back the same, read the same by the engine of GoRules, refused where nothing maps."""

from __future__ import annotations

import copy
import json
import random
from dataclasses import replace
from typing import Any

import pytest
import zen

from tests.engines.fraud.bank import RULES, rule
from xiaobao.engines.fraud.jdm import JdmError, from_jdm, to_jdm
from xiaobao.engines.fraud.rules import CompiledRules, Outcome, RuleSet, Threshold
from xiaobao.engines.fraud.windows import Condition, Operator

EVERY = RuleSet(
    "every",
    (
        rule("A", ("amount_fen", ">", 10), ("amount_fen", "<=", 60), points=5),
        rule("B", ("amount_fen", "!=", 7), ("channel", "in", ("手机", 'a"b')), points=20, order=1),
        rule("C", ("channel", "=", "手机"), outcome=Outcome.HOLD, since=50, until=90, order=2),
        rule("D", ("channel", "!=", "柜面 and 手机"), ("score", ">=", 0.5), points=30, order=3),
    ),
    (Threshold(20, Outcome.CHALLENGE), Threshold(50, Outcome.REFUSE)),
)


def test_there_and_back() -> None:
    assert from_jdm(json.loads(json.dumps(to_jdm(EVERY)))) == replace(
        EVERY, thresholds=EVERY.thresholds[::-1]
    )


def test_zen_engine_decides_the_same() -> None:
    decision = zen.ZenEngine().create_decision(json.dumps(to_jdm(EVERY)))
    compiled = CompiledRules(EVERY)
    rng, seen = random.Random(4), set()
    for _ in range(400):
        row = {
            "amount_fen": rng.choice([0, 7, 10, 11, 60, 61]),
            "channel": rng.choice(["手机", 'a"b', "柜面", "柜面 and 手机"]),
            "score": rng.choice([0.1, 0.5, 0.9]),
            "occurred_at": rng.choice([49, 50, 89, 90]),
        }
        fired = compiled.fired(row, row["occurred_at"])
        outcome, points = compiled.outcome(fired)
        theirs = decision.evaluate(row)["result"]
        assert [hit["rule"] for hit in theirs["hits"]] == [one.id for one in fired]
        assert (theirs["outcome"], theirs["points"]) == (outcome, points)
        seen.add(outcome)
    assert seen == set(Outcome)


@pytest.mark.parametrize(
    ("cell", "want"),
    [
        ("[1..5)", [(">=", 1), ("<", 5)]),
        ("(0.5..1]", [(">", 0.5), ("<=", 1)]),
        ("\"a\", 'b,c'", [("in", ("a", "b,c"))]),
        ("3", [("=", 3)]),
        ("-", []),
        ('not in ["a", "b"]', [("!=", "a"), ("!=", "b")]),
        ("true", [("=", True)]),
        ("> 1e3 and < 2000", [(">", 1000.0), ("<", 2000)]),
    ],
)
def test_cells_others_write(cell: str, want: list[tuple[str, Any]]) -> None:
    document = to_jdm(RuleSet("x", (rule("A", ("f", ">", 1), points=1),), ()))
    document["nodes"][1]["content"]["rules"][0]["i0"] = cell
    (found,) = from_jdm(document).rules
    assert found.when == tuple(Condition("f", Operator(sign), constant) for sign, constant in want)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d["nodes"].append({"type": "functionNode", "name": "js"}), "“js”的类型 functionNode"),
        (lambda d: d["nodes"].append(d["nodes"][1] | {"name": "more"}), "有 2 张"),
        (lambda d: d["nodes"][1]["content"].update(hitPolicy="first"), "只接受 collect"),
        (lambda d: d["nodes"][1]["content"]["outputs"].append({"id": "z", "field": "fee"}), "输出列 fee"),
        (lambda d: d["nodes"][1]["content"]["rules"][0].update(i0="len($) > 3"), "第 1 行“amount_fen”"),
        (lambda d: d["nodes"][1]["content"]["rules"][0].update(o2="9"), "0 至 3"),
        (lambda d: d["nodes"][1]["content"]["inputs"][0].update(field=""), "没有字段名"),
        (lambda d: d.pop("nodes"), "没有 nodes"),
        (
            lambda d: d["nodes"][2]["content"]["expressions"].append({"key": "ratio", "value": "a / b"}),
            "计算 ratio = a / b",
        ),
        (lambda d: d["nodes"].append(7), "第 7 个节点应是键值对"),
        (lambda d: d["nodes"][1].update(content=[1]), "content 应是键值对"),
        (lambda d: d["nodes"][1]["content"].update(executionMode="loop"), "只看请求的一部分"),
        (lambda d: d["nodes"][1]["content"].update(inputField="items"), "只看请求的一部分"),
        (lambda d: d["nodes"][1]["content"]["rules"].append("row"), "结构不合 JDM"),
        (lambda d: d["nodes"][1]["content"]["outputs"][0].pop("id"), "结构不合 JDM"),
        (lambda d: d["nodes"][1]["content"]["rules"][0].update(o1="1.5"), "points 应是整数"),
        (lambda d: d["nodes"][1]["content"]["rules"][0].update(o1='"many"'), "points 应是整数"),
        (lambda d: d["nodes"][3]["content"]["rules"][0].update(o0="9"), "分档第 1 行"),
        (lambda d: d["nodes"][3]["content"]["rules"][0].pop("o0"), "结构不合 JDM"),
    ],
)
def test_what_does_not_map_is_refused(change: Any, says: str) -> None:
    document = copy.deepcopy(to_jdm(RULES))
    change(document)
    with pytest.raises(JdmError, match=says):
        from_jdm(document)


@pytest.mark.parametrize("text", ["a\"b'c", "a\\b"])
def test_words_that_have_no_quote_left(text: str) -> None:
    with pytest.raises(JdmError, match="不能表示的引号"):
        to_jdm(RuleSet("x", (rule("A", ("channel", "=", text), points=1),), ()))


def test_fields_with_dots_are_not_exported() -> None:
    with pytest.raises(JdmError, match=r"attr\.os"):
        to_jdm(RuleSet("x", (rule("A", ("attr.os", "=", "x"), points=1),), ()))


def test_a_table_as_gorules_writes_it() -> None:
    """Column ids are random, cells are expressions, descriptions stand beside the rows."""
    table = {
        "hitPolicy": "collect",
        "inputs": [
            {"id": "x7Yz", "type": "expression", "name": "Amount", "field": "amount_fen"},
            {"id": "b1Qp", "type": "expression", "name": "Channel", "field": "channel"},
        ],
        "outputs": [
            {"id": "p3", "type": "expression", "name": "Points", "field": "points"},
            {"id": "r4", "type": "expression", "name": "Reason", "field": "reason"},
        ],
        "rules": [
            {
                "_id": "a1",
                "_description": "big",
                "x7Yz": "> 500000",
                "b1Qp": '"app", "web"',
                "p3": "40",
                "r4": '"large"',
            },
            {"_id": "a2", "x7Yz": "", "b1Qp": '$ == "atm"', "p3": "10", "r4": '"atm"'},
        ],
    }
    document = {
        "nodes": [
            {"id": "1", "type": "inputNode", "name": "Request"},
            {"id": "2", "type": "decisionTableNode", "name": "levels", "content": table},
            {"id": "3", "type": "outputNode", "name": "Response"},
        ],
        "edges": [],
    }
    first, second = from_jdm(document).rules
    assert (first.id, first.points, first.reason, len(first.when)) == ("a1", 40, "large", 2)
    assert second.when == (Condition("channel", Operator.EQ, "atm"),)
