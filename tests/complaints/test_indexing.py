"""The index is put again: after an older release's texts, and where a unit moved in the tree."""

from __future__ import annotations

from typing import Any

from tests.factories import complaints as make
from xiaobao.base.search.services import index_put
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.identity import Actor


def _found(actor: Actor, words: str) -> list[int]:
    page = selectors.complaint_list(actor=actor, filters=ListFilters(tab=Tab.EVERY, text=words))
    return [row.id for row in page.rows]


def test_numbers_an_older_release_indexed_are_found_no_more(crew: make.Cast) -> None:
    done = make.received(crew, facts="来电 13911112222，多收年费")
    row = Complaint.objects.get(pk=done.complaint_id)
    index_put(
        kind="complaint", object_id=row.pk, org_path=row.org_path, text=row.facts, sort_at=row.received_at
    )
    actor = crew.actor("linjie")
    assert _found(actor, "13911112222") == [done.complaint_id]
    assert services.complaints_reindex() == 1
    assert _found(actor, "13911112222") == []
    assert _found(actor, "多收年费") == [done.complaint_id]


def test_only_the_named_subtree_is_put_again(crew: make.Cast) -> None:
    make.received(crew)
    make.received(crew, org_code="33002")
    assert services.complaints_reindex(path=crew.outlet.path) == 1
    assert services.complaints_reindex(path=crew.branch.path) == 2


def test_complaints_of_a_moved_unit_are_found_at_its_new_place(crew: make.Cast) -> None:
    done = make.received(crew, facts="多收年费")
    new = "0001.0009."
    actor: Any = crew.actor("laozhou", scope=new, org_path=new)
    services.complaints_follow_move(actor=make.tick_actor(), old=crew.outlet.path, new=new)
    assert _found(actor, "多收年费") == [done.complaint_id]
