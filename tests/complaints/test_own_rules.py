"""The bank's standing own periods (`XIAOBAO_OWN_RULES`) in the clock of complaints: stricter, kept, re-derivable."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints import services, tasks
from xiaobao.duties.complaints.domain.own import own_details
from xiaobao.duties.complaints.domain.values import ClockEventKind, DueSource
from xiaobao.duties.complaints.models import ClockEvent, Complaint
from xiaobao.duties.complaints.services.notices import own_rules_stand
from xiaobao.rules.book import book
from xiaobao.rules.own_rules import OwnRule, read
from xiaobao.rules.own_standing import stand, standing

ENTRY: dict[str, Any] = {
    "id": "本行〔2026〕1号",
    "rule": "CMP-003",
    "title": "十日办结",
    "level": "bank",
    "since": date(2026, 1, 1),
    "set": {"length": 10},
    "signed_by": ["王一", "李二"],
}


def own(**facts: Any) -> tuple[OwnRule, ...]:
    return read([ENTRY | facts], book(), name="own.yaml")


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    former = standing()
    yield
    stand(former)


def test_a_new_complaint_is_due_on_the_stricter_day_and_keeps_the_legal_one(crew: make.Cast) -> None:
    stand(own())
    case = make.seen(crew, make.received(crew))
    assert (case.due_on, case.due_source, case.legal_due_on) == (
        date(2026, 3, 12),
        DueSource.TARGET,
        date(2026, 3, 17),
    )


def test_the_day_stays_when_the_file_is_gone(crew: make.Cast) -> None:
    stand(own())
    done = make.received(crew)
    stand(())
    assert services.clock_rederive(actor=make.tick_actor()) == ()
    assert make.seen(crew, done).due_on == date(2026, 3, 12)
    assert make.received(crew).due_on == date(2026, 3, 17)


def test_open_complaints_are_bound_by_night_once(crew: make.Cast) -> None:
    done = make.received(crew)
    stand(own())
    found = tasks.rederive_nightly(make.START)
    assert (found["own_rules"], found["differences"]) == (1, 0)
    row = Complaint.objects.get(pk=done.complaint_id)
    assert (row.due_on, row.legal_due_on) == (date(2026, 3, 12), date(2026, 3, 17))
    entry = AuditEntry.objects.filter(tag="complaints:clock:own_rule").get()
    assert entry.object_id == str(row.pk)
    assert own_rules_stand(actor=make.tick_actor()) == 0
    assert ClockEvent.objects.filter(complaint=row, kind=ClockEventKind.OVERLAY).count() == 1


def test_received_before_it_began_nothing_changes(crew: make.Cast) -> None:
    make.received(crew)
    stand(own(since=date(2026, 3, 3)))
    assert own_rules_stand(actor=make.tick_actor()) == 0


def test_a_branchs_own_period_is_for_its_units_alone(crew: make.Cast) -> None:
    stand(own(level="branch", org=crew.sibling.path))
    assert make.received(crew).due_on == date(2026, 3, 17)
    assert make.received(crew, org_code="33002").due_on == date(2026, 3, 12)


def test_an_emergency_notice_is_named_as_such_and_ends(crew: make.Cast) -> None:
    stand(own(level="emergency", until=date(2026, 3, 3)))
    assert make.seen(crew, make.received(crew)).due_source is DueSource.EMERGENCY
    assert own_details(date(2026, 3, 3), "0001.") == []


def test_overlays_of_other_rules_do_not_move_the_clock(crew: make.Cast) -> None:
    stand(own(rule="CMP-013", set={"stage": "核查决定", "length": 20}))
    assert make.received(crew).due_on == date(2026, 3, 17)


PROGRAM = "from xiaobao.site.boot import setup; setup(); from xiaobao.rules.own_standing import standing; print(len(standing()))"


def boot(tmp_path: Path, text: str) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "own.yaml"
    file.write_text(text, "utf-8")
    env = os.environ | {"XIAOBAO_OWN_RULES": str(file), "XIAOBAO_VAR": str(tmp_path / "var")}
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, env=env, check=False
    )


GOOD = "- {id: B-1, rule: CMP-003, title: 十日, level: bank, since: 2026-01-01, set: {length: 10}, signed_by: [王一, 李二]}"


def test_the_configured_file_is_read_at_start_and_a_looser_one_stops_it(tmp_path: Path) -> None:
    good = boot(tmp_path, GOOD)
    assert (good.returncode, good.stdout.strip()) == (0, "1")
    looser = boot(tmp_path, GOOD.replace("length: 10", "length: 20"))
    assert looser.returncode != 0
    assert "B-1（CMP-003）：比法定要求宽" in looser.stderr
