"""Every command has its page; a complaint's whole life goes through plain forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.evidence.selectors import evidence_of
from xiaobao.base.evidence.tasks import sweep
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Command, Stage
from xiaobao.duties.complaints.web.urls import STEPS
from xiaobao.kernel import ports

Text = Callable[..., str]
Sign = Callable[[str], Client]

UNSTEPPED = {command for command in Command if command.value in {"receive", "archive", "rederive"}}


def test_every_command_has_one_page() -> None:
    assert {view.command for view in STEPS} == set(Command) - UNSTEPPED
    assert len(STEPS) == len(set(Command)) - len(UNSTEPPED)


@pytest.mark.parametrize("command", [view.command for view in STEPS])
def test_the_page_shows_form_and_conditions(
    crew: make.Cast, office: Client, text_of: Text, command: Command
) -> None:
    done = make.handling(crew)
    body = text_of(office.get(f"/complaints/{done.complaint_id}/{command}/"))
    assert f"<h1>{command.label}</h1>" in body
    assert 'name="version"' in body


def test_a_dialog_gets_the_same_form_without_the_frame(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    done = make.handling(crew)
    body = text_of(office.get(f"/complaints/{done.complaint_id}/propose/", HTTP_X_DIALOG="1"))
    assert "<nav" not in body
    assert 'name="findings"' in body


def test_a_whole_life_without_script(crew: make.Cast, sign: Sign) -> None:
    done = make.handling(crew)
    teller, chief = sign("xiaochen"), sign("hangzhang")
    base = f"/complaints/{done.complaint_id}"
    life: list[tuple[Client, str, dict[str, object]]] = [
        (teller, "investigate", {"text": "调阅合同", "none_because": "电子件在信贷系统"}),
        (teller, "code", {"channel_code": "A1.1", "business_code": "B3", "reason_code": "C3"}),
        (
            teller,
            "propose",
            {
                "findings": "条款未加粗",
                "liability": "partial",
                "legal_basis": "合同第七条",
                "outcome": "退还违约金",
                "redress": "none",
            },
        ),
        (chief, "approve", {"opinion": "同意"}),
        (
            teller,
            "reply",
            {
                "facts_found": "条款未加粗",
                "grounds": "合同第七条",
                "remedies": ["recheck", "mediation", "arbitration", "litigation"],
                "mode": "sms",
            },
        ),
        (teller, "deliver", {"told_on": "2026年3月2日", "proof": "短信回执 1"}),
        (teller, "close", {"cause": "违约金披露不足"}),
    ]
    for client, step, data in life:
        assert client.post(f"{base}/{step}/", data).status_code == 302, step
    assert make.seen(crew, done).stage is Stage.CLOSED


def test_a_refusal_is_shown_above_the_form_with_rule_and_typed_text(
    crew: make.Cast, sign: Sign, text_of: Text
) -> None:
    done = make.approved(crew)
    data = {"facts_found": "已核实的情况", "grounds": "合同第七条", "remedies": ["recheck"], "mode": "sms"}
    body = text_of(sign("xiaochen").post(f"/complaints/{done.complaint_id}/reply/", data), 422)
    assert "补齐告知：核查、调解、仲裁、诉讼" in body
    assert "第十九条" in body
    assert "已核实的情况" in body


def test_a_stale_form_says_who_was_faster(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.received(crew)
    services.complaint_accept(actor=crew.actor("branch_officer"), complaint_id=done.complaint_id)
    body = text_of(office.post(f"/complaints/{done.complaint_id}/accept/", {"version": done.version}), 409)
    assert "何专员" in body


def test_a_post_without_the_command_is_refused(crew: make.Cast, sign: Sign, text_of: Text) -> None:
    done = make.pending(crew)
    body = text_of(
        sign("xiaochen").post(f"/complaints/{done.complaint_id}/approve/", {"opinion": "同意"}), 403
    )
    assert "您的岗位不能" in body


def test_a_hostile_file_is_refused_and_nothing_is_noted(crew: make.Cast, sign: Sign, text_of: Text) -> None:
    done = make.handling(crew)
    evil = SimpleUploadedFile("照片.jpg", b"MZ\x90\x00" + b"\0" * 200, content_type="image/jpeg")
    path = f"/complaints/{done.complaint_id}/investigate/"
    response = sign("xiaochen").post(path, {"text": "见照片", "attachments": evil})
    assert response.status_code in {400, 422}
    assert "见照片" in response.content.decode()
    assert make.seen(crew, done).notes == ()


def test_files_of_a_refused_command_are_not_kept(
    crew: make.Cast, sign: Sign, text_of: Text, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    done = make.received(crew)
    photo = SimpleUploadedFile("说明.txt", "合同第三页".encode(), content_type="text/plain")
    path = f"/complaints/{done.complaint_id}/investigate/"
    text_of(sign("xiaochen").post(path, {"text": "见附件", "attachments": photo}), 409)
    assert not evidence_of(f"complaints:{done.no}", crew.actor("xiaochen"))
    assert not AuditEntry.objects.filter(tag="evidence:file:store").exists()
    assert sweep(ports.now() + timedelta(days=20000))["removed"] == 1


def test_files_of_a_command_that_went_are_its_evidence(
    crew: make.Cast, sign: Sign, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    done = make.handling(crew)
    photo = SimpleUploadedFile("说明.txt", "合同第三页".encode(), content_type="text/plain")
    path = f"/complaints/{done.complaint_id}/investigate/"
    assert sign("xiaochen").post(path, {"text": "见附件", "attachments": photo}).status_code == 302
    (note,) = make.seen(crew, done).notes
    kept = evidence_of(f"complaints:{done.no}", crew.actor("xiaochen"))
    assert [(file["id"], file["name"]) for file in note["evidence"]] == [(one.pk, "说明.txt") for one in kept]


def test_a_dialog_is_told_where_to_go(crew: make.Cast, office: Client) -> None:
    done = make.received(crew)
    response = office.post(f"/complaints/{done.complaint_id}/accept/", {}, HTTP_X_DIALOG="1")
    assert (response.status_code, response["X-Location"]) == (204, f"/complaints/{done.complaint_id}/")
