"""Where a complaint stands, in words: once approved it waits for its reply, not for approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.lifecycle import APPROVED, state_label
from xiaobao.duties.complaints.domain.messages import message
from xiaobao.duties.complaints.domain.values import How, Stage
from xiaobao.kernel.errors import IllegalStep

Text = Callable[..., str]


def test_list_page_and_command_say_the_same(crew: make.Cast) -> None:
    done = make.pending(crew)
    assert done.state == make.seen(crew, done).state == "待审批"
    done = services.complaint_approve(
        actor=crew.actor("hangzhang"), complaint_id=done.complaint_id, opinion="同意"
    )
    (row,) = selectors.complaint_list(actor=crew.actor("linjie")).rows
    assert done.state == make.seen(crew, done).state == row.state == APPROVED == "已批准，待答复"


def test_a_second_proposal_waits_for_approval_again(crew: make.Cast) -> None:
    done = make.approved(crew)
    actor = crew.actor("xiaochen")
    services.complaint_restart(
        actor=actor, complaint_id=done.complaint_id, new_facts="补交录音", received_on=date(2026, 3, 2)
    )
    assert make.seen(crew, done).state == "处理中"
    again = services.complaint_propose(actor=actor, complaint_id=done.complaint_id, ruling=make.ruling())
    assert again.state == "待审批"


def test_the_pages_say_it_too(crew: make.Cast, text_of: Text, sign: Callable[[str], Client]) -> None:
    done = make.pending(crew)
    client = sign("hangzhang")
    told = text_of(client.post(f"/complaints/{done.complaint_id}/approve/", {"opinion": "同意"}, follow=True))
    assert "现为“已批准，待答复”" in told
    track = told.split('class="track"')[1].split("</ol>")[0]
    assert 'aria-current="step">已批准，待答复<' in track
    assert "待审批" not in track
    assert "已批准，待答复" in text_of(client.get("/complaints/"))


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.PENDING])
def test_every_other_stage_keeps_its_name(stage: Stage) -> None:
    assert state_label(stage, is_approved=True) == state_label(stage) == stage.label


def test_the_workbook_says_it(crew: make.Cast) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    from xiaobao.duties.complaints.domain.rows import ListFilters
    from xiaobao.duties.complaints.services.exporting import complaints_export

    make.approved(crew)
    body: Any = BytesIO()
    complaints_export(actor=crew.actor("linjie"), filters=ListFilters(), target=body)
    cells = [cell for row in load_workbook(body).active.iter_rows(values_only=True) for cell in row]
    assert "已批准，待答复" in cells


def test_who_came_second_reads_the_state_the_list_shows(crew: make.Cast) -> None:
    done = make.pending(crew)
    services.complaint_approve(actor=crew.actor("hangzhang"), complaint_id=done.complaint_id, opinion="同意")
    actor = crew.actor("linjie")
    with pytest.raises(IllegalStep) as late:
        services.complaint_return(
            actor=actor, complaint_id=done.complaint_id, opinion="补充", how=How(version=done.version)
        )
    assert "现为“已批准，待答复”" in message(late.value.code, late.value.facts)
    with pytest.raises(IllegalStep) as illegal:
        services.complaint_accept(actor=actor, complaint_id=done.complaint_id)
    assert "已批准，待答复" in message(illegal.value.code, illegal.value.facts)
