"""Revealing a party, drafts and views of one's own."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints import selectors, services
from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound


def test_a_party_is_revealed_with_a_reason_and_a_trace(crew: make.Cast) -> None:
    done = make.received(crew)
    party = make.seen(crew, done).parties[0]["id"]
    seen = services.party_reveal(
        actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, party_id=party, reason="致电核实情况"
    )
    assert seen == {"name": "王小敏", "phone": "13800001234"}
    entry = AuditEntry.objects.get(tag="complaints:party:reveal")
    assert "13800001234" not in entry.body


@pytest.mark.parametrize(
    ("who", "reason", "error"),
    [
        ("xiaomin", " ", InvalidInput),
        ("stranger", "致电核实情况", NotFound),
        ("admin", "致电核实情况", NotFound),
        ("hangzhang", "致电核实情况", NotAllowed),
    ],
)
def test_who_may_not_reveal(crew: make.Cast, who: str, reason: str, error: type[Exception]) -> None:
    done = make.received(crew)
    party = make.seen(crew, done).parties[0]["id"]
    with pytest.raises(error):
        services.party_reveal(
            actor=crew.actor(who), complaint_id=done.complaint_id, party_id=party, reason=reason
        )


def test_a_draft_is_nobody_elses(crew: make.Cast) -> None:
    services.draft_save(actor=crew.actor("xiaomin"), key="k", payload={"facts": "打了一半"})
    assert selectors.draft_get(actor=crew.actor("linjie"), key="k") is None
    with pytest.raises(NotFound):
        services.draft_save(actor=crew.actor("linjie"), key="k", payload={})
    assert services.draft_drop(actor=crew.actor("linjie"), key="k") is False
    assert [key for key, *_ in selectors.drafts_of(actor=crew.actor("xiaomin"))] == ["k"]


def test_a_draft_has_a_limit(crew: make.Cast) -> None:
    with pytest.raises(InvalidInput):
        services.draft_save(actor=crew.actor("xiaomin"), key="k", payload={"facts": "长" * 70_000})


def test_views_are_renewed_by_name(crew: make.Cast) -> None:
    actor = crew.actor("xiaomin")
    for days in (3, 7):
        services.view_save(actor=actor, name="浙江省内", filters={"due": days})
    assert selectors.views_of(actor=actor) == (("浙江省内", {"due": 7}),)
    assert selectors.views_of(actor=crew.actor("linjie")) == ()
    assert services.view_drop(actor=actor, name="浙江省内") is True
    with pytest.raises(InvalidInput):
        services.view_save(actor=actor, name=" ", filters={})
