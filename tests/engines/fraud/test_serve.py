"""`xiaobao fraud serve`: answers, refusals, health, metrics, drain, a full disk."""

from __future__ import annotations

import json
import resource
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import START, pay
from tests.engines.fraud.server import ROOT, Served
from xiaobao.engines.fraud.events import encode


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    found = Served(tmp_path_factory.mktemp("served"))
    yield found
    found.stop()


def body(**changes: Any) -> bytes:
    event = json.loads(encode(pay(1)))
    return json.dumps(event | {"event_id": "bad"} | changes).encode()


def test_one_decision_with_its_reasons(served: Served) -> None:
    status, told = served.decide(encode(pay(900, 6_000_000, customer="one")))
    assert (status, told["answer"], told["durability"]) == (200, "challenge", "strict")
    assert told["factor"] == "指纹"
    assert 0 < told["latency_us"] < 20_000_000
    assert told["decision"]["reasons"][0]["compared"][0]["value"] == 6_000_000


def test_a_repeated_event_gets_the_same_answer(served: Served) -> None:
    _, first = served.decide(encode(pay(901, 6_000_000, customer="two")))
    served.decide(encode(pay(902, 6_000_000, customer="two")))
    again = json.loads(encode(pay(901, 6_000_000, customer="two")))
    later = json.dumps(again | {"received_at": again["received_at"] + 900}).encode()
    assert served.decide(later)[1]["decision"] == first["decision"]


def test_another_event_under_a_known_id_is_a_conflict(served: Served) -> None:
    served.decide(encode(pay(903, 100)))
    status, told = served.decide(encode(pay(903, 6_000_000)))
    assert (status, told["error"]["code"], told["error"]["event_id"]) == (409, "event.conflict", "e903")


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        (b"not json", 400, "JSON"),
        (b"", 400, "JSON"),
        (b"[1]", 400, "JSON 对象"),
        (b"\xff\xfe\x00", 400, "JSON"),
        (b'{"event_id":"\xff"}', 400, "JSON"),
        (b"[" * 60_000, 400, "JSON"),
        (b'{"event_id":1,"customer":' + b"[" * 60_000, 400, "event_id 应为 str"),
        (body().replace(b"10000", b"NaN"), 400, "JSON"),
        (body(type="teleport"), 400, "type 不能是“teleport”"),
        (body(customer=""), 400, "缺少字段：customer"),
        (body(amount_fen=-1), 400, "不为负"),
        (body(amount_fen=1.5), 400, "amount_fen 应为 int"),
        (body(occurred_at=0), 400, "2000 至 2098"),
        (body(occurred_at=START + 74 * 365 * 86_400_000), 400, "2000 至 2098"),
        (body(surprise=1), 400, "不认识的字段 surprise"),
        (body(schema=9), 400, "版本 9"),
        (body(attributes={"big": 10**30}), 400, "big"),
        (body(attributes={"note": "x" * 2**20}), 413, "65536"),
        (body(event_id="x" * 129), 400, "128"),
    ],
)
def test_bad_input_is_refused_in_words(served: Served, sent: bytes, status: int, says: str) -> None:
    found, told = served.decide(sent)
    assert found == status
    assert says in told["error"]["say"]
    assert served.decide(encode(pay(904)))[0] == 200


def test_bad_rows_of_a_batch_leave_the_rest_alone(served: Served) -> None:
    rows = [encode(pay(910)), body(type="teleport"), encode(pay(911)), b"7"]
    status, told = served.ask("POST", "/v1/decisions/batch", b"[" + b",".join(rows) + b"]")
    assert (status, told["refused"]) == (200, 2)
    assert [found.get("answer", "") for found in told["results"]] == ["allow", "", "allow", ""]
    lines = b"\n".join([encode(pay(912)), b"{broken", b'{"event_id":"\xff"}', encode(pay(913))])
    status, told = served.ask("POST", "/v1/decisions/batch", lines)
    assert [("decision" in found) for found in told["results"]] == [True, False, False, True]


def test_a_batch_that_holds_an_event_twice_judges_the_first(served: Served) -> None:
    rows = [encode(pay(920, 100)), encode(pay(920, 6_000_000)), encode(pay(920, 100))]
    _, told = served.ask("POST", "/v1/decisions/batch", b"\n".join(rows))
    first, other, again = told["results"]
    assert first["decision"] == again["decision"]
    assert other["error"]["code"] == "event.conflict"


@pytest.mark.parametrize(
    ("sent", "status"),
    [(b"", 400), (b"[{]", 400), (b"[" * 99_999, 400), (b" " * (17 * 2**20), 413), (b" " * 80_000_000, 413)],
)
def test_a_batch_that_is_none(served: Served, sent: bytes, status: int) -> None:
    found, told = served.ask("POST", "/v1/decisions/batch", sent)
    assert (found, bool(told["error"]["say"])) == (status, True)


def test_unknown_places_and_methods(served: Served) -> None:
    assert served.ask("GET", "/nowhere")[0] == 404
    assert served.ask("GET", "/v1/decisions")[0] == 405


def test_health_schema_and_metrics(served: Served) -> None:
    status, health = served.ask("GET", "/health")
    assert (status, health["status"], health["durability"]) == (200, "ok", "strict")
    assert served.ask("GET", "/v1/schema")[1]["$ref"].endswith("Event")
    page = served.ask("GET", "/metrics")[1]
    values = dict(line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
    assert float(values['xiaobao_fraud_decisions_total{outcome="allow"}']) >= 1
    assert float(values["xiaobao_fraud_request_seconds_count"]) >= float(
        values['xiaobao_fraud_request_seconds_bucket{le="0.001"}']
    )
    assert values["xiaobao_fraud_healthy"] == "1"
    told = (ROOT / "docs/how-to/fraud-serving.md").read_text("utf-8")
    names = {line.split()[2].removeprefix("xiaobao_fraud_") for line in page.splitlines() if "# TYPE" in line}
    assert [name for name in sorted(names) if f"`{name}`" not in told] == []


def test_a_word_where_a_rule_wants_a_number_does_not_stop_it(served: Served) -> None:
    sent = body(event_id="word", attributes={"amount": "many", "list": True})
    assert served.decide(sent)[0] == 200


def test_fast_says_so_and_keeps_what_it_answered(tmp_path: Path) -> None:
    served = Served(tmp_path, "--mode", "fast")
    for number in range(100):
        assert served.decide(encode(pay(number)))[1]["durability"] == "fast"
    code, said = served.stop()
    assert (code, "快照已保存" in said) == (0, True)
    again = Served(tmp_path)
    assert "恢复 0 条" in again.ready  # the snapshot holds them all
    assert again.decide(encode(pay(99)))[1]["decision"]["event_id"] == "e99"
    again.stop()


def test_sigterm_answers_what_was_taken(tmp_path: Path) -> None:
    served = Served(tmp_path)
    rows = b"\n".join(encode(pay(number, customer=f"c{number % 50}")) for number in range(5_000))
    told: list[Any] = []
    asking = threading.Thread(target=lambda: told.append(served.ask("POST", "/v1/decisions/batch", rows)))
    asking.start()
    while '"waiting":0' in json.dumps(served.ask("GET", "/health")[1], separators=(",", ":")):
        assert not told, "the batch was answered before it could be interrupted"
    code, _ = served.stop()
    asking.join()
    assert code == 0
    assert (told[0][0], told[0][1]["refused"], len(told[0][1]["results"])) == (200, 0, 5_000)


def test_two_servers_never_share_a_folder(tmp_path: Path) -> None:
    served = Served(tmp_path)
    with pytest.raises(AssertionError, match="另一个进程"):
        Served(tmp_path)
    served.stop()


@pytest.mark.parametrize("mode", ["strict", "fast"])
def test_a_full_disk_refuses_and_loses_nothing(tmp_path: Path, mode: str) -> None:
    """The limit on the file's size is the kernel's own; it cuts a write in the middle."""
    served = Served(tmp_path, "--mode", mode)
    rows = [encode(pay(number, customer=f"c{number % 7}")) for number in range(400)]
    assert served.ask("POST", "/v1/decisions/batch", b"\n".join(rows[:100]))[1]["refused"] == 0
    (segment,) = (tmp_path / "data" / "journal").glob("*.xbj")
    _, hard = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
    full = segment.stat().st_size + 100
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (full, hard))
    status, told = served.decide(rows[100])
    while served.ask("GET", "/health")[0] == 200:
        time.sleep(0.01)
    assert (status, told.get("error", {}).get("code")) == ((503, "disk") if mode == "strict" else (200, None))
    assert served.ask("GET", "/health")[1]["say"].startswith("日志写入失败")
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (hard, hard))
    _, told = served.ask("POST", "/v1/decisions/batch", b"\n".join(rows))
    assert told["refused"] == 0
    deadline = time.monotonic() + 5
    while served.ask("GET", "/health")[1]["waiting"] and time.monotonic() < deadline:
        time.sleep(0.05)
    served.kill()
    again = Served(tmp_path)
    assert again.ready.split("恢复 ")[1].startswith("400 条")
    again.stop()
