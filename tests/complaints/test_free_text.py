"""Personal numbers typed into free text: masked on every way out, found by no search, revealed on record."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.events.models import Event
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.services.exporting import complaints_export
from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound

PHONE, CARD, PERSON = "13911112222", "6222021234567890123", "330106198507123410"
NUMBERS = (PHONE, CARD, PERSON)
TEXT = f"来电 {PHONE}，卡 {CARD}，身份证 {PERSON}"


def _full(crew: make.Cast) -> Any:
    rule = make.ruling(findings=TEXT, legal_basis=TEXT, outcome=TEXT)
    done = make.coded(crew, title=f"来电 {PHONE}", facts=TEXT, request=TEXT)
    actor, pk = crew.actor("xiaochen"), done.complaint_id
    services.complaint_investigate(actor=actor, complaint_id=pk, text=TEXT, none_because=TEXT)
    services.complaint_propose(actor=actor, complaint_id=pk, ruling=rule)
    services.complaint_approve(actor=crew.actor("hangzhang"), complaint_id=pk, opinion=TEXT)
    answer = make.answer(facts_found=TEXT, grounds=TEXT, text=TEXT)
    services.complaint_reply(actor=actor, complaint_id=pk, answer=answer)
    services.complaint_deliver(actor=actor, complaint_id=pk, told_on=make.START.date(), proof=f"短信 {PHONE}")
    return services.complaint_close(actor=actor, complaint_id=pk, cause=TEXT)


def _clear_in(value: object) -> list[str]:
    return [number for number in NUMBERS if number in str(value)]


def test_no_read_shows_a_number(crew: make.Cast) -> None:
    done = _full(crew)
    actor = crew.actor("linjie")
    read = {"actor": actor, "complaint_id": done.complaint_id}
    filters = ListFilters(tab=Tab.EVERY)
    for found in (
        selectors.complaint_get(**read),
        selectors.complaint_page(**read),
        selectors.complaint_timeline(**read),
        selectors.complaint_list(actor=actor, filters=filters),
        selectors.complaint_export(actor=actor, filters=filters),
        selectors.complaint_duplicates(actor=actor, text=TEXT),
    ):
        assert _clear_in(found) == []


def test_the_record_itself_keeps_what_was_typed(crew: make.Cast) -> None:
    done = _full(crew)
    assert Complaint.objects.get(pk=done.complaint_id).facts == TEXT


def test_no_search_finds_a_number_but_every_search_finds_the_words(crew: make.Cast) -> None:
    done = make.received(crew, facts=f"{TEXT}，签约时无人告知")
    for words, hits in ((PHONE, []), (CARD, []), (PERSON, []), ("无人告知", [done.complaint_id])):
        page = selectors.complaint_list(
            actor=crew.actor("linjie"), filters=ListFilters(tab=Tab.EVERY, text=words)
        )
        assert [row.id for row in page.rows] == hits, words


def test_neither_export_journal_nor_outbox_holds_a_number(crew: make.Cast) -> None:
    _full(crew)
    body = BytesIO()
    complaints_export(actor=crew.actor("linjie"), filters=ListFilters(tab=Tab.EVERY), target=body)
    cells = [cell for row in load_workbook(body).active.iter_rows(values_only=True) for cell in row]
    assert any("139****2222" in str(cell) for cell in cells)
    assert _clear_in(cells) == []
    assert _clear_in([entry.body for entry in AuditEntry.objects.all()]) == []
    assert _clear_in([event.payload for event in Event.objects.all()]) == []


def test_a_reason_reveals_the_texts_and_stands_in_the_journal(crew: make.Cast) -> None:
    done = make.received(crew, facts=TEXT, request="退款")
    seen = services.text_reveal(
        actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, reason="核对卡号后退款"
    )
    assert seen == {"投诉事实": TEXT}
    entry = AuditEntry.objects.get(tag="complaints:complaint:reveal")
    assert "投诉事实" in entry.body
    assert _clear_in(entry.body) == []


def test_nothing_hidden_is_nothing_to_record(crew: make.Cast) -> None:
    done = make.received(crew)
    actor = crew.actor("xiaomin")
    assert services.text_reveal(actor=actor, complaint_id=done.complaint_id, reason="核对卡号") == {}
    assert not AuditEntry.objects.filter(tag="complaints:complaint:reveal").exists()


@pytest.mark.parametrize(
    ("who", "reason", "error"),
    [
        ("xiaomin", "短", InvalidInput),
        ("stranger", "核对卡号后退款", NotFound),
        ("hangzhang", "核对卡号后退款", NotAllowed),
    ],
)
def test_who_may_not_reveal_a_text(crew: make.Cast, who: str, reason: str, error: type[Exception]) -> None:
    done = make.received(crew, facts=TEXT)
    with pytest.raises(error):
        services.text_reveal(actor=crew.actor(who), complaint_id=done.complaint_id, reason=reason)


def test_a_correction_typed_over_the_masked_text_loses_no_number(crew: make.Cast) -> None:
    done = make.received(crew, facts=TEXT)
    shown = make.seen(crew, done).facts
    services.complaint_correct(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        changes={"facts": shown + "，签约时无人告知"},
        reason="补充事实",
    )
    assert Complaint.objects.get(pk=done.complaint_id).facts == TEXT + "，签约时无人告知"
