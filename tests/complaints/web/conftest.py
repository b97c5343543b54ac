"""Clients of the cast, signed in; pages as parsed text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Sign = Callable[[str], Client]


@pytest.fixture
def sign(crew: Any) -> Sign:
    """A client signed in as one of the cast."""

    def signed(name: str) -> Client:
        client = Client()
        client.force_login(getattr(crew, name))
        return client

    return signed


@pytest.fixture
def office(sign: Sign) -> Client:
    """The officer of the head office."""
    return sign("xiaomin")


@pytest.fixture
def text_of() -> Callable[[Any], str]:
    """A page's body as text; a failed page shows itself."""

    def text(response: Any, status: int = 200) -> str:
        body: str = response.content.decode()
        assert response.status_code == status, body[:3000]
        return body

    return text
