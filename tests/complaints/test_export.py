"""The list as a workbook: who may, what stands in it, what the journal keeps."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.factories import complaints as make
from tests.factories.integrations import Program, account
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.access import EXPORTERS
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import PauseKind, PauseOrder, Person, Tab
from xiaobao.duties.complaints.services import exporting
from xiaobao.duties.complaints.services.exporting import COLUMNS, cells_of, complaints_export
from xiaobao.kernel.errors import InvalidInput, NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

EVERY = ListFilters(tab=Tab.EVERY)


def export(actor: Actor, filters: ListFilters = EVERY) -> tuple[bytes, Any]:
    target = BytesIO()
    done = complaints_export(actor=actor, filters=filters, target=target, reason="月度例会")
    return target.getvalue(), done


def rows_of(body: bytes) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(body)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_holds_the_list_in_its_order(crew: make.Cast) -> None:
    nos = {make.received(crew).no for _ in range(3)}
    body, done = export(crew.actor("xiaomin"))
    rows = rows_of(body)
    assert done.count == 3
    assert rows[1] == tuple(column.heading for column in COLUMNS)
    assert {row[0] for row in rows[2:]} == nos


def test_who_when_and_how_many_stand_in_the_first_line(crew: make.Cast) -> None:
    make.received(crew)
    body, _ = export(crew.actor("xiaomin"))
    note = rows_of(body)[0][0]
    assert "林晓敏（消费者权益保护办公室）" in note
    assert "2026-03-02 10:00" in note
    assert "共 1 件" in note


def test_nothing_personal_and_no_formula_goes_out(crew: make.Cast) -> None:
    make.received(
        crew,
        title='=HYPERLINK("http://x") 来电13800001234',
        persons=(Person("王小敏", "13800001234", "11010119900101004X"),),
    )
    body, _ = export(crew.actor("xiaomin"))
    row = rows_of(body)[2]
    said = " ".join(map(str, row))
    assert "13800001234" not in said
    assert "王小敏" not in said
    assert "王*敏" in said
    assert str(row[5]).startswith("'=HYPERLINK")


def test_only_the_subtree_goes_out(crew: make.Cast) -> None:
    make.received(crew)
    mine = make.received(crew, org_code="33002")
    body, done = export(crew.actor("stranger"))
    assert done.count == 1
    assert rows_of(body)[2][0] == mine.no


def test_filters_are_the_lists_own(crew: make.Cast) -> None:
    make.closed(crew)
    waiting = make.received(crew)
    body, done = export(crew.actor("xiaomin"), ListFilters(stage="registered"))
    assert done.count == 1
    assert rows_of(body)[2][0] == waiting.no


def test_the_journal_keeps_count_filters_and_fingerprint(crew: make.Cast) -> None:
    make.received(crew)
    body, done = export(crew.actor("xiaomin"), ListFilters(text="违约金"))
    entry = AuditEntry.objects.get(tag="complaints:list:export")
    assert done.sha256 == hashlib.sha256(body).hexdigest()
    told = json.loads(entry.body)
    text = json.dumps(told, ensure_ascii=False)
    assert done.sha256 in text
    assert "违约金" in text
    assert "月度例会" in text
    assert entry.actor_name == "林晓敏"


@pytest.mark.parametrize("role", [role for role in Role if role not in EXPORTERS])
def test_other_posts_take_nothing_out(crew: make.Cast, role: Role) -> None:
    actor = Actor(crew.xiaomin.pk, "某人", frozenset({role}), "0001.", "0001.")
    with pytest.raises(NotAllowed):
        export(actor)
    assert not AuditEntry.objects.filter(tag="complaints:list:export").exists()


def test_too_many_are_refused_with_the_way_out(crew: make.Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "LIMIT", 2)
    for _ in range(3):
        make.received(crew)
    with pytest.raises(InvalidInput, match="最多导出 2 件"):
        export(crew.actor("xiaomin"))


def test_pages_are_walked_to_the_end(crew: make.Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    nos = {make.received(crew).no for _ in range(5)}
    body, _ = export(crew.actor("xiaomin"))
    assert sorted(row[0] for row in rows_of(body)[2:]) == sorted(nos)


def test_an_empty_list_is_a_workbook_too(crew: make.Cast) -> None:
    body, done = export(crew.actor("xiaomin"))
    assert done.count == 0
    assert len(rows_of(body)) == 2


def test_over_the_api_the_account_needs_the_post(crew: make.Cast) -> None:
    make.received(crew)
    plain = Program(account(crew.office))
    assert plain.get("/complaints/export.xlsx").status_code == 403
    officer = Program(account(crew.office, Role.OFFICER, username="bi"), "read")
    response = officer.get("/complaints/export.xlsx", tab="every")
    assert response.status_code == 200
    assert response["X-Row-Count"] == "1"
    assert hashlib.sha256(response.content).hexdigest() == response["X-Content-SHA256"]
    assert len(rows_of(response.content)) == 3


def test_late_closing_and_lateness_in_hand_are_two_columns(crew: make.Cast) -> None:
    late = make.START - make.days(16)
    order = PauseOrder(PauseKind.MEDIATION, make.on("2026-03-02"), "双方调解申请", "双方申请调解")
    paused = make.handling(crew)
    services.complaint_suspend(actor=crew.actor("xiaochen"), complaint_id=paused.complaint_id, order=order)
    every = {
        make.closed(crew, received_at=late).no: ("是", ""),
        make.closed(crew).no: ("否", ""),
        make.delivered(crew, received_at=late).no: ("", "逾期告知，待办结"),
        make.delivered(crew).no: ("", "按期告知，待办结"),
        make.handling(crew, received_at=late).no: ("", "在办已逾期 1 天"),
        paused.no: ("", "暂停计时"),
        make.received(crew).no: ("", "未逾期"),
    }
    rows = selectors.complaint_list(actor=crew.actor("xiaomin"), filters=ListFilters(tab=Tab.EVERY)).rows
    assert {row.no: tuple(cells_of(row)[-2:]) for row in rows} == every
