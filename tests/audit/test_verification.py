"""Scenario 15: a database administrator alters the journal; the nightly verification names where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection

from tests.audit.journal import START, drop_triggers, person, write
from xiaobao.base.audit import tasks
from xiaobao.base.audit.models import AuditBreak, AuditCheck, AuditEntry, AuditLeaf, TreeHead
from xiaobao.base.audit.selectors import audit_alarm
from xiaobao.base.audit.sequencer import sequence
from xiaobao.base.audit.services import break_explain, journal_check
from xiaobao.base.audit.signing import trusted_keys
from xiaobao.base.audit.verification import journal_verify
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.identity import system_actor
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db
TEXT = "数据迁移脚本误改一行，已从备份核对原文"


@pytest.fixture(autouse=True)
def journal(db: None) -> Iterator[ports.Ports]:
    """Thirty rows under three heads, and an administrator who has removed the triggers."""
    with ports.use(ports.seeded(7, START)) as run:
        for _ in range(3):
            write(10)
            sequence(sign=True)
        drop_triggers("audit_auditentry", "audit_auditleaf", "audit_treehead")
        yield run


def entry_at(number: int):
    return AuditEntry.objects.filter(leaf__number=number)


def found() -> list[tuple[str, int, int]]:
    return [(one.problem.value, one.number, one.last) for one in journal_verify(trusted_keys()).breaks]


def test_an_untouched_journal_is_sound() -> None:
    result = journal_verify(trusted_keys())
    assert (result.rows, result.heads, result.breaks) == (30, 3, ())


def test_an_altered_row_is_named() -> None:
    entry_at(17).update(body=entry_at(17).get().body.replace("registered", "closed"))
    assert found() == [("body", 17, 17)]


def test_an_altered_column_is_named() -> None:
    entry_at(4).update(actor_name="小陈")
    entry_at(6).update(at=START - timedelta(days=1))
    assert found() == [("columns", 4, 4), ("columns", 6, 6)]


def test_an_altered_salt_or_a_body_that_is_no_record_any_more_is_named() -> None:
    entry_at(2).update(salt="zz")
    entry_at(3).update(body="[]")
    assert found() == [("body", 2, 2), ("body", 3, 3)]


def test_a_row_altered_with_its_leaf_is_narrowed_to_its_heads_span() -> None:
    row = entry_at(17).get()
    body = row.body.replace("registered", "closed")
    AuditLeaf.objects.filter(number=17).update(hash=sequencer_hash(row.salt, body))
    entry_at(17).update(body=body)
    assert found() == [("leaf", 10, 19)]


def sequencer_hash(salt: str, body: str) -> str:
    from xiaobao.engines.ledger import leaf_hash

    return leaf_hash(bytes.fromhex(salt), body.encode()).hex()


def test_a_removed_row_is_named() -> None:
    AuditLeaf.objects.filter(number=12).delete()
    assert found() == [("gap", 12, 12)]


def test_a_removed_tail_is_named() -> None:
    AuditLeaf.objects.filter(number__gte=25).delete()
    assert found() == [("missing", 25, 29)]


def test_the_rest_before_a_head_removed_is_named_and_later_attacks_are_not_hidden() -> None:
    AuditLeaf.objects.filter(number__in=(8, 9)).delete()
    entry_at(27).update(body="{}")
    assert found() == [("gap", 8, 9), ("body", 27, 27)]


def test_a_head_signed_with_a_foreign_key_is_named() -> None:
    TreeHead.objects.filter(size=20).update(signature="00" * 64)
    assert found() == [("head", 19, 19)]
    TreeHead.objects.filter(size=20).update(public_key="11" * 32)
    assert found() == [("head", 19, 19)]


def test_a_rewritten_root_is_named() -> None:
    TreeHead.objects.filter(size=20).update(root="22" * 32)
    assert found() == [("head", 19, 19)]


def test_the_nightly_run_names_the_first_broken_link_and_alarms_until_explained(journal: ports.Ports) -> None:
    entry_at(5).update(actor_name="小陈")
    entry_at(17).update(body="{}")
    assert tasks.verify_nightly(START)["breaks"] == 2
    assert AuditCheck.objects.latest("id").first_bad == 5
    assert audit_alarm().startswith("审计日志核验未通过：树中序号 5 的")
    for broken in AuditBreak.objects.order_by("number"):
        assert audit_alarm()
        break_explain(actor=person(Role.AUDIT_ADMIN), break_id=broken.pk, explanation=TEXT)
    assert audit_alarm() == ""
    journal_check(actor=system_actor("审计核验"))
    assert audit_alarm() == "", "an explained break does not alarm again"
    entry_at(17).update(body="[1]")
    journal_check(actor=system_actor("审计核验"))
    assert "序号 17 的" in audit_alarm(), "another change of the same row does"


def test_the_nightly_run_comes_once_a_day_after_two_o_clock(journal: ports.Ports) -> None:
    assert isinstance(journal.clock, ports.SettableClock)
    ran = []
    for hours in (0, 1, 15.5, 17.5, 1, 24):
        journal.clock.advance(hours=hours)
        ran.append(tasks.verify_nightly(ports.now())["checks"])
    assert ran == [1, 0, 0, 1, 0, 1]


def test_explaining_is_the_audit_admins_and_leaves_a_trace() -> None:
    entry_at(5).update(actor_name="小陈")
    journal_check(actor=system_actor("审计核验"))
    broken = AuditBreak.objects.get()
    for role in set(Role) - {Role.AUDIT_ADMIN}:
        with pytest.raises(NotAllowed):
            break_explain(actor=person(role), break_id=broken.pk, explanation=TEXT)
    admin = person(Role.AUDIT_ADMIN)
    with pytest.raises(InvalidInput):
        break_explain(actor=admin, break_id=broken.pk, explanation="  误改  ")
    with pytest.raises(NotFound):
        break_explain(actor=admin, break_id=broken.pk + 1, explanation=TEXT)
    break_explain(actor=admin, break_id=broken.pk, explanation=TEXT)
    with pytest.raises(IllegalStep):
        break_explain(actor=admin, break_id=broken.pk, explanation=TEXT)
    assert AuditEntry.objects.latest("id").tag == "audit:break:explain"


def test_memory_and_statements_stay_flat() -> None:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        journal_verify(trusted_keys())
    assert len(seen) <= 4
