"""Who reads which entries."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.audit.journal import BRANCH, START, person, write
from xiaobao.base.audit import selectors
from xiaobao.base.audit.selectors import Filters, entries, entry_get, entry_number
from xiaobao.base.audit.sequencer import sequence
from xiaobao.base.audit.services import record
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotAllowed, NotFound
from xiaobao.kernel.identity import system_actor
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db
READERS = {Role.AUDIT_ADMIN, Role.INTERNAL_AUDIT, Role.EXAMINER}


@pytest.mark.parametrize("role", sorted(set(Role) - READERS - {Role.SYSTEM}))
def test_other_posts_read_nothing(role: Role) -> None:
    for read in (selectors.heads, selectors.checks, selectors.breaks):
        with pytest.raises(NotAllowed):
            read(person(role))
    with pytest.raises(NotAllowed):
        entries(person(role), Filters())


def test_a_reader_of_one_branch_sees_that_branch_only() -> None:
    (mine,), (other,) = write(1, org_path=BRANCH), write(1, org_path="0001.0008.")
    reader = person(Role.INTERNAL_AUDIT, scope=BRANCH, org_path=BRANCH)
    assert entries(reader, Filters()) == [mine]
    assert entry_get(reader, mine.pk) == mine
    for hidden in (other.pk, other.pk + 1000):
        with pytest.raises(NotFound):
            entry_get(reader, hidden)


def test_the_audit_post_sees_no_business_and_the_whole_journal() -> None:
    admin = person(Role.AUDIT_ADMIN, scope="\x00", org_path="0001.0009.")
    write(2)
    record(actor=system_actor("审计核验"), tag="audit:journal:verify", object_id=1, org_path="")
    assert len(entries(admin, Filters())) == 3


def test_what_belongs_to_the_whole_bank_is_not_a_branchs_to_read() -> None:
    record(actor=system_actor("审计核验"), tag="audit:journal:verify", object_id=1, org_path="")
    assert entries(person(Role.INTERNAL_AUDIT, scope=BRANCH), Filters()) == []
    assert len(entries(person(Role.INTERNAL_AUDIT, scope="0001."), Filters())) == 1


def test_pages_follow_each_other_without_overlap() -> None:
    written = [entry.pk for entry in write(7)]
    reader = person(Role.EXAMINER)
    first = entries(reader, Filters(), limit=4)
    rest = entries(reader, Filters(), before=first[-1].pk, limit=4)
    assert [entry.pk for entry in [*first, *rest]] == written[::-1]


def test_filters_narrow_by_tag_room_person_object_and_day() -> None:
    with ports.use(ports.seeded(7, START)) as run:
        write(2)
        assert isinstance(run.clock, ports.SettableClock)
        run.clock.advance(days=1)
        write(1, tag="figures:figure:freeze")
    reader, day = person(Role.EXAMINER), date(2026, 11, 23)
    wanted = {
        Filters(tag="complaints:"): 2,
        Filters(tag="complaints:complaint:receive"): 2,
        Filters(tag="complaints"): 0,
        Filters(actor_name="晓敏"): 3,
        Filters(object_id="TS0"): 2,
        Filters(since=day + timedelta(days=1)): 1,
        Filters(until=day): 2,
        Filters(since=day, until=day + timedelta(days=1), tag="figures:"): 1,
    }
    assert {filters: len(entries(reader, filters)) for filters in wanted} == wanted


def test_an_entry_has_no_number_until_it_is_sequenced() -> None:
    (entry,) = write(1)
    reader = person(Role.EXAMINER)
    assert entry_number(entry_get(reader, entry.pk)) is None
    sequence()
    assert entry_number(entry_get(reader, entry.pk)) == 0
