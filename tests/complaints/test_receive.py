"""Receiving: the number, the clock, idempotence on the source, and every kind of bad input."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.messages import message
from xiaobao.duties.complaints.domain.values import Body, Channel, DueSource, Person, ReferralLetter, Stage
from xiaobao.duties.complaints.models import Complaint, Draft, Party
from xiaobao.kernel.errors import InvalidInput, NotAllowed
from xiaobao.kernel.ports import Ports


def test_gets_the_days_next_number_and_a_clock_from_receipt(crew: make.Cast) -> None:
    first, second = make.received(crew), make.received(crew)
    assert (first.no, second.no) == ("TS20260302-0001", "TS20260302-0002")
    case = make.seen(crew, first)
    assert (case.stage, case.due_on, case.legal_due_on) == (
        Stage.REGISTERED,
        date(2026, 3, 17),
        date(2026, 3, 17),
    )
    assert (case.due_rule, case.due_rule_version) == ("CMP-003", "2020-03-01")
    assert case.due_source is DueSource.LEGAL


def test_keeps_both_time_axes(crew: make.Cast) -> None:
    done = make.received(crew, received_at=make.START - timedelta(days=3))
    case = make.seen(crew, done)
    assert case.received_on == date(2026, 2, 27)
    assert case.entered_at == make.START
    assert done.no.startswith("TS20260227-")


def test_personal_data_is_sealed_and_masked(crew: make.Cast) -> None:
    done = make.received(crew, persons=(Person("王小敏", "１３８ ００００ １２３４", "33010619800101003x"),))
    party = Party.objects.get(complaint_id=done.complaint_id)
    assert (party.name_masked, party.phone_masked) == ("王*敏", "138****1234")
    assert party.id_masked == "3****************X"
    clear = {"王小敏", "13800001234", "33010619800101003X"}
    assert not clear & {party.name_sealed, party.phone_sealed, party.id_sealed}
    shown = repr(make.seen(crew, done))
    assert not any(text in shown for text in clear)


def test_the_same_source_number_with_the_same_body_is_one_complaint(crew: make.Cast) -> None:
    facts = make.intake(source_system="12378", source_no="A-77", channel=Channel.HOTLINE_12378)
    actor = crew.actor("xiaomin")
    first = services.complaint_receive(actor=actor, intake=facts)
    again = services.complaint_receive(actor=actor, intake=facts)
    assert (first.created, again.created) == (True, False)
    assert first.no == again.no
    assert Complaint.objects.count() == 1


def test_the_same_source_number_with_another_body_is_an_error(crew: make.Cast) -> None:
    facts = make.intake(source_system="12378", source_no="A-77")
    actor = crew.actor("xiaomin")
    first = services.complaint_receive(actor=actor, intake=facts)
    with pytest.raises(InvalidInput) as caught:
        services.complaint_receive(actor=actor, intake=replace(facts, facts="内容变了，金额是五千元"))
    assert (caught.value.code, caught.value.field) == ("complaint.source.conflict", "source_no")
    assert first.no in message(caught.value.code, caught.value.facts)


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("future", {"received_at": make.START + timedelta(days=1)}, "complaint.received.future", "received_at"),
    (
        "ancient",
        {"received_at": datetime(1980, 1, 1, tzinfo=UTC)},
        "complaint.received.ancient",
        "received_at",
    ),
    ("unknown code", {"reason_code": "C77"}, "complaint.code.unknown", "reason_code"),
    ("code of another facet", {"business_code": "C3"}, "complaint.code.unknown", "business_code"),
    ("negative amount", {"amount_fen": -1}, "complaint.amount.negative", "amount"),
    ("amount without currency", {"currency": ""}, "complaint.amount.currency", "currency"),
    ("no such outlet", {"org_code": "99999"}, "complaint.org.unknown", "org_code"),
    ("100,000 characters", {"facts": "长" * 100_000}, "complaint.field.long", "facts"),
    ("control character", {"facts": "违约金\x07三千元"}, "complaint.text.control", "facts"),
    ("no facts", {"facts": "  "}, "complaint.field.missing", "facts"),
    ("bad phone", {"persons": (Person("王小敏", "abc"),)}, "complaint.phone.unreadable", "phone"),
    ("empty party", {"persons": (Person(""),)}, "complaint.party.empty", "name"),
    ("unknown colleague", {"counterpart": "nobody"}, "complaint.counterpart.unknown", "counterpart"),
    ("source without system", {"source_no": "1"}, "complaint.source.system", "source_system"),
]


@pytest.mark.parametrize(("facts", "code", "field"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_bad_input_names_field_and_remedy_and_keeps_nothing(
    crew: make.Cast, facts: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        make.received(crew, **facts)
    assert (caught.value.code, caught.value.field) == (code, field)
    sentence = message(code, caught.value.facts)
    assert "请" in sentence
    assert "{" not in sentence
    assert Complaint.objects.count() == 0


def test_an_agent_needs_authority(crew: make.Cast) -> None:
    with pytest.raises(InvalidInput) as caught:
        make.received(crew, persons=(Person("李强", "13900001111", role=make.agent()),))
    assert "CMP-017" in message(caught.value.code, caught.value.facts)


def test_a_letter_comes_in_with_its_number_and_date(crew: make.Cast) -> None:
    letter = ReferralLetter(Body.PBOC, "杭银转〔2026〕3号", date(2026, 3, 9))
    done = make.received(crew, channel=Channel.PBOC, referral=letter)
    case = make.seen(crew, done)
    assert (case.due_on, case.is_regulator) == (date(2026, 3, 9), True)
    with pytest.raises(InvalidInput) as caught:
        make.received(crew, referral=letter)
    assert (caught.value.code, caught.value.facts["no"]) == ("complaint.referral.used", done.no)


def test_a_letter_entered_late_came_on_the_complaints_day(crew: make.Cast) -> None:
    """Its date may have passed before anybody typed it in; that is overdue, not impossible."""
    letter = ReferralLetter(Body.NFRA, "浙金监转〔2026〕9号", date(2026, 2, 26))
    came = make.START - timedelta(days=10)
    done = make.received(crew, channel=Channel.NFRA, referral=letter, received_at=came)
    assert make.seen(crew, done).due_on == date(2026, 2, 26)
    (row,) = Complaint.objects.get(pk=done.complaint_id).referrals.all()
    assert row.received_on == date(2026, 2, 20)


def test_an_outlet_cannot_register_for_its_neighbour(crew: make.Cast) -> None:
    with pytest.raises(InvalidInput) as caught:
        make.received(crew, actor="xiaochen", org_code="33002")
    assert caught.value.code == "complaint.org.outside"


@pytest.mark.parametrize("name", ["admin", "hangzhang"])
def test_other_posts_do_not_receive(crew: make.Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        make.received(crew, actor=name)


def test_a_day_without_an_hour_may_be_today(crew: make.Cast) -> None:
    done = make.received(crew, received_at=make.START + timedelta(hours=2))
    assert make.seen(crew, done).received_at == make.START


def test_the_draft_goes_when_the_complaint_is_there(crew: make.Cast) -> None:
    actor = crew.actor("xiaomin")
    services.draft_save(actor=actor, key="f1", payload={"name": "王小敏"})
    assert selectors.draft_get(actor=actor, key="f1") == {"name": "王小敏"}
    assert "王小敏" not in Draft.objects.get(key="f1").sealed
    services.complaint_receive(actor=actor, intake=make.intake(), draft_key="f1")
    assert selectors.draft_get(actor=actor, key="f1") is None


def test_before_the_law_of_2020_the_bank_counts_its_own_days(crew: make.Cast, clock: Ports) -> None:
    done = make.received(crew, received_at=datetime(2020, 1, 10, 2, tzinfo=UTC))
    case = make.seen(crew, done)
    assert (case.due_on, case.legal_due_on, case.due_rule) == (date(2020, 1, 25), None, "本行口径")
    view = selectors.complaint_clock(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)
    assert "没有已录入的法定时限" in view.warnings[-1]
