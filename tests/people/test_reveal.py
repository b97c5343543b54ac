from __future__ import annotations

import pytest

from tests.factories import people as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.people.services import reveal_record
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.roles import Role

PHONE = "13800001234"


@pytest.fixture
def bank(db):
    return make.bank()


@pytest.fixture
def officer(bank):
    return make.actor(make.user("xiaomin", bank.office, Role.OFFICER, name="晓敏"))


def look(actor, path, reason="回访前核对电话", read=lambda: PHONE):
    return reveal_record(
        actor=actor,
        object_tag="complaints:party",
        object_id=7,
        org_path=path,
        fields={"phone": read},
        reason=reason,
    )


def test_a_look_with_a_reason_answers_and_is_recorded(bank, officer):
    assert look(officer, bank.outlet.path) == {"phone": PHONE}
    entry = AuditEntry.objects.latest("pk")
    assert (entry.tag, entry.object_id, entry.org_path) == ("complaints:party:reveal", "7", bank.outlet.path)
    assert entry.facts["after"] == {"fields": ["phone"]}
    assert PHONE not in entry.body


@pytest.mark.parametrize("reason", ["", "核对", "    ", "核对电话"])
def test_fewer_than_five_characters_are_no_reason(bank, officer, reason):
    with pytest.raises(InvalidInput) as caught:
        look(officer, bank.outlet.path, reason)
    assert caught.value.field == "reason"


def test_outside_the_scope_there_is_nothing(bank):
    zhou = make.actor(make.user("zhou", bank.branch, Role.UNIT_HEAD))
    with pytest.raises(NotFound):
        look(zhou, bank.sibling_outlet.path)


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN, Role.EXECUTIVE])
def test_posts_without_casework_reveal_nothing(bank, role):
    with pytest.raises(NotAllowed):
        look(make.actor(make.user("x1", bank.office, role)), bank.outlet.path)


def test_nothing_is_read_when_the_look_is_refused(bank, officer):
    def never():
        raise AssertionError("read before it was recorded")

    with pytest.raises(InvalidInput):
        look(officer, bank.outlet.path, "短", never)


def test_the_hourly_limit_holds_and_passes(bank, officer, settings):
    settings.REVEALS_AN_HOUR = 3
    with ports.use(ports.seeded(7, ports.now())) as run:
        for _ in range(3):
            look(officer, bank.outlet.path)
        with pytest.raises(NotAllowed) as caught:
            look(officer, bank.outlet.path)
        assert caught.value.facts["limit"] == 3
        run.clock.advance(minutes=61)
        assert look(officer, bank.outlet.path)


def test_one_persons_limit_is_not_anothers(bank, officer, settings):
    settings.REVEALS_AN_HOUR = 1
    look(officer, bank.outlet.path)
    other = make.actor(make.user("leader", bank.office, Role.LEADER))
    assert look(other, bank.outlet.path)
