"""Ending sessions, one's own and another's, and what a person sets for themselves."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from tests.factories import people as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.people import services
from xiaobao.base.people.models import User
from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> Any:
    return make.bank()


@pytest.fixture
def chen(bank: Any) -> User:
    return make.user("chen", bank.outlet, Role.HANDLER, password=make.PASSWORD)


def signed_in(user: User) -> Client:
    """A browser with a session that the list of sessions knows."""
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": make.PASSWORD})
    return client


def test_a_security_admin_ends_every_session_of_an_account(bank: Any, chen: User) -> None:
    first, second = signed_in(chen), signed_in(chen)
    admin = make.actor(make.user("sec1", bank.office, Role.SECURITY_ADMIN))
    count = UserSession.objects.filter(user=chen).count()
    assert count == 2
    assert services.user_end_sessions(actor=admin, user_id=chen.pk, reason="设备遗失") == count
    assert UserSession.objects.filter(user=chen).count() == 0
    assert all(client.get("/").status_code == 302 for client in (first, second))
    assert AuditEntry.objects.latest("pk").tag == "people:user:end_sessions"


def test_others_may_not_and_outsiders_are_not_found(bank: Any, chen: User) -> None:
    with pytest.raises(NotAllowed):
        services.user_end_sessions(actor=make.actor(chen), user_id=chen.pk)
    admin = make.actor(make.user("sec1", bank.office, Role.SECURITY_ADMIN))
    with pytest.raises(NotFound):
        services.user_end_sessions(actor=admin, user_id=999_999)


def test_only_ones_own_session_can_be_ended_singly(bank: Any, chen: User) -> None:
    signed_in(chen)
    session = UserSession.objects.get(user=chen)
    other = make.user("li", bank.outlet, Role.HANDLER)
    with pytest.raises(NotFound):
        services.session_end(actor=make.actor(other), session_id=session.pk)
    stranger = Client()
    stranger.force_login(other)
    assert stranger.get(f"/people/me/sessions/{session.pk}/end/").status_code == 404
    services.session_end(actor=make.actor(chen), session_id=session.pk)
    assert not UserSession.objects.filter(user=chen).exists()


def test_the_look_is_kept_and_an_unknown_one_refused(chen: User) -> None:
    services.user_prefer(actor=make.actor(chen), theme="dark", text_size="large")
    chen.refresh_from_db()
    assert (chen.theme, chen.text_size) == ("dark", "large")
    with pytest.raises(InvalidInput):
        services.user_prefer(actor=make.actor(chen), theme="pink", text_size="large")


def test_a_unit_gets_a_new_name_and_never_an_empty_one(bank: Any) -> None:
    admin = make.actor(make.user("root1", bank.office, Role.SYSTEM_ADMIN))
    renamed = services.org_rename(actor=admin, path=bank.outlet.path, name=" 延安路支行 ")
    assert renamed.name == "延安路支行"
    with pytest.raises(InvalidInput):
        services.org_rename(actor=admin, path=bank.outlet.path, name="  ")
    with pytest.raises(NotFound):
        services.org_rename(actor=admin, path="0001.9999.", name="无此机构")
