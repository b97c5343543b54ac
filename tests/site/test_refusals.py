from __future__ import annotations

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.test import Client
from django.urls import path

from tests.factories import people as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.refusals import catalogue
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotConfigured, NotFound, RuleBroken
from xiaobao.kernel.roles import Role
from xiaobao.site.refusals import sentence_of

RAISED = {
    "missing": NotFound("people.user.missing"),
    "field": InvalidInput("people.org.code_taken", field="code", org="B1"),
    "rule": RuleBroken("CMP-005", source="银保监会令2020年第3号 第十八条", say="延期须由总行批准"),
    "step": IllegalStep("people.org.into_itself", name="省分行"),
    "post": NotAllowed("people.not_allowed"),
    "away": NotConfigured("x.away"),
    "locked": OperationalError("database is locked"),
    "fault": KeyError("secret detail"),
}


@login_not_required
def fail(request, kind):
    raise RAISED[kind]


urlpatterns = [path("fail/<str:kind>/", fail), path("api/fail/<str:kind>/", fail)]
handler500 = "xiaobao.site.views.server_error"


@pytest.fixture
def ask(settings):
    settings.ROOT_URLCONF = __name__
    client = Client(raise_request_exception=False)
    return lambda kind, where="/fail/", **headers: client.get(f"{where}{kind}/", headers=headers)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("missing", 404),
        ("field", 400),
        ("rule", 422),
        ("step", 409),
        ("away", 503),
        ("locked", 503),
        ("fault", 500),
    ],
)
def test_each_family_has_its_status_and_a_chinese_page(ask, kind, status):
    answer = ask(kind)
    assert answer.status_code == status
    assert "<h1>" in answer.content.decode()


def test_the_page_names_sentence_rule_and_article(ask):
    text = ask("rule").content.decode()
    assert "延期须由总行批准" in text
    assert "CMP-005 · 银保监会令2020年第3号 第十八条" in text


@pytest.mark.parametrize(
    ("where", "headers"), [("/api/fail/", {}), ("/fail/", {"accept": "application/json"})]
)
def test_a_program_gets_json(ask, where, headers):
    answer = ask("field", where, **headers)
    assert answer.status_code == 400
    error = answer.json()
    assert (error["code"], error["field"]) == ("people.org.code_taken", "code")
    assert "B1" in error["message"]


def test_htmx_gets_a_fragment(ask):
    text = ask("rule", **{"hx-request": "true"}).content.decode()
    assert "<html" not in text
    assert "延期须由总行批准" in text


def test_a_locked_database_says_that_nothing_is_half_done(ask):
    answer = ask("locked")
    assert answer.headers["Retry-After"] == "5"
    assert "不会只做一半" in answer.content.decode()


def test_a_fault_shows_a_reference_and_no_detail(ask):
    answer = ask("fault")
    text = answer.content.decode()
    assert answer.headers["X-Request-ID"] in text
    assert "secret detail" not in text


@pytest.mark.django_db
def test_a_database_away_while_reading_the_session_is_503(monkeypatch):
    from django.contrib.sessions.backends.db import SessionStore

    client = Client(raise_request_exception=False)
    client.force_login(make.user("chen", make.bank().outlet, Role.HANDLER))

    def away(self):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(SessionStore, "load", away)
    answer = client.get("/people/me/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"


@pytest.mark.django_db
def test_a_refused_post_is_on_record():
    client = Client()
    client.force_login(make.user("chen", make.bank().outlet, Role.HANDLER, name="小陈"))
    answer = client.get("/people/")
    entry = AuditEntry.objects.latest("pk")
    assert answer.status_code == 403
    assert "您的岗位不含这项操作" in answer.content.decode()
    assert (entry.tag, entry.actor_name) == ("people:access:refuse", "小陈")


@pytest.mark.django_db
def test_a_stale_form_says_so_and_keeps_the_draft():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "<h1>页面已过期</h1>" in answer.content.decode()
    assert answer["X-Stale-Form"] == "1"


def test_a_missing_fact_never_breaks_the_sentence():
    assert "＿＿" in sentence_of(InvalidInput("people.org.code_taken"))


def test_every_sentence_of_every_room_is_chinese():
    assert len(catalogue()) > 20
    assert not [
        code for code, text in catalogue().items() if not any("\u4e00" <= c <= "\u9fff" for c in text)
    ]
