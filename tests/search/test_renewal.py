"""An index in another format than the code's is said to be so, and made anew by scheduled work."""

from __future__ import annotations

import pytest

from xiaobao.base.search import grams, renewal
from xiaobao.base.search.models import IndexFormat
from xiaobao.base.search.selectors import search
from xiaobao.base.search.services import index_put
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.duties.complaints.selectors import complaint_list
from xiaobao.kernel import ports
from xiaobao.kernel.identity import system_actor

pytestmark = pytest.mark.django_db


def put() -> None:
    index_put(kind="complaint", object_id=7, org_path="0001.", text="重复扣款", sort_at=ports.now())


def made_by(number: int) -> None:
    IndexFormat.objects.all().delete()
    IndexFormat.objects.create(number=number)


def test_a_new_database_is_in_the_format_of_the_code() -> None:
    assert list(IndexFormat.objects.values_list("number", flat=True)) == [grams.FORMAT]
    assert not renewal.is_stale()


@pytest.mark.parametrize("number", [grams.FORMAT - 1, grams.FORMAT + 1])
@pytest.mark.parametrize("query", ["扣款", "重复扣款"])
def test_nothing_found_in_another_format_is_no_exact_answer(number: int, query: str) -> None:
    made_by(number)
    assert search(kind="complaint", query=query, scope="", limit=5).is_stale


def test_tokens_of_an_older_format_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(grams, "tokens", lambda normal: ["旧"])
        put()
    made_by(grams.FORMAT - 1)
    before = search(kind="complaint", query="扣款", scope="", limit=5)
    assert (before.count, before.is_stale) == (0, True)
    assert renewal.renew_if_stale(ports.now()) == {"renewed": 1}
    after = search(kind="complaint", query="扣款", scope="", limit=5)
    assert (after.ids, after.count, after.is_stale) == ((7,), 1, False)
    assert renewal.renew_if_stale(ports.now()) == {"renewed": 0}


def test_an_index_of_a_later_version_is_left_to_it() -> None:
    put()
    made_by(grams.FORMAT + 1)
    assert renewal.renew_if_stale(ports.now()) == {"renewed": 0}
    assert renewal.is_stale()


def test_a_stale_index_gives_no_exact_total_to_a_program() -> None:
    actor = system_actor("测试")
    filters = ListFilters(tab=Tab.EVERY, text="扣款", sort="received")
    assert complaint_list(actor=actor, filters=filters, limit=5).total == 0
    made_by(grams.FORMAT - 1)
    assert complaint_list(actor=actor, filters=filters, limit=5).total is None
