"""Files without a row go, a day after they were written; everything else stays."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.factories import people
from xiaobao.base.evidence import services, storage, tasks
from xiaobao.kernel import ports

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return Path(settings.MEDIA_ROOT)


def aged(relative: str) -> str:
    """The file, as if written two days ago."""
    moment = ports.now().timestamp() - 2 * 86_400
    os.utime(storage.root() / relative, (moment, moment))
    return relative


def test_only_old_files_without_a_row_go(folder: Path) -> None:
    kept = services.evidence_store(
        actor=people.BUILDER, org_path="0001.", owner="a:1", kind="a", name="a.txt", content=b"kept"
    )
    aged(kept.path)
    fresh = storage.keep(b"fresh", "txt")
    aged(storage.keep(b"orphan", "txt"))
    cut_off = storage.incoming()
    cut_off.write_bytes(b"half")
    aged(str(cut_off.relative_to(folder)))
    assert tasks.sweep(ports.now()) == {"removed": 2}
    left = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert left == {kept.path, fresh}


def test_no_folder_yet_is_no_fault() -> None:
    assert tasks.sweep(ports.now()) == {"removed": 0}
