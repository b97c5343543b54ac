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
    assert told["field"] == field
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
    path = tmp_path / "in.csv"
    cells = ",".join(f'"{value}"' for value in row.values())
    path.write_text(",".join(DEFAULT[name] for name in row) + f"\n{cells}\n", encoding="utf-8")
    order = ImportOrder(path, format_named("csv"), "33001", tmp_path)
    report = complaints_import(actor=crew.actor("xiaomin"), order=order)
    assert (report.imported, report.rejected) == (0, 1)
    (line,) = lines_of(report)
    column = DEFAULT["org" if field == "org_code" else field]
    assert line[2] == column
    assert_clear("".join((column, str(line[4]), str(line[5]))), column)


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
