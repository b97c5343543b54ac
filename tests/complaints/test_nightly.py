"""Nightly work: clocks derived again as of the night's own day; sealed columns follow the vault's key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.people import vault
from xiaobao.duties.complaints import services, tasks
from xiaobao.duties.complaints.domain.values import PauseKind, PauseOrder
from xiaobao.duties.complaints.models import Complaint, Draft, Party


def _paused(crew: make.Cast) -> Any:
    done = make.handling(crew)
    order = PauseOrder(PauseKind.MEDIATION, date(2026, 3, 2), "双方调解申请", "双方申请调解")
    return services.complaint_suspend(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, order=order
    )


def test_a_running_pause_moves_the_due_day_to_the_nights_own_day(crew: make.Cast) -> None:
    done = _paused(crew)
    tasks.rederive_nightly(make.START + make.days(5))
    row = Complaint.objects.get(pk=done.complaint_id)
    assert (row.due_on - done.due_on).days == 5


def test_the_day_may_be_named(crew: make.Cast) -> None:
    done = _paused(crew)
    for as_of, shift in ((date(2026, 3, 12), 10), (date(2026, 3, 4), 2)):
        assert services.clock_rederive(actor=make.tick_actor(), as_of=as_of) == ()
        row = Complaint.objects.get(pk=done.complaint_id)
        assert (row.due_on - done.due_on).days == shift


def test_a_night_is_checked_once(crew: make.Cast) -> None:
    assert tasks.rederive_nightly(make.START)["checked"] is True
    assert tasks.rederive_nightly(make.START)["checked"] is False


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    """A vault of the test's own."""
    settings.VAR = tmp_path
    vault.forget()
    yield
    vault.forget()


def _heads() -> set[str]:
    rows = Party.objects.values_list("name_sealed", "phone_sealed", "id_sealed")
    sealed = [text for row in rows for text in row if text]
    sealed += Draft.objects.values_list("sealed", flat=True)
    return {vault.key_id_of(text) for text in sealed}


def test_a_new_key_takes_over_all_that_is_sealed(keys: None, crew: make.Cast) -> None:
    done = make.received(crew)
    services.draft_save(actor=crew.actor("xiaomin"), key="k", payload={"facts": "打了一半"})
    assert _heads() == {"k1"}
    vault.rotate()
    assert services.sealed_renew(actor=make.tick_actor()) == 2
    assert _heads() == {"k2"}
    party = Party.objects.get(complaint_id=done.complaint_id)
    assert vault.open_sealed(party.phone_sealed) == "13800001234"
    assert AuditEntry.objects.filter(tag="complaints:party:reseal").count() == 1


def test_nothing_is_written_where_all_is_new(keys: None, crew: make.Cast) -> None:
    make.received(crew)
    assert services.sealed_renew(actor=make.tick_actor()) == 0
    assert not AuditEntry.objects.filter(tag="complaints:party:reseal").exists()


def test_the_task_runs_once_a_day(keys: None, crew: make.Cast) -> None:
    make.received(crew)
    vault.rotate()
    assert tasks.reseal_nightly(make.START) == {"checked": True, "resealed": 1}
    assert tasks.reseal_nightly(make.START) == {"checked": False}
