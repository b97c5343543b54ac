"""Two uploads at once for one object: the quota holds, and one file is one evidence."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.factories import people
from tests.factories.at_once import at_once, codes
from xiaobao.base.evidence import services, storage
from xiaobao.base.evidence.limits import Limits
from xiaobao.base.evidence.models import Evidence
from xiaobao.kernel import ports

pytestmark = pytest.mark.django_db(transaction=True)


def upload(content: bytes) -> int:
    """One more file of the one object; its evidence."""
    order = {"org_path": "0001.", "owner": "a:1", "kind": "a", "name": "a.txt"}
    return services.evidence_store(actor=people.BUILDER, content=content, **order).pk


def together(*contents: bytes) -> list[Any]:
    """What each upload answered."""
    return at_once(*(partial(upload, content) for content in contents))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


def test_the_last_free_place_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LIMITS", Limits(owner_files=1))
    answers = together(b"one", b"two", b"three")
    assert codes(answers)[1:] == ["evidence.quota_files"] * 2
    assert Evidence.objects.count() == 1
    assert len(list(storage.root().rglob("*.txt"))) == 1


def test_the_same_file_twice_at_once_is_one_evidence() -> None:
    answers = together(b"same", b"same", b"same")
    assert (len(answers), len(set(answers)), Evidence.objects.count()) == (3, 1, 1)


def test_an_id_drawn_twice_is_drawn_again() -> None:
    moment = ports.now()
    with ports.use(ports.seeded(3, moment)):
        first = storage.keep(b"first", "txt")
    with ports.use(ports.seeded(3, moment)):
        second = storage.keep(b"second", "txt")
    assert first != second
    assert (storage.root() / first).read_bytes() == b"first"
