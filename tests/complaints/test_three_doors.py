"""The same bad value at the page, the API and the import: each door names field, rule and remedy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.complaints.test_api import BODY
from tests.complaints.test_bad_input import FORM
from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.duties.complaints.domain.intake_formats import column_map, format_named
from xiaobao.duties.complaints.domain.intake_formats.table import DEFAULT
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.services.importing import ImportOrder, ImportReport, complaints_import
from xiaobao.kernel.roles import Role

LABELS = {
    "received_at": "收到时间",
    "channel": "来源渠道",
    "business_code": "业务类别",
    "reason_code": "投诉原因",
    "amount": "涉及金额",
    "currency": "币种",
    "org_code": "责任机构",
    "facts": "投诉事实",
    "title": "投诉事项",
    "product": "产品或服务",
    "request": "投诉请求",
    "name": "姓名",
    "phone": "联系电话",
    "id_number": "证件号码",
    "counterpart": "被投诉人员",
    "given_due_on": "期限",
    "referral_number": "转办编号",
    "referral_body": "转办机关",
    "authority": "授权或继承证明",
}
LETTER = {"referral_body": "nfra", "referral_number": "1"}
BAD: list[tuple[str, dict[str, str]]] = [
    ("received_at", {"received_at": "2026-02-30"}),
    ("received_at", {"received_at": "2026-03-05"}),
    ("received_at", {"received_at": "昨天"}),
    ("received_at", {"received_at": "1970-01-01"}),
    ("received_at", {"received_at": ""}),
    ("channel", {"channel": "pigeon"}),
    ("channel", {"channel": ""}),
    ("business_code", {"business_code": "B77"}),
    ("reason_code", {"reason_code": "C77"}),
    ("currency", {"amount": "100", "currency": ""}),
    ("currency", {"amount": "100", "currency": "RMB"}),
    ("amount", {"amount": "-5"}),
    ("amount", {"amount": "五百"}),
    ("amount", {"amount": "NaN"}),
    ("amount", {"amount": "1.234"}),
    ("amount", {"amount": "9" * 25}),
    ("org_code", {"org_code": "99999"}),
    ("org_code", {"org_code": ""}),
    ("facts", {"facts": "长" * 100_000}),
    ("facts", {"facts": ""}),
    ("facts", {"facts": "有\x07铃"}),
    ("title", {"title": "长" * 300}),
    ("product", {"product": "长" * 90}),
    ("request", {"request": "长" * 5000}),
    ("name", {"name": "", "phone": ""}),
    ("name", {"name": "王" * 70}),
    ("phone", {"phone": "打我手机"}),
    ("id_number", {"id_number": "110101199003072819"}),
    ("counterpart", {"counterpart": "nobody"}),
    ("authority", {"role": "agent"}),
    ("given_due_on", LETTER | {"given_due_on": "2026-02-30"}),
    ("given_due_on", LETTER | {"given_due_on": "2026-02-01"}),
    ("referral_number", {"referral_body": "nfra", "referral_number": ""}),
    ("referral_body", {"referral_body": "ghost", "referral_number": "1"}),
]
IDS = [f"{field}-{number}" for number, (field, _) in enumerate(BAD)]
RULE = re.compile(r"规则|必填|列表中的值|令2020年第3号|不是日历上的日期")
PERSON = ("name", "phone", "id_number", "role")
ROW = {
    "number": "1",
    "received_at": "2026-03-01",
    "facts": "多收年费",
    "title": "年费",
    "name": "王小敏",
    "phone": "13800001234",
    "org": "33001",
    "amount": "5",
}
"""What the import has no column for, or fills in itself."""
NOT_IN_FILE = {
    "currency",
    "authority",
    "given_due_on",
    "referral_number",
    "referral_body",
}


def imported(crew: make.Cast, folder: Path, row: dict[str, str]) -> ImportReport:
    """What became of a file of this one row."""
    path = folder / "in.csv"
    cells = ",".join(f'"{value}"' for value in row.values())
    path.write_text(",".join(DEFAULT[name] for name in row) + f"\n{cells}\n", encoding="utf-8")
    order = ImportOrder(path, format_named("csv"), "33001", folder)
    return complaints_import(actor=crew.actor("xiaomin"), order=order)


def lines_of(report: ImportReport) -> list[tuple[Any, ...]]:
    """The lines of the error workbook."""
    assert report.errors_file is not None
    sheet: Any = load_workbook(report.errors_file).active
    return list(sheet.iter_rows(min_row=3, values_only=True))


def assert_clear(sentence: str, label: str) -> None:
    """The sentence names the field, a rule and what to do."""
    assert label in sentence, sentence
    assert RULE.search(sentence), sentence
    assert "请" in sentence, sentence


@pytest.mark.parametrize(("field", "change"), BAD, ids=IDS)
def test_the_page(crew: make.Cast, field: str, change: dict[str, str]) -> None:
    client = Client()
    client.force_login(crew.xiaomin)
    typed = {**FORM, "currency": "CNY", "draft_key": "k" * 32, **change}
    body = client.post("/complaints/new/", typed).content.decode()
    told = re.search(rf'id="id_{field}_error"[^>]*>(.*?)</(?:p|ul|div)>', body, re.S)
    assert told, body[:2000]
    assert_clear(told[1], LABELS[field])
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(("field", "change"), BAD, ids=IDS)
def test_the_api(crew: make.Cast, field: str, change: dict[str, str]) -> None:
    person = {name: change[name] for name in PERSON if name in change}
    body: dict[str, Any] = {name: value for name, value in change.items() if name not in person}
    body["persons"] = [{"name": "王小敏", "phone": "13800001234"} | person]
    told = said(Program(account(crew.office, Role.OFFICER)).post("/complaints", BODY | body))
    is_persons = field in PERSON or field == "authority"
    assert told["field"] == (f"persons[0].{field}" if is_persons else field)
    assert_clear(told["message"], LABELS[field])
    assert not Complaint.objects.exists()


IN_FILE = [
    (field, change)
    for field, change in BAD
    if field not in NOT_IN_FILE
    and change not in ({"channel": ""}, {"org_code": ""}, {"name": "", "phone": ""})
]


@pytest.mark.parametrize(("field", "change"), IN_FILE, ids=[str(number) for number in range(len(IN_FILE))])
def test_the_import(crew: make.Cast, tmp_path: Path, field: str, change: dict[str, str]) -> None:
    row = ROW | {("org" if name == "org_code" else name): value for name, value in change.items()}
    report = imported(crew, tmp_path, row)
    assert (report.imported, report.rejected) == (0, 1)
    (line,) = lines_of(report)
    column = DEFAULT["org" if field == "org_code" else field]
    assert line[2] == column
    assert_clear("".join((column, str(line[4]), str(line[5]))), column)


MANY = {
    "channel": "pigeon",
    "received_at": "2026-02-30",
    "amount": "五百",
    "title": "长" * 300,
    "product": "长" * 90,
    "phone": "打我手机",
    "id_number": "110101199003072819",
    "business_code": "B77",
    "reason_code": "C77",
    "org_code": "99999",
    "counterpart": "nobody",
}
"""Texts, tables and the places between: nothing of it hides anything else."""
SEVEN = "8800123"


def test_the_page_tells_everything_at_once_and_counts_it(crew: make.Cast) -> None:
    client = Client()
    client.force_login(crew.xiaomin)
    body = client.post("/complaints/new/", {**FORM, "draft_key": "k" * 32, **MANY}).content.decode()
    summary = re.search(r'<div class="errsum".*?</div>', body, re.S)
    assert summary
    assert f"还有 {len(MANY)} 处需要改" in summary[0]
    assert set(re.findall(r'href="#id_(\w+)"', summary[0])) == set(MANY)
    assert all(f'id="id_{field}_error"' in body for field in MANY)


def test_the_api_tells_everything_at_once(crew: make.Cast) -> None:
    person = {name: MANY[name] for name in PERSON if name in MANY}
    sent = BODY | {name: value for name, value in MANY.items() if name not in person} | {"persons": [person]}
    told = said(Program(account(crew.office, Role.OFFICER)).post("/complaints", sent))
    fields = [fault["field"] for fault in told["faults"]]
    assert sorted(fields) == sorted(f"persons[0].{name}" if name in person else name for name in MANY)
    assert {name: told[name] for name in ("code", "field", "message", "rule")} == told["faults"][0]
    for fault in told["faults"]:
        assert_clear(fault["message"], LABELS[fault["field"].rpartition(".")[2]])


def test_the_import_tells_everything_at_once(crew: make.Cast, tmp_path: Path) -> None:
    row = ROW | {("org" if name == "org_code" else name): value for name, value in MANY.items()}
    report = imported(crew, tmp_path, row)
    columns = [line[2] for line in lines_of(report)]
    assert sorted(columns) == sorted(DEFAULT["org" if name == "org_code" else name] for name in MANY)
    assert (report.imported, report.rejected) == (0, 1)


@pytest.mark.parametrize(("number", "is_taken"), [(SEVEN, True), ("95527", True), ("1234", False)])
def test_one_rule_for_a_telephone_at_the_three_doors(
    crew: make.Cast, tmp_path: Path, number: str, is_taken: bool
) -> None:
    client = Client()
    client.force_login(crew.xiaomin)
    page = client.post("/complaints/new/", {**FORM, "draft_key": "k" * 32, "phone": number})
    api = Program(account(crew.office, Role.OFFICER)).post(
        "/complaints", BODY | {"persons": [{"phone": number}]}
    )
    report = imported(crew, tmp_path, ROW | {"phone": number})
    assert (page.status_code == 302, api.status_code == 201, report.imported == 1) == (is_taken,) * 3


def test_several_persons_are_told_apart(crew: make.Cast) -> None:
    persons = [{"name": "王小敏"}, {"name": "李", "role": "agent"}, {"phone": "12"}]
    told = said(Program(account(crew.office, Role.OFFICER)).post("/complaints", BODY | {"persons": persons}))
    assert [fault["field"] for fault in told["faults"]] == ["persons[1].authority", "persons[2].phone"]


def test_an_absent_field_is_listed_with_the_others(crew: make.Cast) -> None:
    told = said(Program(account(crew.office, Role.OFFICER)).post("/complaints", {"title": "长" * 300}))
    fields = [fault["field"] for fault in told["faults"]]
    assert fields == ["channel", "received_at", "title", "org_code", "facts", "persons"]


def test_a_number_twice_in_one_file_names_the_row(crew: make.Cast, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("来源编号,收到时间,投诉内容\n7,2026-03-01,年费\n7,2026-03-01,利息\n", encoding="utf-8")
    report = complaints_import(
        actor=crew.actor("xiaomin"), order=ImportOrder(path, format_named("csv"), "33001", tmp_path)
    )
    (line,) = lines_of(report)
    assert str(line[4]).startswith("来源编号 7 与本文件第 2 行的编号相同，但这次内容不同")


def test_the_import_shows_the_cell_a_later_gate_refused(crew: make.Cast, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    columns = {"number": "号", "received_at": "时间", "facts": "内容", "name": "客户", "id_number": "客户号"}
    path.write_text(
        "号,时间,内容,客户,客户号\n1,2026-03-01,年费,王小敏,110101199003072819\n"
        + f"2,2026-03-01,年费,{'王' * 70},\n",
        encoding="utf-8",
    )
    order = ImportOrder(path, format_named("csv", column_map({"columns": columns})), "33001", tmp_path)
    report = complaints_import(actor=crew.actor("xiaomin"), order=order)
    first, second = lines_of(report)
    assert (first[2], first[3]) == ("客户号", "*" * 14 + "2819")
    assert (second[2], str(second[3])[:3]) == ("客户", "王**")


def test_a_map_of_an_unknown_currency_is_refused_before_any_row() -> None:
    columns = {"number": "号", "received_at": "时间", "facts": "内容"}
    with pytest.raises(Exception, match="ISO 4217") as refused:
        column_map({"columns": columns, "currency": "RMB"})
    assert "CNY" in str(refused.value)
