"""The complaint page hides numbers in texts, and offers them in clear to those who may look, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry

Text = Callable[..., str]
FACTS = "来电 13911112222，卡 6222021234567890123"


def test_page_and_list_show_no_number_and_offer_the_look(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    done = make.received(crew, title=FACTS, facts=FACTS)
    for path in (f"/complaints/{done.complaint_id}/", "/complaints/"):
        shown = text_of(office.get(path))
        assert "13911112222" not in shown
        assert "6222021234567890123" not in shown
        assert "139****2222" in shown
    assert f"/complaints/{done.complaint_id}/reveal/" in text_of(
        office.get(f"/complaints/{done.complaint_id}/")
    )


def test_no_look_is_offered_where_nothing_is_hidden(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.received(crew)
    page = text_of(office.get(f"/complaints/{done.complaint_id}/"))
    assert f"/complaints/{done.complaint_id}/reveal/" not in page


def test_a_reason_shows_the_text_once(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.received(crew, facts=FACTS)
    path = f"/complaints/{done.complaint_id}/reveal/"
    assert "13911112222" not in text_of(office.get(path))
    answer = office.post(path, {"reason": "核对卡号后退款"})
    assert FACTS in text_of(answer)
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(tag="complaints:complaint:reveal").count() == 1


def test_without_a_reason_nothing_is_shown(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.received(crew, facts=FACTS)
    for reason in ("", "短"):
        answer = office.post(f"/complaints/{done.complaint_id}/reveal/", {"reason": reason})
        assert "13911112222" not in text_of(answer, 400)


def test_a_post_without_the_right_is_refused(crew: make.Cast, sign: Any, text_of: Text) -> None:
    done = make.received(crew, facts=FACTS)
    answer = sign("hangzhang").post(f"/complaints/{done.complaint_id}/reveal/", {"reason": "核对卡号后退款"})
    assert "13911112222" not in text_of(answer, 403)


def test_a_strangers_look_finds_nothing(crew: make.Cast, sign: Any) -> None:
    done = make.received(crew, facts=FACTS)
    assert sign("stranger").get(f"/complaints/{done.complaint_id}/reveal/").status_code == 404
