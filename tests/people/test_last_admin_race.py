"""Two administrators who take each other's post at the same moment: one of them keeps it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from tests.factories import people as make
from tests.factories.at_once import at_once, codes
from xiaobao.base.people import services
from xiaobao.base.people.models import User
from xiaobao.base.people.services import user as commands
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_post_is_never_left_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        # SQLite has one writer: the second waits for the first, whatever the code locks.
        assert not connection.features.has_select_for_update
        return
    bank = make.bank()
    first, second = (make.user(name, bank.office, Role.SECURITY_ADMIN) for name in ("sec1", "sec2"))
    both, keep = threading.Barrier(2), commands._keep_admins

    def slowly(user: User, leaving: frozenset[str]) -> None:
        keep(user, leaving)
        try:
            both.wait(2)
        except threading.BrokenBarrierError:
            return

    monkeypatch.setattr(commands, "_keep_admins", slowly)
    answers = at_once(
        lambda: services.user_change_roles(actor=make.actor(first), user_id=second.pk, roles=[]),
        lambda: services.user_change_roles(actor=make.actor(second), user_id=first.pk, roles=[]),
    )
    assert codes(answers) == ["", "people.roles.last_admin"]
    assert sorted(User.objects.values_list("roles", flat=True)) == [[], ["security_admin"]]
