"""A form with a stale token, or without a login, comes back with its text; only to who sent it from here."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import complaints as make
from xiaobao.duties.complaints.selectors import complaint_get

pytestmark = pytest.mark.django_db

HERE = {"origin": "http://testserver"}
TYPED = {"text": "调阅合同与双录", "none_because": "电子件在信贷系统"}


@pytest.fixture
def crew() -> Any:
    """The bank on a clock that stands still."""
    with make.at():
        yield make.cast()


@pytest.fixture
def address(crew: make.Cast) -> str:
    """The form of an investigation."""
    return f"/complaints/{make.handling(crew).complaint_id}/investigate/"


def strict(user: Any = None) -> Client:
    """A client whose tokens are looked at; signed in where a user is given."""
    client = Client(enforce_csrf_checks=True)
    if user is not None:
        client.force_login(user)
    return client


def test_a_stale_form_comes_back_with_its_text_and_nothing_done(crew: make.Cast, address: str) -> None:
    answer = strict(crew.xiaomin).post(address, TYPED, headers=HERE)
    body = answer.content.decode()
    assert (answer.status_code, answer["X-Stale-Form"]) == (403, "1")
    assert "调阅合同与双录</textarea>" in body
    assert "还没有提交" in body
    assert 'name="csrfmiddlewaretoken"' in body
    case = complaint_get(actor=crew.actor("xiaomin"), complaint_id=int(address.split("/")[2]))
    assert case.notes == ()


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, HERE | {"x-dialog": "1"}])
def test_what_was_not_sent_from_a_page_of_ours_is_not_offered(
    crew: make.Cast, address: str, headers: dict[str, str]
) -> None:
    answer = strict(crew.xiaomin).post(address, TYPED, headers=headers)
    assert answer.status_code == 403
    assert "调阅合同与双录" not in answer.content.decode()


def test_a_hidden_complaint_stays_hidden(crew: make.Cast) -> None:
    answer = strict(crew.xiaomin).post("/complaints/999999/investigate/", TYPED, headers=HERE)
    assert answer.status_code == 404


def test_who_must_change_the_password_is_shown_nothing(crew: make.Cast, address: str) -> None:
    type(crew.xiaomin).objects.filter(pk=crew.xiaomin.pk).update(must_change_password=True)
    answer = strict(crew.xiaomin).post(address, TYPED, headers=HERE)
    assert "调阅合同与双录" not in answer.content.decode()


@pytest.mark.parametrize("client", [Client(), strict()])
def test_without_a_login_the_text_stays_in_the_page(address: str, client: Client) -> None:
    answer = client.post(address, {**TYPED, "text": "<b>调阅合同与双录，客户称从未签署"}, headers=HERE)
    body = answer.content.decode()
    assert answer.status_code == 401
    assert "登录已失效，还没有提交" in body
    assert '<textarea name="text" hidden>\n&lt;b&gt;调阅合同' in body
    assert f'action="{address}"' in body


@pytest.mark.parametrize("path", ["/complaints/new/", "/complaints/notices/issue/"])
def test_registration_and_notice_come_back_too(crew: make.Cast, path: str) -> None:
    answer = strict(crew.xiaomin).post(path, {"title": "提前还款被收取违约金"}, headers=HERE)
    assert answer.status_code == 403
    assert ("提前还款被收取违约金" in answer.content.decode()) == (path == "/complaints/new/")


def test_without_a_login_another_site_is_led_to_the_login(address: str) -> None:
    answer = Client().post(address, TYPED, headers={"origin": "http://evil.example"})
    assert (answer.status_code, answer["Location"][:16]) == (303, "/accounts/login/")
