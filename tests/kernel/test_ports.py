"""Time, ids and chance come from the ports of the current run."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

from xiaobao.kernel import ports

START = datetime(2026, 1, 1, 17, 0, tzinfo=UTC)


def test_a_seeded_run_repeats() -> None:
    runs = []
    for _ in range(2):
        with ports.use(ports.seeded(7, START)):
            runs.append((ports.now(), ports.new_id(), ports.new_bytes(8), ports.rng().random()))
    assert runs[0] == runs[1]


def test_another_seed_is_another_run() -> None:
    with ports.use(ports.seeded(7, START)):
        one = ports.new_id()
    with ports.use(ports.seeded(8, START)):
        assert ports.new_id() != one


def test_today_is_shanghais_day() -> None:
    with ports.use(ports.seeded(7, START)):
        assert ports.today() == date(2026, 1, 2)


def test_the_clock_stands_until_it_is_moved() -> None:
    run = ports.seeded(7, START)
    with ports.use(run):
        assert isinstance(run.clock, ports.SettableClock)
        run.clock.advance(hours=2)
        assert ports.now() == datetime(2026, 1, 1, 19, 0, tzinfo=UTC)
        run.clock.set(START)
        assert ports.now() == START


def test_the_former_ports_come_back_even_after_an_error() -> None:
    before = ports._current.get()
    try:
        with ports.use(ports.seeded(7, START)):
            raise RuntimeError
    except RuntimeError:
        pass
    assert ports._current.get() is before


def test_another_thread_keeps_its_own() -> None:
    seen: list[datetime] = []
    with ports.use(ports.seeded(7, START)):
        thread = threading.Thread(target=lambda: seen.append(ports.now()))
        thread.start()
        thread.join()
    assert seen[0] != START


def test_ids_of_the_system_differ_and_have_their_form() -> None:
    ids = {ports.new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(one) == 32 and int(one, 16) >= 0 for one in ids)
