"""What no door lets in: each refusal names its field, its rule and the way out, by API, form and import."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.complaints.test_api import BODY, SHAPE
from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.duties.complaints.domain.intake_formats import column_map, format_named
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.services.importing import ImportOrder, complaints_import
from xiaobao.kernel.roles import Role

WRONG_ID = "110101199003072819"
FORM = {
    "channel": "phone",
    "received_at": "2026-03-02 09:30",
    "org_code": "33001",
    "title": "多收年费",
    "facts": "客户来电称被多收年费，要求退还。",
    "name": "王小敏",
    "phone": "13800001234",
}
API = [
    ({"currency": "RMB"}, "currency", ("币种", "ISO 4217", "CNY")),
    ({"facts": "退\u202e款"}, "facts", ("投诉事实", "规则", "U+202E", "删除")),
    ({"title": "年\u200b费"}, "title", ("投诉事项", "规则", "U+200B", "删除")),
    (
        {"persons": [{"name": "王", "id_number": WRONG_ID}]},
        "persons[0].id_number",
        ("证件号码", "GB 11643", "核对"),
    ),
    ({"persons": []}, "persons", ("姓名", "CMP-001", "写明原因")),
    ({"facts": "长" * 100_000}, "facts", ("投诉事实", "40000", "证据上传")),
]


@pytest.mark.parametrize(("change", "field", "words"), API)
def test_the_api_names_field_rule_and_remedy(
    crew: make.Cast, change: dict[str, Any], field: str, words: tuple[str, ...]
) -> None:
    response = Program(account(crew.office, Role.OFFICER)).post("/complaints", BODY | change)
    told = said(response)
    assert (response.status_code, set(told), told["field"]) == (400, SHAPE, field)
    assert all(word in told["message"] for word in words), told["message"]
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": "5", "currency": "XYZ"}, "currency"),
        ({"facts": "退\u202e款"}, "facts"),
        ({"id_number": WRONG_ID}, "id_number"),
        ({"name": "", "phone": ""}, "name"),
    ],
)
def test_the_form_says_it_beside_the_field(crew: make.Cast, change: dict[str, str], field: str) -> None:
    client = Client()
    client.force_login(crew.xiaomin)
    response = client.post("/complaints/new/", {**FORM, "draft_key": "k" * 32, **change})
    assert response.status_code == 400
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1,2026-03-01,退\u202e款,王小敏,,5元", ("U+202E", "规则", "删除")),
        (f"1,2026-03-01,多收年费,王小敏,{WRONG_ID},5元", ("证件号码", "GB 11643", "核对")),
        ("1,2026-03-01,多收年费,王小敏,,5 XYZ", ("金额", "请")),
    ],
)
def test_an_import_row_is_a_line_that_says_why(
    crew: make.Cast, tmp_path: Path, row: str, words: tuple[str, ...]
) -> None:
    columns = {
        "number": "号",
        "received_at": "时间",
        "facts": "内容",
        "name": "人",
        "id_number": "证",
        "amount": "额",
    }
    path = tmp_path / "in.csv"
    path.write_text(f"号,时间,内容,人,证,额\n{row}\n", encoding="utf-8")
    form = format_named("csv", column_map({"columns": columns, "currency": "CNY"}))
    order = ImportOrder(path, form, "33001", tmp_path)
    report = complaints_import(actor=crew.actor("xiaomin"), order=order)
    assert (report.imported, report.rejected) == (0, 1)
    assert report.errors_file is not None
    sheet: Any = load_workbook(report.errors_file).active
    cells = [str(cell) for line in sheet.iter_rows(min_row=3) for cell in (one.value for one in line)]
    assert all(word in " ".join(cells) for word in words), cells
    assert WRONG_ID not in " ".join(cells)


def test_a_source_without_a_person_says_so_itself(crew: make.Cast, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("号,时间,内容\n1,2026-03-01,多收年费\n", encoding="utf-8")
    columns = {"number": "号", "received_at": "时间", "facts": "内容"}
    order = ImportOrder(path, format_named("csv", column_map({"columns": columns})), "33001", tmp_path)
    complaints_import(actor=crew.actor("xiaomin"), order=order)
    assert Complaint.objects.get().anonymous_reason == "来源未提供投诉人"
