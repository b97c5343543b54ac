"""A running server: rules, lists and snoozes published without a restart, incidents read and lifted."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import BIG, FEATURES, RULES, START, approved, pay, rule
from tests.engines.fraud.server import Served, free_port
from xiaobao.engines.fraud.control import Refused, must_be_near
from xiaobao.engines.fraud.controls import DAY, ControlError, Lift, Snooze
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import encode
from xiaobao.engines.fraud.rules import Outcome
from xiaobao.site.cli import main

STRICT = replace(RULES, rules=(*RULES.rules, rule("R9", ("amount_fen", ">", 1), outcome=Outcome.REFUSE)))
BLACK = {"kind": "black", "entity": "customer", "key": "bad", "reason": "r", "source": "own", "owner": "o"}
LIMIT = {"outcome": "refuse", "span": 3_600_000, "count": 5, "share": 1.0}
LIFT = {"rule": "R9", "by": "王五", "approved_by": "李四", "reason": "核对无误"}


class Bank:
    """A server, its files, and events of their own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.options = folder, options
        self.rules, self.settings = folder / "rules.json", folder / "settings.json"
        self.write(self.settings, {"limits": [LIMIT]})
        self.number = 0
        self.start()

    def start(self) -> None:
        self.served = Served(self.folder, "--settings", str(self.settings), *self.options)

    def write(self, path: Path, document: Any) -> None:
        path.write_text(json.dumps(document), "utf-8")

    def answer(self, fen: int = 10_000, customer: str = "c1") -> str:
        self.number += 1
        told = self.served.decide(encode(pay(self.number, fen, customer=customer, to="p1")))[1]
        return str(told["answer"])

    def order(self, path: str, words: Any = None) -> tuple[int, Any]:
        return self.served.ask("POST", f"/admin/{path}", json.dumps(words).encode() if words else b"")

    def health(self) -> Any:
        return self.served.ask("GET", "/health")[1]


@pytest.fixture(params=["strict", "fast"])
def bank(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bank]:
    found = Bank(tmp_path, "--mode", request.param)
    yield found
    if found.served.process.poll() is None:
        found.served.stop()


def test_a_list_takes_effect_while_it_runs_and_survives_a_kill(bank: Bank) -> None:
    assert bank.answer(customer="bad") == "allow"
    bank.write(bank.settings, {"limits": [LIMIT], "lists": [BLACK]})
    status, told = bank.order("reload")
    assert (status, told["changed"]) == (200, True)
    assert bank.answer(customer="bad") == "refuse"
    assert bank.order("reload")[1]["changed"] is False
    setup = bank.health()["setup"]
    bank.served.kill()
    bank.start()
    assert bank.health()["setup"] == setup == told["setup"]
    before = encode(pay(1, customer="bad"))
    assert bank.served.decide(before)[1]["answer"] == "allow"  # as it was decided then


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("{", "不是 JSON"),
        (approved() | {"author": "王五"}, "复核之后又改过"),
        ({}, "rules 应是列表"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, document: Any, says: str) -> None:
    bank = Bank(tmp_path)
    setup = bank.health()["setup"]
    bank.rules.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    status, told = bank.order("reload")
    assert (status, told["error"]["code"]) == (409, "reload.refused")
    assert says in told["error"]["say"]
    assert "仍按原来的规则" in bank.health()["publication_refused"]
    assert (bank.health()["setup"], bank.answer()) == (setup, "allow")
    assert "xiaobao_fraud_publications_refused 1" in bank.served.ask("GET", "/metrics")[1]
    bank.served.stop()


def test_other_windows_need_a_restart(tmp_path: Path) -> None:
    bank = Bank(tmp_path)
    bank.write(bank.settings, {"grace": 7})
    assert "正常停止" in bank.order("reload")[1]["error"]["say"]
    bank.served.stop()


def test_a_hang_up_publishes(tmp_path: Path) -> None:
    bank = Bank(tmp_path)
    bank.write(bank.rules, approved(STRICT))
    bank.served.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 20
    while "xiaobao_fraud_published 1" not in bank.served.ask("GET", "/metrics")[1]:
        assert time.monotonic() < deadline
    assert bank.answer() == "refuse"
    bank.served.stop()


def test_an_incident_is_read_and_lifted_by_two(bank: Bank) -> None:
    bank.write(bank.rules, approved(STRICT))
    bank.order("reload")
    assert [bank.answer(customer=f"c{at}") for at in range(8)] == ["refuse"] * 6 + ["allow"] * 2
    told = bank.served.ask("GET", "/admin/incidents")[1]
    (incident,) = told["incidents"]
    assert (told["set_aside"], incident["rule"], incident["reached"], incident["of"]) == (["R9"], "R9", 6, 6)
    assert (incident["limit"]["count"], incident["moment"], incident["reason"]) == (5, START + 6_000, "")
    for wrong, says in (
        ({"approved_by": " 王 五"}, "同一人"),
        ({"approved_by": "张三"}, "起草人"),
        ({"reason": " "}, "reason 不能为空"),
        ({"rule": "R1"}, "没有被刹车停用"),
    ):
        status, told = bank.order("lift", LIFT | wrong)
        assert (status, says in told["error"]["say"]) == (400, True)
    assert bank.order("lift", LIFT)[1]["set_aside"] == []
    assert bank.answer() == "refuse"
    lifted = bank.served.ask("GET", "/admin/incidents")[1]
    bank.served.kill()
    bank.start()
    assert bank.served.ask("GET", "/admin/incidents")[1] == lifted
    assert lifted["incidents"][0]["lifted_by"] == "王五"
    assert bank.answer() == "refuse"


def test_a_snooze_by_the_command(bank: Bank, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["fraud", "snooze", "--port", str(bank.served.port), "--customer", "c1", "--by", "张三"]
    words += ["--reason", "已核实", "--rule"]
    assert bank.answer(6_000_000) == "challenge"
    assert main([*words, "R1", "--days", "30"]) == 0
    assert json.loads(capsys.readouterr().out)["by"] == "张三"
    bank.served.kill()
    bank.start()
    (kept,) = bank.served.ask("GET", "/admin/snoozes")[1]["snoozes"]
    assert (kept["customer"], kept["rule"], kept["reason"]) == ("c1", "R1", "已核实")
    words[3] = str(bank.served.port)
    assert main([*words, "R7", "--days", "30"]) != 0
    assert "没有“R7”" in capsys.readouterr().err
    assert main([*words, "R1", "--days", "400"]) != 0
    assert main([*words, "R1", "--days", "0"]) == 0
    assert bank.served.ask("GET", "/admin/snoozes")[1]["snoozes"] == []


def test_what_has_expired_leaves_memory() -> None:
    engine = Engine(Settings(FEATURES, RULES))
    for at in range(5):
        engine.snooze(Snooze(f"c{at}", "R1", START + (at + 1) * DAY, "o", "r", START))
    engine.snooze(Snooze("c9", "R1", START + 9 * DAY, "o", "r", START + 4 * DAY))
    assert [one.customer for one in engine.snoozed] == ["c3", "c4", "c9"]  # c3: late events within the grace


def test_every_decision_again_by_the_rules_of_its_time(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [bank.answer(), bank.answer(6_000_000)]
    bank.write(bank.rules, approved(STRICT))
    bank.order("reload")
    given.append(bank.answer(customer="other"))
    bank.served.stop() if "fast" in bank.options else bank.served.kill()
    before = sorted(path.stat().st_mtime_ns for path in bank.folder.rglob("*") if path.is_file())
    assert main(["fraud", "decisions", str(bank.folder / "data")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Outcome(line["decision"]["outcome"]).name.lower() for line in lines] == given
    assert [line["event"]["event_id"] for line in lines] == ["e1", "e2", "e3"]
    assert lines[0]["setup"] == lines[1]["setup"] != lines[2]["setup"]
    assert main(["fraud", "decisions", str(bank.folder / "data"), "--customer", "other"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1
    assert sorted(path.stat().st_mtime_ns for path in bank.folder.rglob("*") if path.is_file()) == before


@pytest.mark.parametrize(
    ("client", "headers"),
    [("10.0.0.7:4711", {}), ("127.0.0.1:4711", {"x-forwarded-for": "10.0.0.7"}), ("", {})],
)
def test_orders_come_from_this_machine_alone(client: str, headers: dict[str, str]) -> None:
    with pytest.raises(Refused, match="本机"):
        must_be_near(client, headers)
    must_be_near("127.0.0.1:4711", {})
    must_be_near("[::1]:4711", {})


def test_a_lift_without_a_second_person() -> None:
    with pytest.raises(ControlError, match="同一人"):
        Lift(BIG.id, "Li Na", "ＬＩ　ＮＡ", "r").check(frozenset({BIG.id}), "")


def test_no_server_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fraud", "incidents", "--port", "1"]) != 0
    assert "没有运行中的反欺诈服务" in capsys.readouterr().err


def test_listening_to_everybody_is_warned_of(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(approved()), "utf-8")
    (tmp_path / "data").write_text("a file where the folder should be")
    words = ["--rules", str(rules), "--data", str(tmp_path / "data"), "--port", str(free_port())]
    assert main(["fraud", "serve", "--host", "0.0.0.0", *words]) != 0
    assert "不验证身份" in capfd.readouterr().err
