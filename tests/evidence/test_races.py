"""Two uploads at once for one object: the quota holds, and one file is one evidence."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.factories import people
from xiaobao.base.evidence import services, storage
from xiaobao.base.evidence.limits import Limits
from xiaobao.base.evidence.models import Evidence
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput

pytestmark = pytest.mark.django_db(transaction=True)


def together(contents: list[bytes]) -> list[object]:
    """What each upload answered."""
    gate, answers = threading.Barrier(len(contents)), list[object]()

    def run(content: bytes) -> None:
        try:
            gate.wait(10)
            answers.append(
                services.evidence_store(
                    actor=people.BUILDER,
                    org_path="0001.",
                    owner="a:1",
                    kind="a",
                    name="a.txt",
                    content=content,
                ).pk
            )
        except InvalidInput as refused:
            answers.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


def test_the_last_free_place_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LIMITS", Limits(owner_files=1))
    answers = together([b"one", b"two", b"three"])
    assert sorted(map(str, answers))[1:] == ["evidence.quota_files"] * 2
    assert Evidence.objects.count() == 1
    assert len(list(storage.root().rglob("*.txt"))) == 1


def test_the_same_file_twice_at_once_is_one_evidence() -> None:
    answers = together([b"same", b"same", b"same"])
    assert (len(answers), len(set(answers)), Evidence.objects.count()) == (3, 1, 1)


def test_an_id_drawn_twice_is_drawn_again() -> None:
    moment = ports.now()
    with ports.use(ports.seeded(3, moment)):
        first = storage.keep(b"first", "txt")
    with ports.use(ports.seeded(3, moment)):
        second = storage.keep(b"second", "txt")
    assert first != second
    assert (storage.root() / first).read_bytes() == b"first"
