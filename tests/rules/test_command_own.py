"""`--own FILE` and XIAOBAO_OWN_RULES on the command line: both answers shown, the stricter wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.asking import ask
from xiaobao.rules.book import book
from xiaobao.rules.own_files import configured

OWN = """
- id: B-1
  rule: CMP-003
  title: 本行十日办结
  level: bank
  since: 2026-01-01
  set: {length: 10}
  signed_by: [王一, 李二]
- id: B-2
  rule: MKT-017
  title: 最高奖不超过三万元
  level: bank
  since: 2026-01-01
  set: {top_prize_yuan: 30000}
  signed_by: [王一, 李二]
- id: B-3
  rule: PI-010
  title: 四十八小时报告
  level: emergency
  since: 2026-01-01
  until: 2026-07-01
  set: {length: 48}
  signed_by: [王一, 李二]
- id: B-4
  rule: CMP-025
  title: 投诉资料保存五年
  level: bank
  since: 2020-11-01
  set: {years: 5}
  signed_by: [王一, 李二]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, "utf-8")
    return file


def test_due_shows_both_and_the_earlier_binds(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, f"due CMP-003 --received 2026-03-01 --own {own}")
    assert (answer["due"], answer["legal_due"], answer["binding"]) == ("2026-03-11", "2026-03-16", "B-1")
    _, before, _ = ask(capsys, f"due CMP-003 --received 2025-12-31 --own {own}")
    assert before["due"] == before["legal_due"] == "2026-01-15"


def test_due_of_another_rule_shows_both(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, f"due PI-010 --received 2026-03-01T09:00 --no-danger --own {own}")
    assert answer["due"] == "2026-03-03T09:00"
    assert answer["law"]["value"].startswith("2026-03-04T09:00")
    assert answer["own"][0]["id"] == "B-3"
    _, later, _ = ask(capsys, f"due PI-010 --received 2026-07-01T09:00 --no-danger --own {own}")
    assert later["due"] == "2026-07-04T09:00"
    assert "own" not in later


def test_check_shows_both_and_the_stricter_wins(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(
        capsys,
        f"check MKT-017 --on 2026-03-01 --fact top_prize_yuan=40000 --fact changes_after_start=0 --own {own}",
    )
    assert (answer["verdict"], answer["law"]["verdict"]) == ("refuse", "pass")
    assert [one["verdict"] for one in answer["own"]] == ["refuse"]


def test_a_refusal_of_the_banks_own_names_its_limit_and_the_laws_answer(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, answer, _ = ask(
        capsys,
        f"check MKT-017 --on 2026-03-01 --fact top_prize_yuan=40000 --fact changes_after_start=0 --own {own}",
    )
    reason, _, law = answer["say"].partition("法定要求：")
    assert reason.startswith("不得办理，依据本行“最高奖不超过三万元”（B-2）：")
    assert "不超过30000元，现为40000元" in reason
    assert law.startswith("符合，最高奖没有超过上限，还可增加10,000元")
    assert any(
        "不超过30000元，现为40000元" in step["say"] for step in answer["steps"] if step["cite"] == "B-2"
    )
    _, both, _ = ask(
        capsys,
        f"check MKT-017 --on 2026-03-01 --fact top_prize_yuan=60000 --fact changes_after_start=0 --own {own}",
    )
    assert both["say"] == "不得开展：抽奖的最高奖超过上限。"


def test_retention_keeps_the_longer(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, f"retention CMP-025 --fact closed_on=2026-01-25 --own {own}")
    assert answer["keep_until"] == "2031-01-25"
    assert answer["law"]["value"] == "2029-01-25"


def test_a_calculator_says_what_is_the_banks_own(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = f"calc leak-notice --fact confirmed_at=2026-03-01T09:00 --fact endangers=否 --own {own}"
    _, answer, _ = ask(capsys, line)
    assert answer["value"].startswith("2026-03-03T09:00")
    assert answer["law_value"].startswith("2026-03-04T09:00")
    assert answer["own"] == [
        {"id": "B-3", "title": "四十八小时报告", "value": answer["value"], "binds": True}
    ]
    assert "最迟2026-03-03 09:00" in answer["say"]
    assert any("“四十八小时报告”更严" in step["say"] for step in answer["steps"])


def test_the_configured_file_is_read_without_being_named(
    own: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIAOBAO_OWN_RULES", str(own))
    _, answer, _ = ask(capsys, "due CMP-003 --received 2026-03-01")
    assert answer["binding"] == "B-1"


FAULTY = [
    ("- {id: B-1}", "own.yaml第1条"),
    (OWN.replace("length: 10", "length: 16"), "B-1（CMP-003）：比法定要求宽"),
    (OWN.replace("MKT-017", "CMP-999"), "没有规则"),
    ("a: [", "不是有效的 YAML"),
]


@pytest.mark.parametrize(("text", "said"), FAULTY)
def test_a_faulty_file_is_one_sentence(
    text: str, said: str, own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own.write_text(text, "utf-8")
    code, answer, error = ask(capsys, f"check MKT-017 --on 2026-03-01 --own {own}")
    assert (code > 0, answer) == (True, {})
    assert said in error
    assert len(error.splitlines()) == 1


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = ask(capsys, "check MKT-017 --on 2026-03-01 --own /no/such.yaml")
    assert code == 2
    assert "本行规则文件/no/such.yaml打不开" in error


def test_without_configuration_there_are_none() -> None:
    assert configured(book(), {}) == ()
