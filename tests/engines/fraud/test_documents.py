"""Rule files: read strictly, written back the same."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import FEATURES, RULES
from xiaobao.engines.fraud.documents import DocumentError, document_of, read_rules, ruleset_from
from xiaobao.engines.fraud.windows import DefinitionError


def test_there_and_back() -> None:
    rules, features = ruleset_from(document_of(RULES, FEATURES))
    assert (rules.hash, features.hash if features else "") == (RULES.hash, FEATURES.hash)
    assert ruleset_from(document_of(RULES))[1] is None


def test_days_are_chinas() -> None:
    document = document_of(RULES)
    document["rules"][0]["since"] = "2026-01-01"
    rules, _ = ruleset_from(document)
    assert rules.rules[0].since == 1_767_196_800_000


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "R9", "colour": "red"}, "规则 R9有不认识的字段：colour"),
        ({"say": None, "when": "x"}, "规则 R1的 when 应是列表"),
        ({"points": 1.5}, "points 应是整数"),
        ({"points": True}, "points 应是整数"),
        ({"outcome": "maybe"}, "outcome 应为"),
        ({"since": "soon"}, "since 应为"),
        ({"when": [{"field": "a", "operator": "~", "constant": 1}]}, "规则 R1 的条件"),
        ({"when": [{"field": "a", "operator": "=", "constant": [1]}]}, "应是数、文字"),
        ({"when": [5]}, "应是键值对"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], says: str) -> None:
    document = copy.deepcopy(document_of(RULES))
    document["rules"][0].update(change)
    with pytest.raises(DocumentError, match=says):
        ruleset_from(document)


def test_needed_fields_and_files(tmp_path: Path) -> None:
    document = document_of(RULES)
    del document["rules"][1]["say"]
    with pytest.raises(DocumentError, match="规则 R2 缺少 say"):
        ruleset_from(document)
    with pytest.raises(DefinitionError, match="缺少字段 entity"):
        ruleset_from({"rules": [], "features": [{"name": "x"}]})
    for name, content, says in (
        ("none", None, "不能读取"),
        ("bad", "{", "不是 JSON"),
        ("list", "[]", "应是键值对"),
    ):
        path = tmp_path / name
        if content is not None:
            path.write_text(content)
        with pytest.raises(DocumentError, match=says):
            read_rules(path)


@pytest.mark.parametrize("field", ["id", "reason", "say", "owner"])
def test_a_rule_without_words_is_refused(field: str) -> None:
    document = document_of(RULES)
    document["rules"][0][field] = "  "
    with pytest.raises(DocumentError, match=f"{field} 是空的"):
        ruleset_from(document)
