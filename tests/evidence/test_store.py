"""Storing, moving, keeping and disposing of files, with their traces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.factories import files, people
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.evidence import services, storage
from xiaobao.base.evidence.limits import Limits
from xiaobao.base.evidence.models import Evidence
from xiaobao.base.evidence.selectors import evidence_get, evidence_of, evidence_past_keeping, usage_of
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
OWNER = "complaints:TS2026000001"


@pytest.fixture(autouse=True)
def ground(tmp_path: Path, settings: Any) -> Iterator[ports.Ports]:
    """A folder and a clock of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    with ports.use(ports.seeded(7, START)) as running:
        yield running


@pytest.fixture
def bank() -> people.Bank:
    """The small bank."""
    return people.bank()


@pytest.fixture
def handler(bank: people.Bank) -> Actor:
    """柜员小陈 of the outlet."""
    return people.actor(people.user("chen", bank.outlet, Role.HANDLER))


def store(actor: Actor, content: bytes = b"words", **facts: Any) -> Evidence:
    """One text file of the outlet."""
    given = {"org_path": actor.org_path, "owner": OWNER, "kind": "recording", "name": "a.txt", **facts}
    return services.evidence_store(actor=actor, content=content, **given)


def kept_files() -> list[Path]:
    """Everything on the disk."""
    return [path for path in storage.root().rglob("*") if path.is_file()]


def test_the_bytes_lie_under_a_name_of_ours(handler: Actor) -> None:
    kept = store(handler)
    (path,) = kept_files()
    assert path.read_bytes() == b"words"
    assert str(path.relative_to(storage.root())) == kept.path
    first, second, name = kept.path.split("/")
    assert name.startswith(first + second)
    assert path.stat().st_mode & 0o777 == 0o600
    assert storage.digest_of(path) == kept.sha256


def test_one_trace_without_the_name(handler: Actor) -> None:
    kept = store(handler, name="王小敏身份证.txt")
    entry = AuditEntry.objects.get(tag="evidence:file:store")
    assert (entry.object_id, entry.org_path) == (str(kept.pk), handler.org_path)
    assert kept.sha256 in entry.body
    assert "王小敏" not in entry.body


def test_the_same_file_again_is_the_same_evidence(handler: Actor) -> None:
    content = files.picture()
    first = store(handler, content, name="a.jpg")
    assert store(handler, content, name="b.jpg").pk == first.pk
    assert len(kept_files()) == 1
    assert store(handler, content, name="a.jpg", owner="complaints:TS2026000002").pk != first.pk


def test_refused_files_leave_nothing(handler: Actor) -> None:
    with pytest.raises(InvalidInput):
        store(handler, files.EXECUTABLE, name="a.jpg")
    assert not Evidence.objects.exists()
    assert not AuditEntry.objects.filter(tag__startswith="evidence:").exists()
    assert kept_files() == []


def test_a_trace_that_cannot_be_written_leaves_no_file(
    handler: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError("journal away")

    monkeypatch.setattr(services, "record", broken)
    with pytest.raises(RuntimeError):
        store(handler)
    assert not Evidence.objects.exists()
    assert kept_files() == []


def test_a_sibling_unit_takes_nothing(handler: Actor, bank: people.Bank) -> None:
    with pytest.raises(NotFound):
        store(handler, org_path=bank.sibling.path)


def test_quotas_of_files_and_bytes(handler: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LIMITS", Limits(owner_files=2, owner_bytes=20))
    store(handler, b"1" * 10)
    with pytest.raises(InvalidInput) as too_big:
        store(handler, b"2" * 11)
    store(handler, b"3" * 10)
    with pytest.raises(InvalidInput) as too_many:
        store(handler, b"4")
    assert (too_big.value.code, too_many.value.code) == ("evidence.quota_bytes", "evidence.quota_files")
    assert usage_of(OWNER).size == 20


def test_only_the_own_subtree_is_seen(handler: Actor, bank: people.Bank) -> None:
    kept = store(handler)
    above = people.actor(people.user("zhou", bank.branch, Role.UNIT_HEAD))
    beside = people.actor(people.user("sun", bank.sibling, Role.UNIT_HEAD))
    assert list(evidence_of(OWNER, above)) == [kept]
    assert list(evidence_of(OWNER, beside)) == []
    with pytest.raises(NotFound):
        evidence_get(beside, kept.pk)


def test_files_follow_their_object(handler: Actor, bank: people.Bank) -> None:
    kept = store(handler)
    assert services.evidence_move(actor=people.BUILDER, owner=OWNER, org_path=bank.sibling.path) == 1
    assert services.evidence_move(actor=people.BUILDER, owner=OWNER, org_path=bank.sibling.path) == 0
    assert list(evidence_of(OWNER, handler)) == []
    assert AuditEntry.objects.filter(tag="evidence:file:move").count() == 1
    assert Evidence.objects.get().pk == kept.pk


def test_the_keeping_time_comes_from_the_rule(handler: Actor) -> None:
    store(handler)
    facts = {"closed_on": date(2026, 3, 2)}
    until = services.evidence_retain(
        actor=handler, owner=OWNER, rule_id="CMP-025", started_on=date(2026, 3, 2), facts=facts
    )
    kept = Evidence.objects.get()
    assert until == date(2029, 3, 2)
    assert (kept.keep_until, kept.retention_rule, kept.retention_from) == (until, "CMP-025", date(2026, 3, 2))


@pytest.mark.parametrize("rule", ["CMP-003", "NO-SUCH"])
def test_a_rule_that_keeps_nothing_is_refused(handler: Actor, rule: str) -> None:
    store(handler)
    with pytest.raises(InvalidInput) as caught:
        services.evidence_retain(actor=handler, owner=OWNER, rule_id=rule, started_on=date(2026, 3, 2))
    assert caught.value.code == "evidence.no_retention"


def test_nothing_is_disposed_of_before_its_time(handler: Actor) -> None:
    kept = store(handler)
    for until in (None, date(2026, 3, 2)):
        Evidence.objects.update(keep_until=until, retention_rule="CMP-025")
        with pytest.raises(IllegalStep):
            services.evidence_dispose(actor=handler, evidence_id=kept.pk, reason="到期销毁")
    assert len(kept_files()) == 1


def test_disposed_is_gone_from_disk_and_lists(
    handler: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    kept = store(handler)
    Evidence.objects.update(keep_until=date(2026, 3, 1), retention_rule="CMP-025")
    assert list(evidence_past_keeping(ports.today())) == [kept]
    with django_capture_on_commit_callbacks(execute=True):
        services.evidence_dispose(actor=handler, evidence_id=kept.pk, reason="到期销毁")
    assert kept_files() == []
    assert list(evidence_of(OWNER, handler)) == []
    assert store(handler).pk != kept.pk


def test_messages_answer_every_code() -> None:
    folder = Path(services.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    from xiaobao.base.evidence.messages import MESSAGES

    assert [code for code in MESSAGES if source.count(f'"{code}"') < 2 and "request_too" not in code] == []
