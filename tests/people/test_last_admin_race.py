"""Two administrators who take each other's post at the same moment: one of them keeps it."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from tests.factories import people as make
from xiaobao.base.people import services
from xiaobao.base.people.models import User
from xiaobao.base.people.services import user as commands
from xiaobao.kernel.errors import IllegalStep
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def together(*calls: Callable[[], object]) -> list[str]:
    """What each call answered: '' or the code it was refused with."""
    answers: list[str] = []

    def run(call: Callable[[], object]) -> None:
        try:
            call()
            answers.append("")
        except IllegalStep as refused:
            answers.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


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
    answers = together(
        lambda: services.user_change_roles(actor=make.actor(first), user_id=second.pk, roles=[]),
        lambda: services.user_change_roles(actor=make.actor(second), user_id=first.pk, roles=[]),
    )
    assert answers == ["", "people.roles.last_admin"]
    assert sorted(User.objects.values_list("roles", flat=True)) == [[], ["security_admin"]]
