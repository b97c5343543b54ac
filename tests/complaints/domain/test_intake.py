"""From text to an intake: dates, phones, amounts, codes, and sentences for all that cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain import intake
from xiaobao.duties.complaints.domain.messages import MESSAGES, message
from xiaobao.duties.complaints.domain.values import Channel
from xiaobao.kernel.errors import InvalidInput

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
RAW: dict[str, Any] = {
    "channel": "客服电话",
    "received_at": "2026年2月27日",
    "org_code": "３３００１",
    "facts": "办理提前还款被收违约金\r\n无人告知",
    "name": " 王小敏 ",
    "phone": "（0571）8800 1234",
    "amount": "￥3,000.50元",
    "currency": "cny",
}


def parsed(**facts: Any) -> Any:
    return intake.parse(RAW | facts, now=NOW)


def test_reads_what_people_type() -> None:
    found = parsed()
    assert (found.channel, found.org_code, found.amount_fen) == (Channel.PHONE, "33001", 300_050)
    assert (found.currency, found.persons[0].name, found.persons[0].phone) == (
        "CNY",
        "王小敏",
        "057188001234",
    )
    assert found.received_at.astimezone(intake.SHANGHAI).date() == date(2026, 2, 27)
    assert found.facts == "办理提前还款被收违约金\n无人告知"
    assert found.title == "办理提前还款被收违约金"


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"received_at": "2026-02-30"}, "complaint.day.impossible", "received_at"),
        ({"received_at": "昨天"}, "complaint.day.unreadable", "received_at"),
        ({"received_at": "2026-02-27 25:00"}, "complaint.day.impossible", "received_at"),
        ({"received_at": "2026-03-03"}, "complaint.received.future", "received_at"),
        ({"channel": "信鸽"}, "complaint.channel.unknown", "channel"),
        ({"amount": "三千"}, "complaint.amount.unreadable", "amount"),
        ({"amount": "-1"}, "complaint.amount.negative", "amount"),
        ({"currency": ""}, "complaint.amount.currency", "currency"),
        ({"amount_fen": 1.5}, "complaint.amount.fen", "amount_fen"),
        ({"amount_fen": True}, "complaint.amount.fen", "amount_fen"),
        ({"currency": "RMB"}, "complaint.amount.unknown", "currency"),
        ({"currency": "XYZ", "amount": ""}, "complaint.amount.unknown", "currency"),
        ({"facts": "长" * 40_001}, "complaint.field.long", "facts"),
        ({"facts": "长" * 100_000}, "complaint.field.long", "facts"),
        ({"facts": "退\u202e款"}, "complaint.text.control", "facts"),
        ({"name": "王\u200e敏"}, "complaint.text.control", "name"),
        ({"id_number": "110101199003072819"}, "complaint.party.id_number", "id_number"),
        ({"name": "", "phone": ""}, "complaint.party.nobody", "name"),
        ({"persons": []}, "complaint.party.nobody", "persons"),
        ({"facts": "违约\u200b金"}, "complaint.text.control", "facts"),
        ({"title": "\ud800"}, "complaint.text.control", "title"),
        ({"phone": "12"}, "complaint.phone.unreadable", "phone"),
        ({"referral_body": "ghost"}, "complaint.referral.body", "referral_body"),
        ({"persons": [{"name": "甲", "role": "鬼"}]}, "complaint.party.role", "persons[0].role"),
    ],
)
def test_says_what_is_wrong_and_where(facts: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parsed(**facts)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.say or message(code, caught.value.facts)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１３８００００１２３４", "13800001234"),
        ("138 0000 1234", "13800001234"),
        ("+86 13800001234", "+8613800001234"),
        ("0571-88001234-8", "0571-88001234-8"),
        ("95527", "95527"),
        ("", ""),
    ],
)
def test_phones_are_normalised(text: str, plain: str) -> None:
    assert intake.phone(text) == plain


@pytest.mark.parametrize(
    "number", ["110101199003072818", "11010119900307002x", "E12345678", "K1234567(8)", "110101900307281"]
)
def test_identity_papers_that_can_be(number: str) -> None:
    assert parsed(id_number=number).persons[0].id_number == number.upper()


@pytest.mark.parametrize(
    "point", [0x61C, 0x200B, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF, 0xE0041]
)
def test_every_unseen_sign_is_named_with_its_place(point: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        parsed(facts=f"违约{chr(point)}金")
    assert caught.value.facts["point"] == f"U+{point:04X}"
    assert "第 3 个字符" in message(caught.value.code, caught.value.facts)


def test_an_emoji_of_several_signs_is_no_control_sign() -> None:
    assert parsed(facts="一家人👨\u200d👩\u200d👧都被收费").facts.endswith("都被收费")


def test_anonymous_with_a_reason_is_received() -> None:
    assert parsed(name="", phone="", anonymous_reason="来电人拒绝透露").persons == ()


def test_today_without_an_hour_is_no_future() -> None:
    assert parsed(received_at="2026-03-02").received_at.hour == 12


def test_an_offset_is_honoured() -> None:
    assert intake.moment("2026-02-27T23:30:00Z", field="received_at") == datetime(
        2026, 2, 27, 23, 30, tzinfo=UTC
    )


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_never_a_crash(text: str) -> None:
    for field in ("received_at", "phone", "amount", "channel", "facts", "org_code", "id_number"):
        try:
            parsed(**{field: text})
        except InvalidInput as error:
            assert error.field  # noqa: PT017 - read or refused, both are right


def test_the_digest_follows_the_body() -> None:
    one, same, other = parsed(), parsed(), parsed(facts="别的事")
    assert intake.digest(one) == intake.digest(same) != intake.digest(other)


def test_no_sentence_is_left_without_a_remedy() -> None:
    without = {code for code, text in MESSAGES.items() if not any(word in text for word in "请可应")}
    assert without == {"complaint.guard"}
