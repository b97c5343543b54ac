"""Numbers without gaps, heads at a distance, one sequencer at a time, nothing lost in a crash."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError

from tests.audit.journal import START, write
from tests.factories.at_once import at_once
from xiaobao.base.audit import sequencer
from xiaobao.base.audit.models import AuditEntry, AuditLeaf, TreeHead
from xiaobao.base.audit.sequencer import sequence
from xiaobao.engines.ledger import leaf_hash, root_of
from xiaobao.kernel import ports


@pytest.fixture
def clock() -> Iterator[ports.SettableClock]:
    with ports.use(ports.seeded(7, START)) as run:
        assert isinstance(run.clock, ports.SettableClock)
        yield run.clock


def numbers() -> list[int]:
    return list(AuditLeaf.objects.order_by("number").values_list("number", flat=True))


def test_entries_are_numbered_from_zero_in_the_order_they_were_written(db: None) -> None:
    entries = write(5)
    assert sequence().leaves == 5
    order = list(AuditLeaf.objects.order_by("number").values_list("entry_id", flat=True))
    assert (numbers(), order) == ([0, 1, 2, 3, 4], [entry.pk for entry in entries])


def test_a_second_run_adds_nothing(db: None) -> None:
    write(3)
    sequence()
    assert sequence() == sequencer.Sequenced(0, None, 0)


def test_batches_follow_each_other(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 4)
    write(11)
    assert (sequence().leaves, numbers()) == (11, list(range(11)))


def test_a_head_states_the_root_of_all_leaves(db: None, clock: ports.SettableClock) -> None:
    for count in (3, 4):
        write(count)
        clock.advance(minutes=2)
        head = sequence().head
    entries = AuditEntry.objects.order_by("leaf__number")
    leaves = [leaf_hash(bytes.fromhex(entry.salt), entry.body.encode()) for entry in entries]
    assert head is not None
    assert (head.size, head.root) == (7, root_of(leaves).hex())


def test_heads_keep_a_minute_between_them_unless_asked_for(db: None, clock: ports.SettableClock) -> None:
    write(1)
    assert sequence().head is not None
    write(1)
    clock.advance(seconds=59)
    assert (sequence().head, sequence().uncovered) == (None, 1)
    clock.advance(seconds=1)
    assert sequence().head is not None
    write(1)
    assert sequence(sign=True).head is not None


def test_stragglers_far_back_are_found_by_a_run_over_everything(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a long transaction may commit lower ids after higher ones were numbered."""
    early, *later = write(4)
    AuditLeaf.objects.bulk_create(
        AuditLeaf(number=place, entry=entry, hash="00" * 32) for place, entry in enumerate(later)
    )
    monkeypatch.setattr(sequencer, "LOOK_BACK", 0)
    assert sequence().leaves == 0
    assert sequence(everything=True).leaves == 1
    assert AuditLeaf.objects.get(entry=early).number == 3


def test_a_crash_in_the_middle_of_a_run_loses_and_doubles_nothing(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(5)
    with monkeypatch.context() as broken:
        broken.setattr(sequencer, "_head_if_due", lambda **_: (_ for _ in ()).throw(DatabaseError("killed")))
        with pytest.raises(DatabaseError):
            sequence()
    assert (numbers(), TreeHead.objects.count()) == ([], 0)
    assert (sequence().leaves, numbers()) == (5, [0, 1, 2, 3, 4])


def test_two_sequencers_at_once_number_each_entry_once(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 10)
    entries = write(120)
    done = at_once(*[lambda: sequence().leaves] * 3)
    assert (sum(done), numbers()) == (120, list(range(120)))
    assert AuditLeaf.objects.values("entry_id").distinct().count() == len(entries)


def test_the_worker_numbers_after_a_nudge_and_stops(transactional_db: None) -> None:
    write(2)
    worker = sequencer.Worker(delay=0.01)
    worker.start()
    worker.wake()
    for _ in range(200):
        if len(numbers()) == 2:
            break
        worker.join(0.02)
    worker.stop()
    worker.join(5)
    assert (numbers(), worker.is_alive()) == ([0, 1], False)


def test_a_commit_nudges_the_worker_of_this_process(
    django_capture_on_commit_callbacks, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = sequencer.Worker()
    monkeypatch.setattr(sequencer, "_worker", worker)
    with django_capture_on_commit_callbacks(execute=True):
        write(1)
    assert worker._wake.is_set()
