"""The one page of the room: a file as an attachment, for those who may see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import files, people
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.evidence import services, storage
from xiaobao.base.evidence.models import Evidence
from xiaobao.base.evidence.web.forms import UploadForm
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(tmp_path: Path, settings: Any) -> people.Bank:
    """The small bank, with a folder for its files."""
    settings.MEDIA_ROOT = tmp_path
    settings.SECOND_FACTOR_FOR_ADMINS = False
    return people.bank()


@pytest.fixture
def kept(bank: people.Bank) -> Evidence:
    """A picture of the outlet."""
    return services.evidence_store(
        actor=people.BUILDER,
        org_path=bank.outlet.path,
        owner="complaints:TS1",
        kind="photo",
        name="大厅 照片.jpg",
        content=files.picture(),
    )


def as_person(username: str, unit: Any, role: Role) -> Client:
    """A browser signed in as a new person."""
    client = Client()
    client.force_login(people.user(username, unit, role, password=people.PASSWORD))
    return client


def test_the_file_comes_as_an_attachment(bank: people.Bank, kept: Evidence) -> None:
    answer = as_person("chen", bank.outlet, Role.HANDLER).get(reverse("evidence:download", args=[kept.pk]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == (storage.root() / kept.path).read_bytes()
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"] == "image/jpeg"
    entry = AuditEntry.objects.get(tag="evidence:file:read")
    assert entry.actor_name == "chen"


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.HANDLER, Role.OFFICER])
def test_a_sibling_sees_nothing(bank: people.Bank, kept: Evidence, role: Role) -> None:
    answer = as_person("sun", bank.sibling, role).get(reverse("evidence:download", args=[kept.pk]))
    assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN])
def test_admin_posts_see_nothing(bank: people.Bank, kept: Evidence, role: Role) -> None:
    answer = as_person("admin", bank.head, role).get(reverse("evidence:download", args=[kept.pk]))
    assert answer.status_code == 404


def test_nobody_gets_nothing(bank: people.Bank, kept: Evidence) -> None:
    assert Client().get(reverse("evidence:download", args=[kept.pk])).status_code in (302, 401, 403)


def test_what_was_changed_on_the_disk_is_not_handed_out(bank: people.Bank, kept: Evidence) -> None:
    (storage.root() / kept.path).write_bytes(b"other")
    client = as_person("chen", bank.outlet, Role.HANDLER)
    answer = client.get(reverse("evidence:download", args=[kept.pk]))
    assert (answer.status_code, "摘要不符" in answer.content.decode()) == (409, True)


def test_what_is_lost_on_the_disk_is_said_so(bank: people.Bank, kept: Evidence) -> None:
    (storage.root() / kept.path).unlink()
    client = as_person("chen", bank.outlet, Role.HANDLER)
    assert client.get(reverse("evidence:download", args=[kept.pk])).status_code == 503


def test_a_request_beyond_what_is_read_is_refused_by_its_length(bank: people.Bank) -> None:
    client = as_person("chen", bank.outlet, Role.HANDLER)
    answer = client.post(
        "/evidence/1/", b"short", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=150 * 2**20
    )
    assert answer.status_code == 413
    assert "150 MB" in answer.content.decode()
    assert "25 MB" in answer.content.decode()


def test_the_form_asks_for_a_file_and_leaves_judging_it_to_the_service() -> None:
    kinds = [("photo", "照片")]
    assert UploadForm({"kind": "photo"}, {}, kinds=kinds).errors["file"] == ["请选择要上传的文件。"]
    empty = SimpleUploadedFile("a.jpg", b"")
    assert UploadForm({"kind": "photo"}, {"file": empty}, kinds=kinds).is_valid()
