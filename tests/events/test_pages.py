"""Failed deliveries on screen."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from xiaobao.base.events.models import Delivery, Event, State
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role


@pytest.fixture
def waiting(db: None) -> Delivery:
    event = Event.objects.create(name="complaints.Received", key="TS1", payload={}, at=ports.now())
    return Delivery.objects.create(
        event=event, handler="gone.handler", state=State.FAILED, attempts=3, next_at=ports.now(), error="原因"
    )


@pytest.fixture
def client_of(db: None, settings):
    settings.SECOND_FACTOR_FOR_ADMINS = False
    bank = make.bank()

    def signed_in(role: Role) -> Client:
        client = Client()
        client.force_login(make.user(role.value, bank.head, role))
        return client

    return signed_in


def test_the_system_post_sees_what_failed_and_tries_again(waiting: Delivery, client_of) -> None:
    client = client_of(Role.SYSTEM_ADMIN)
    page = client.get(reverse("events:failed")).content.decode()
    assert "gone.handler" in page
    client.post(reverse("events:retry", args=[waiting.pk]))
    waiting.refresh_from_db()
    assert (waiting.attempts, "not wired" in waiting.error) == (4, True)


def test_nobody_else_does(waiting: Delivery, client_of) -> None:
    client = client_of(Role.OFFICER)
    assert client.get(reverse("events:failed")).status_code == 403
    assert client.post(reverse("events:retry", args=[waiting.pk])).status_code in {403, 404}
    waiting.refresh_from_db()
    assert waiting.attempts == 3
