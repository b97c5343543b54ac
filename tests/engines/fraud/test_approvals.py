"""Four eyes: nothing goes live that nobody but its author has read as it is now."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import BIG, FEATURES, RULES, approved, pay
from tests.engines.fraud.server import Served
from xiaobao.engines.fraud.approvals import ApprovalError, Trained, approve, faults, must_be_approved
from xiaobao.engines.fraud.documents import DocumentError, document_of
from xiaobao.engines.fraud.events import encode
from xiaobao.engines.fraud.lifecycle import LifecycleError
from xiaobao.site.cli import main

DRAFT = document_of(RULES, FEATURES)
SETTINGS = {
    "lists": [
        {"kind": "white", "entity": "customer", "key": "t", "reason": "r", "source": "own", "owner": "张三"}
        | {"approved_by": "张　三", "expires_at": 1_798_732_800_000}
    ]
}


def forged(by: str) -> dict[str, Any]:
    found = approved()
    return found | {"approvals": [one | {"approved_by": by} for one in found["approvals"]]}


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (DRAFT, "规则 R1 没有写起草人"),
        (DRAFT | {"author": "张三"}, "规则 R1 未经复核"),
        (forged("张 三"), "规则 R1 的起草人与复核人是同一人"),
        (forged(" "), "规则 R1 未经复核"),
        (approved() | {"author": "王五"}, "规则 R1 在复核之后又改过"),
        (approved() | {"author": "李四"}, "规则 R1 的起草人与复核人是同一人"),
        (
            approved() | {"thresholds": [{"points": 1, "outcome": "refuse"}]},
            "分档 thresholds 在复核之后又改过",
        ),
        (approved() | {"features": DRAFT["features"][:1]}, "窗口特征 features 在复核之后又改过"),
    ],
)
def test_what_lacks_a_second_person_is_named(tmp_path: Path, document: Any, says: str) -> None:
    path = tmp_path / "rules.json"
    path.write_text(json.dumps(document), "utf-8")
    with pytest.raises(ApprovalError, match=r"xiaobao fraud approve rules\.json") as refused:
        must_be_approved(path)
    assert says in str(refused.value)


def test_a_changed_rule_is_the_only_one_to_approve_again() -> None:
    assert list(faults(approved())) == []
    milder = replace(RULES, rules=(replace(BIG, points=1), *RULES.rules[1:]))
    changed = approved() | {"rules": document_of(milder)["rules"]}
    assert list(faults(changed)) == ["规则 R1 在复核之后又改过"]
    again, done = approve(changed, "王五")
    assert ([part.of for part in done], list(faults(again))) == (["rule:R1"], [])


def test_a_rule_that_moves_in_the_table_stays_approved() -> None:
    moved = [{key: value for key, value in entry.items() if key != "order"} for entry in DRAFT["rules"][::-1]]
    assert list(faults(approved() | {"rules": moved})) == []


def test_a_model_is_approved_by_its_hash() -> None:
    assert list(faults(approved(), "aa")) == ["模型 未经复核"]
    found, _ = approve(approved(), "李四", model=Trained("aa", "赵六"))
    assert list(faults(found, "aa")) == []
    assert list(faults(found, "bb")) == ["模型 在复核之后又改过"]
    with pytest.raises(LifecycleError, match="另一人"):
        approve(approved(), "李四", model=Trained("aa", "李四"))
    with pytest.raises(DocumentError, match="训练人"):
        approve(approved(), "李四", model=Trained("aa"))


def test_the_command_approves_and_the_author_may_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rules.json"
    path.write_text(json.dumps(DRAFT | {"author": "Li Na"}), "utf-8")
    assert main(["fraud", "approve", str(path), "--by", "ｌｉ na"]) != 0
    assert "不能是起草人本人" in capsys.readouterr().err
    assert main(["fraud", "approve", str(path), "--by", "王五", "--only", "R2"]) == 0
    assert "已复核 1 项：规则 R2" in capsys.readouterr().out
    with pytest.raises(ApprovalError, match="规则 R1 未经复核；规则 R3"):
        must_be_approved(path)
    assert main(["fraud", "approve", str(path), "--by", "王五"]) == 0
    must_be_approved(path)
    assert main(["fraud", "approve", str(path), "--by", "王五", "--only", "R9"]) != 0


def test_serve_refuses_what_nobody_approved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rules.json").write_text(json.dumps(DRAFT | {"author": "张三"}), "utf-8")
    words = ["fraud", "serve", "--rules", str(tmp_path / "rules.json"), "--data", str(tmp_path / "data")]
    assert main(words) != 0
    assert "规则 R1 未经复核" in capsys.readouterr().err
    (tmp_path / "rules.json").write_text(json.dumps(approved()), "utf-8")
    (tmp_path / "settings.json").write_text(json.dumps(SETTINGS), "utf-8")
    assert main([*words, "--settings", str(tmp_path / "settings.json")]) != 0
    assert "白名单“t”须由另一人复核" in capsys.readouterr().err


def test_a_shadow_set_and_a_back_test_need_no_approval(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shadow = tmp_path / "next.json"
    shadow.write_text(json.dumps(DRAFT), "utf-8")
    served = Served(tmp_path, "--shadow", str(shadow))
    assert served.decide(encode(pay(1, 6_000_000)))[1]["decision"]["shadow"] == 1
    served.stop()
    (tmp_path / "e.jsonl").write_bytes(encode(pay(1)))
    assert main(["fraud", "replay", str(tmp_path / "e.jsonl"), "--rules", str(shadow)]) == 0
    assert "上线还不行：规则 R1 没有写起草人" in capsys.readouterr().out
