"""Payment files of other houses: other names, other languages, other clocks, no header; and what is refused."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from xiaobao.engines.fraud.files import FileError, Reading, read_events
from xiaobao.engines.fraud.layouts import LayoutError, layout_from
from xiaobao.site.cli import main

HEAD = "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD"
CHINESE = "交易流水号,交易时间,客户号,商户号,交易金额（元）,是否欺诈"


def rows(path: Path, text: str, columns: str = "", unit: str = "", *wanted: str) -> list[dict[str, Any]]:
    path.write_bytes(text.encode() if path.suffix != ".gz" else gzip.compress(text.encode()))
    table, _ = read_events([path], None, Reading(layout_from(columns, unit), frozenset(wanted)))
    return list(table.rows())


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz"])
def test_chinese_names_and_labels(tmp_path: Path, name: str) -> None:
    text = f'{CHINESE}\nT1,2018/07/25 08:00:00,甲,m1,"¥1,234.50",是\nT2,2018/07/25 08:01,乙,m1,5,否\n'
    first, second = rows(tmp_path / name, text)
    assert (first["event_id"], first["amount_fen"], first["is_fraud"], first["hour"]) == ("T1", 123_450, 1, 8)
    assert second["occurred_at"] - first["occurred_at"] == 60_000
    assert second["is_fraud"] == 0


def test_an_export_in_gbk(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{CHINESE}\nT1,20180725080000,甲,m1,5,是\n".encode("gb18030"))
    (row,) = read_events([path])[0].rows()
    assert (row["customer"], row["hour"]) == ("甲", 8)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2018-07-25T08:00:00Z", 16),
        ("2018-07-25 08:00:00+08:00", 8),
        ("2018-07-25 08:00:00.250", 8),
        ("20180725080000", 8),
        ("2018年07月25日 08:00:00", 8),
        ("1532476800", 8),
        ("1532476800000", 8),
        ("20180725", 0),
    ],
)
def test_clocks(tmp_path: Path, written: str, hour: int) -> None:
    (row,) = rows(tmp_path / "a.csv", f"{HEAD}\n1,{written},7,9,1.5,0\n")
    assert row["hour"] == hour
    assert row["occurred_at"] // 86_400_000 in (17736, 17737)


@pytest.mark.parametrize("written", ["7", "1970-01-01 00:00:00", "2100-01-01 00:00:00", "25/07/2018"])
def test_times_that_cannot_be(tmp_path: Path, written: str) -> None:
    with pytest.raises(FileError, match="第 2 行的 TX_DATETIME"):
        rows(tmp_path / "a.csv", f"{HEAD}\n1,{written},7,9,1.5,0\n")


@pytest.mark.parametrize("word", ["1", "true", "Yes", "FRAUD", "是", "欺诈"])
def test_labels_of_other_languages(tmp_path: Path, word: str) -> None:
    (row,) = rows(tmp_path / "a.csv", f"{HEAD}\n1,2018-07-25 08:00:00,7,9,1.5,{word}\n")
    assert row["is_fraud"] == 1
    with pytest.raises(FileError, match="TX_FRAUD 应为 0 或 1"):
        rows(tmp_path / "a.csv", f"{HEAD}\n1,2018-07-25 08:00:00,7,9,1.5,maybe\n")


def test_what_the_file_lacks_is_given_up_by_name(tmp_path: Path) -> None:
    text = "when,who,amount\n3,a,1\n4,b,2\n"
    with pytest.raises(FileError, match="--columns"):
        rows(tmp_path / "a.csv", text)
    given = "TX_DATETIME=when,CUSTOMER_ID=who,TRANSACTION_ID=-,TERMINAL_ID=-,TX_FRAUD=-"
    first, second = rows(tmp_path / "a.csv", text, given, "day")
    assert (first["event_id"], first["terminal"], first["is_fraud"]) == ("a.csv:1", None, 0)
    assert (first["hour"], second["occurred_at"] - first["occurred_at"]) == (0, 86_400_000)


@pytest.mark.parametrize(
    ("text", "says"),
    [("TX_AMOUNT", "应写作"), ("COLOUR=x", "应写作"), ("TX_AMOUNT=-", "不能没有"), ("=x", "应写作")],
)
def test_descriptions_that_cannot_be_followed(text: str, says: str) -> None:
    with pytest.raises(LayoutError, match=says):
        layout_from(text)


def test_a_column_that_was_named_and_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="缺少列：device"):
        rows(tmp_path / "a.csv", f"{HEAD}\n1,2018-07-25 08:00:00,7,9,1.5,0\n", "device=imei")


def test_attributes_that_rules_read_come_along(tmp_path: Path) -> None:
    text = f"{HEAD},kind,level\n1,2018-07-25 08:00:00,7,9,1.5,0,atm,0.5\n2,2018-07-25 08:00:00,7,9,1,0,,2\n"
    first, second = rows(tmp_path / "a.csv", text, "", "", "attr.kind", "attr.level")
    assert (first["attr.kind"], first["attr.level"], second["attr.level"]) == ("atm", 0.5, 2)
    assert second["attr.kind"] is None
    with pytest.raises(FileError, match=r"attr\.shoe"):
        rows(tmp_path / "a.csv", text, "", "", "attr.shoe")


def test_words_as_numbers_that_come_twice(tmp_path: Path) -> None:
    line = "T1,2018-07-25 08:00:00,7,9,1.5,0\n"
    with pytest.raises(FileError, match="交易编号重复：T1"):
        rows(tmp_path / "a.csv", f"{HEAD}\n{line}{line}")


def test_a_repeated_event_of_our_own_counts_once(tmp_path: Path) -> None:
    event = {"event_id": "e1", "type": "login", "occurred_at": 10**12, "received_at": 10**12, "customer": "c"}
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(event | {"event_id": name}) + "\n" for name in ("e1", "e2", "e1")))
    table, refused = read_events([path])
    assert [row["event_id"] for row in table.rows()] == ["e1", "e2"]
    assert refused.counts == {"event.repeated": 1}


RULES = {
    "name": "r",
    "features": [{"name": "n", "entity": "customer", "aggregate": "count", "length": 86_400_000}],
    "rules": [
        {
            "id": "R1",
            "when": [{"field": "amount_fen", "operator": ">", "constant": 20_000}],
            "outcome": "hold",
            "reason": "large",
            "say": "请核实",
            "owner": "风险部",
        }
    ],
}
SPARKOV = "TRANSACTION_ID=1,TX_DATETIME=4,CUSTOMER_ID=9,TERMINAL_ID=5,TX_AMOUNT=6,TX_FRAUD=7"


def replay(tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, Any]:
    (tmp_path / "r.json").write_text(json.dumps(RULES))
    assert main(["fraud", "replay", *more, "--rules", str(tmp_path / "r.json"), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_cards_without_a_header_between_bars(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The shape of the Sparkov generator's files: identifier, date, time, unix time, kind, amount, fraud, ..."""
    lines = [
        f"a{at:032x}|2012-01-{at:02}|00:46:33|{1_327_193_193 + at}|kind{at % 3}|{at * 50}.43|{at % 2}|0|600"
        for at in range(1, 9)
    ]
    (tmp_path / "s.csv.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    report = replay(tmp_path, capsys, str(tmp_path / "s.csv.gz"), "--columns", SPARKOV)
    assert (report["events"], report["frauds"], report["alerts"]) == (8, 4, 5)
    assert report["first_day"] == report["last_day"] == "2012-01-22"


def test_accounts_that_pay_each_other_by_the_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "".join(f"{at},{at + 1},{at * 100},{at}\n" for at in range(1, 6))
    (tmp_path / "t.csv").write_text(f"sourceNodeId,targetNodeId,value,time\n{lines}")
    given = ["--columns", "TRANSACTION_ID=-,TX_DATETIME=time,TX_FRAUD=-", "--time-unit", "day"]
    report = replay(tmp_path, capsys, str(tmp_path / "t.csv"), *given)
    assert (report["events"], report["days"], report["alerts"]) == (5, 5, 3)
    assert report["labelled"] is False


def test_only_labels_are_nothing_to_test(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    label = {"event_id": "l1", "type": "label", "occurred_at": 10**12, "received_at": 10**12}
    (tmp_path / "l.jsonl").write_text(json.dumps(label | {"label": "fraud", "label_of": "e1"}) + "\n")
    (tmp_path / "r.json").write_text(json.dumps(RULES))
    assert main(["fraud", "replay", str(tmp_path / "l.jsonl"), "--rules", str(tmp_path / "r.json")]) != 0
    assert "没有需要处置的事件" in capsys.readouterr().err
