"""The session is read by one statement that stands; a session that is over, or nobody's, is empty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from xiaobao.base.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept() -> str:
    store = SessionStore()
    store["name"] = "晓敏"
    store.save()
    return str(store.session_key)


def test_a_living_session_is_read_by_one_statement() -> None:
    key = kept()
    with CaptureQueriesContext(connection) as seen:
        assert SessionStore(key)["name"] == "晓敏"
    assert len(seen) == 1


def test_a_session_past_its_end_is_empty_and_gets_another_key() -> None:
    key = kept()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    store = SessionStore(key)
    assert store.get("name") is None
    assert store.session_key is None


def test_an_unknown_key_is_nobody() -> None:
    store = SessionStore("x" * 32)
    assert dict(store.items()) == {}
    assert store.session_key is None
