"""The three kinds of file, row by row."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from xiaobao.duties.complaints.domain.intake_formats import (
    BadRecord,
    IntakeRow,
    Record,
    RowFaults,
    check_header,
    column_map,
    format_named,
    read_row,
)
from xiaobao.duties.complaints.domain.intake_formats.cfpb_codes import ISSUES, PRODUCTS, codes_of
from xiaobao.duties.complaints.domain.values import Channel
from xiaobao.kernel.errors import InvalidInput

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
GOV = {
    "留言编号": "124085",
    "留言用户": "UU0081319",
    "留言主题": "希望举办技能培训",
    "留言时间": "2019/3/5 15:36:21",
    "留言详情": "各位领导，你们好！",
    "答复意见": "网友：您好!",
    "答复时间": "2019/3/7 11:00:31",
}
CFPB = {
    "Complaint ID": "7270076",
    "Date received": "2023-07-18",
    "Product": "Mortgage",
    "Issue": "Late fee",
    "Sub-issue": "None",
    "Company": "ACME",
    "Submitted via": "Phone",
    "Date sent to company": "2023-07-19",
    "Consumer complaint narrative": "",
}


def read(form: str, told: dict[str, str], **changes: str) -> IntakeRow | RowFaults:
    cells = told | changes
    return read_row(Record(2, tuple(cells.values())), tuple(cells), format_named(form), NOW)


def row(form: str, told: dict[str, str], **changes: str) -> IntakeRow:
    found = read(form, told, **changes)
    assert isinstance(found, IntakeRow), found
    return found


def fault_codes(found: IntakeRow | RowFaults) -> list[str]:
    assert isinstance(found, RowFaults)
    return [fault.code for fault in found.faults]


def test_a_message_with_its_answer_keeps_both_moments() -> None:
    found = row("gov_zh", GOV)
    assert found.number == "124085"
    assert found.intake.received_at.isoformat() == "2019-03-05T15:36:21+08:00"
    assert found.replied_at is not None
    assert found.replied_at.date() == date(2019, 3, 7)
    assert found.intake.channel is Channel.IMPORT


def test_a_message_without_an_answer_is_open() -> None:
    found = row("gov_zh", GOV, 答复意见="", 答复时间="")
    assert (found.reply, found.replied_at) == ("", None)


def test_half_an_answer_is_refused() -> None:
    assert fault_codes(read("gov_zh", GOV, 答复意见="")) == ["reply_half"]


def test_an_answer_before_the_question_is_refused() -> None:
    assert fault_codes(read("gov_zh", GOV, 答复时间="2019/3/4 11:00:31")) == ["date_order"]


def test_all_faults_of_a_row_are_told() -> None:
    found = read("gov_zh", GOV, 留言编号="", 留言时间="2019/2/30 1:00:00", 留言详情="\0")
    assert set(fault_codes(found)) == {"missing", "date_impossible", "nul"}


def test_another_way_of_writing_the_date_is_the_same_body() -> None:
    assert row("gov_zh", GOV) == row("gov_zh", GOV, 留言时间="2019-03-05 15:36:21")


def test_cfpb_words_become_codes_and_stay_beside_them() -> None:
    found = row("cfpb", CFPB)
    assert (found.intake.business_code, found.intake.reason_code) == ("B3.1", "C7")
    assert found.intake.channel is Channel.PHONE
    assert "Issue：Late fee" in found.intake.facts
    assert "None" not in found.intake.facts


def test_what_the_table_does_not_name_is_other() -> None:
    found = row("cfpb", CFPB, Product="Brand new product", Issue="Brand new issue")
    assert (found.intake.business_code, found.intake.reason_code) == ("B99", "C99")
    assert "Product：Brand new product" in found.intake.facts


def test_facts_without_narrative_say_so() -> None:
    assert row("cfpb", CFPB).intake.facts.startswith("（来源未公布投诉人原文）")


def test_a_row_without_number_gets_one_from_its_words() -> None:
    first, second = row("cfpb", CFPB, **{"Complaint ID": ""}), row("cfpb", CFPB, **{"Complaint ID": "None"})
    assert first.number == second.number
    assert first.number.startswith("R")
    assert first.number != row("cfpb", CFPB, **{"Complaint ID": "", "Issue": "Fees"}).number


@pytest.mark.parametrize(
    ("response", "is_history"),
    [
        ("Closed with explanation", True),
        ("Closed", True),
        ("In progress", False),
        ("Untimely response", False),
    ],
)
def test_what_the_company_closed_is_history(response: str, is_history: bool) -> None:
    found = row("cfpb", CFPB, **{"Company response to consumer": response})
    assert found.is_history is is_history
    assert found.reply == (response if is_history else "")
    assert found.replied_at is None


def test_sent_before_received_is_a_contradiction() -> None:
    found = read("cfpb", CFPB, **{"Date sent to company": "2023-07-17"})
    assert fault_codes(found) == ["date_order"]


def test_every_code_of_the_mapping_is_a_facet_code() -> None:
    assert {code[0] for code in PRODUCTS.values()} == {"B"}
    assert {code[0] for code in ISSUES.values()} == {"C"}
    assert codes_of("?", "?").channel_code == "A1.99"


def test_missing_columns_are_named_with_the_way_out() -> None:
    with pytest.raises(InvalidInput, match=r"缺少列：留言用户、留言主题.*--map"):
        check_header(Record(1, ("留言编号", "留言时间", "留言详情")), format_named("gov_zh"))


def test_a_doubled_column_is_refused() -> None:
    with pytest.raises(InvalidInput, match="列名重复：留言编号"):
        check_header(Record(1, (*GOV, "留言编号")), format_named("gov_zh"))


def test_an_empty_file_has_no_header() -> None:
    with pytest.raises(InvalidInput, match="文件是空的"):
        check_header(None, format_named("cfpb"))


def test_an_unknown_format_lists_the_known() -> None:
    with pytest.raises(InvalidInput, match="cfpb、gov_zh、csv"):
        format_named("xml")


def test_a_torn_row_is_a_fault_of_the_whole_row() -> None:
    found = read_row(BadRecord(7, "width:3:2", "1,2,3"), ("a", "b"), format_named("cfpb"), NOW)
    assert isinstance(found, RowFaults)
    assert found.faults[0].wrong == "该行有3列，表头有2列"
    assert found.line == 7


TABLE = {"工单号": "A-1", "受理": "10/01/2026", "内容": "收费争议", "金额": "12.5", "门": "网银"}
MAP = {
    "source": "branch_crm",
    "columns": {
        "number": "工单号",
        "received_at": "受理",
        "facts": "内容",
        "amount": "金额",
        "channel": "门",
    },
    "dates": ["%d/%m/%Y"],
    "currency": "CNY",
    "values": {"channel": {"网银": "web"}},
    "fixed": {"org": "0571"},
}


def table_row(told: dict[str, str], mapping: object) -> IntakeRow | RowFaults:
    form = format_named("csv", column_map(mapping))
    return read_row(Record(2, tuple(told.values())), tuple(told), form, NOW)


def test_a_map_names_columns_dates_words_and_fixed_values() -> None:
    found = table_row(TABLE, MAP)
    assert isinstance(found, IntakeRow)
    assert found.intake.source_system == "branch_crm"
    assert found.intake.received_at.date() == date(2026, 1, 10)
    assert (found.intake.amount_fen, found.intake.currency) == (1250, "CNY")
    assert (found.intake.channel, found.intake.org_code) == (Channel.WEB, "0571")
    assert found.intake.facts == "收费争议\n\n【来源原始分类】\n门：网银"


def test_without_a_currency_the_amount_is_refused() -> None:
    mapping = {key: value for key, value in MAP.items() if key != "currency"}
    assert fault_codes(table_row(TABLE, mapping)) == ["amount_without_currency"]


def test_an_unknown_channel_lists_the_known() -> None:
    found = table_row(TABLE | {"门": "飞鸽"}, MAP)
    assert isinstance(found, RowFaults)
    assert found.faults[0].code == "channel_unknown"
    assert "手机银行" in found.faults[0].remedy


def test_full_width_digits_of_a_phone_are_made_plain() -> None:
    mapping = MAP | {"columns": MAP["columns"] | {"name": "姓名", "phone": "电话"}}  # type: ignore[operator]
    found = table_row(TABLE | {"姓名": "王敏", "电话": "１３８ ０００ ０１２３４"}, mapping)
    assert isinstance(found, IntakeRow)
    assert found.intake.persons[0].phone == "13800001234"


def test_words_in_a_phone_are_refused() -> None:
    mapping = MAP | {"columns": MAP["columns"] | {"name": "姓名", "phone": "电话"}}  # type: ignore[operator]
    found = table_row(TABLE | {"姓名": "王敏", "电话": "打我手机"}, mapping)
    assert fault_codes(found) == ["phone_unreadable"]


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (["a"], "键值结构"),
        ({"colums": {}}, "colums"),
        ({"columns": {"nummer": "工单号"}}, "nummer"),
        ({"columns": {"number": "工单号"}}, "received_at"),
        (MAP | {"source": "分行 CRM"}, "source"),
        (MAP | {"values": {"channel": "web"}}, "channel"),
    ],
)
def test_a_bad_map_says_what_is_wrong(mapping: object, words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        column_map(mapping)
    assert words in caught.value.say
