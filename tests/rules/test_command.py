"""`xiaobao rules …`: the answers, the refusals, and that Django stays outside."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.rules.asking import ask
from xiaobao.rules.book import book
from xiaobao.site import cli

PROGRAM = "import sys; from xiaobao.site import cli; code = cli.main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(code)"


def test_the_answer_of_the_issue(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = ask(capsys, "due CMP-003 --received 2026-01-10")
    assert (code, answer["rule"], answer["version"], answer["due"]) == (
        0,
        "CMP-003",
        "2020-03-01",
        "2026-01-25",
    )
    assert all({"say", "value", "cite"} <= set(step) for step in answer["steps"])
    assert {"verdict", "missing", "confidence"} <= set(answer)


def test_a_process_of_its_own_knows_no_django() -> None:
    line = [sys.executable, "-c", PROGRAM, "rules", "due", "CMP-003", "--received", "2026-01-10", "--json"]
    ran = subprocess.run(line, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout)["due"] == "2026-01-25"
    assert ran.stderr == ""


def test_days_are_listed_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, "due CMP-003 --received 2026-01-10 --days")
    assert len(answer["days"]) == 16
    assert answer["days"][-1]["number"] == 15


def test_people_read_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "due", "CMP-005", "--received", "2026-03-01", "--days"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "待定，尚缺：再延长30日的有效审批和告知。条件均已具备的，最迟2026-04-30；否则最迟2026-03-31"
    )
    assert "尚缺：再延长30日的有效审批和告知" in said


UNTOLD = [
    ("CMP-005 --approver superior", "2026-04-30", "2026-03-31", ["approved_on", "approval_told_on"]),
    ("CMP-005 --approver superior --approved-on 2026-03-10", "2026-04-30", "2026-03-31", ["approval_told_on"]),
    ("CMP-023 --channel pboc --approver complaint_lead", "2026-04-30", "2026-03-16", ["approved_on", "approval_told_on"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "due", "otherwise", "missing"), UNTOLD)
def test_an_approval_without_its_days_is_open_as_in_check(
    line: str, due: str, otherwise: str, missing: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, answer, _ = ask(capsys, f"due {line} --received 2026-03-01")
    assert (answer["verdict"], answer["missing"]) == ("undecided", missing)
    assert (answer["due"], answer["due_otherwise"]) == (due, otherwise)
    assert f"条件均已具备的，最迟{due}；否则最迟{otherwise}" in answer["say"]
    assert "approv" not in answer["say"]
    assert not any("批准日期" in step["say"] for step in answer["steps"])


def test_an_approval_with_its_days_is_no_longer_open(capsys: pytest.CaptureFixture[str]) -> None:
    days = "--approved-on 2026-03-10 --told-on 2026-03-11"
    _, answer, _ = ask(capsys, f"due CMP-005 --received 2026-03-01 --approver superior {days}")
    assert (answer["verdict"], answer["due"], answer["missing"]) == ("due", "2026-04-30", [])
    assert "due_otherwise" not in answer


def test_a_pause_of_which_nobody_says_whether_it_was_told_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, "due CMP-003 --received 2026-03-01 --pause 2026-03-05:2026-03-24")
    assert (answer["verdict"], answer["due"], answer["missing"]) == (
        "undecided",
        "2026-03-16",
        ["appraisal_told"],
    )


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("due CMP-003", 2, "请用 --received 给出收到日期"),
        ("due CMP-003 --received 2026-02-30", 2, "不存在"),
        ("due CMP-003 --received 昨天", 2, "无法识别"),
        ("due CMP-999 --received 2026-01-10", 1, "没有规则"),
        ("due CMP-003 --received 2019-01-10", 2, "第一版自2020-03-01起"),
        ("due CMP-003 --received 2026-03-01 --pause 2026-03-05", 2, "应写成"),
        ("due CMP-003 --received 2026-03-01 --new-facts 2026-02-01", 2, "早于收到投诉"),
        ("due CMP-022 --fact regulator_received_on=2026-12-28", 2, "2027年的放假安排未录入"),
        ("check CMP-018 --on 2026-01-10 --fact representatives=许多", 2, "类型不对"),
        ("check CMP-018 --on 2026-01-10 --fact representatives", 2, "名称=值"),
        ("check CMP-034 --on 2025-05-31", 2, "第一版自2025-06-01起"),
        ("retention CMP-003 --fact a=2026-01-10", 2, "不是保存期限"),
        ("retention DR-006", 2, "请用 --fact"),
    ],
)
def test_bad_input_is_one_sentence(
    line: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, answer, error = ask(capsys, line)
    assert (found, answer) == (code, {})
    assert said in error
    assert len(error.splitlines()) == 1


def test_check_decides_and_names_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    _, refused, _ = ask(capsys, "check CMP-018 --on 2026-01-10 --fact representatives=6")
    _, open_, _ = ask(capsys, "check CMP-018 --on 2026-01-10")
    assert (refused["verdict"], refused["value"]) == ("refuse", ["representatives"])
    assert (open_["verdict"], open_["missing"]) == ("undecided", ["representatives"])


def test_check_reads_lists_and_maps(capsys: pytest.CaptureFixture[str]) -> None:
    _, fields, _ = ask(capsys, "check CMP-027 --on 2026-01-10 --fact given=channel_code,business_code")
    _, items, _ = ask(
        capsys, "check CMP-031 --on 2026-01-10 --fact done.asked_partner=是 --fact done.in_assessment=否"
    )
    assert fields["value"] == ["reason_code"]
    assert items["value"] == ["in_assessment"]


def test_retention_takes_the_version_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    _, old, _ = ask(capsys, "retention DR-006 --fact contract_end_on=2026-01-31")
    _, new, _ = ask(capsys, "retention DR-006 --fact contract_end_on=2026-02-01")
    assert (old["keep_until"], new["keep_until"]) == ("2026-07-31", "2031-02-01")


def test_list_show_and_at_agree_with_the_book(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(ask_list(capsys, "list")) == len(book())
    assert ask_list(capsys, "list --room complaints --kind clock")[0]["rule"] == "CMP-002"
    _, shown, _ = ask(capsys, "show CMP-005 --on 2026-01-10")
    assert shown["versions"][0]["cites"][0]["zh"] == "投诉办法第十八条第一款"
    _, binding, _ = ask(capsys, "at 2020-03-01")
    assert {"rule": "CMP-003", "version": "2020-03-01"} in binding["rules"]


def ask_list(capsys: pytest.CaptureFixture[str], line: str) -> list[dict[str, str]]:
    assert cli.main(["rules", *line.split(), "--json"]) == 0
    found: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("line", ["list", "show CMP-021", "at 2026-01-10", "check CMP-012 --on 2026-01-10"])
def test_every_question_has_an_answer_in_words(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", *line.split()]) == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("rule", [rule.id for rule in book()])
def test_a_rule_is_shown_in_the_offices_words(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "show", rule]) == 0
    said = capsys.readouterr().out
    assert "Params(" not in said
    assert "{'" not in said
    assert "    例  " in said


def test_a_limit_is_shown_with_its_unit(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, "show MKT-017 --on 2026-03-01")
    params = answer["versions"][0]["params"]
    assert params[0] == {
        "label": "限度",
        "says": ["抽奖的最高奖不超过50,000元", "开始后无正当理由的变更不超过0次"],
    }


def test_before_the_book_begins_it_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "at", "1990-01-01"]) == 0
    said = capsys.readouterr().out
    assert "1990-01-01 施行 0 条，共 111 条" in said
    assert "规则册里最早的一版自 1999-10-01 起；更早的法律没有录入，不等于当时没有规定" in said


def test_a_day_before_the_first_version_says_what_held_before(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = ask(capsys, "check MKT-017 --on 2017-06-01 --fact top_prize_yuan=8000")
    assert code > 0
    assert "第一版自2018-01-01起；2018-01-01以前依1993年反不正当竞争法第十三条第（三）项" in error
