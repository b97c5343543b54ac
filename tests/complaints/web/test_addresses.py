"""Whatever stands in an address: a page, or a refusal in words, and never a fault of ours."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import complaints as make

PATHS = ("/complaints/", "/search/", "/complaints/heat/", "/complaints/new/", "/complaints/export/", "/")
WORDS = [
    "sort=zzz",
    "sort=closed&tab=open",
    "tab=%00",
    "handler=" + "9" * 12,
    "handler=" + "9" * 30,
    "handler=-1",
    "due=" + "9" * 12,
    "due=-5",
    "from=0001-01-01&until=9999-12-31",
    "from=2026-12-31&until=2026-01-01",
    "due_on=9999-12-31",
    "due_on=0001-01-01",
    "org=" + "9" * 400,
    "org=%00",
    "org=%E6%B5%99%E6%B1%9F",
    "q=%00",
    "q=" + "%E9%95%BF" * 900,
    "q=%27%22%3E%3Cscript%3E",
    "q=%F0%9F%98%80",
    "cursor=%00",
    "cursor=bnVsbA==&tab=every",
    "q=%E9%87%91&cursor=bnVsbA==",
    "facet=x&since=2026-02-30",
    "draft=" + "k" * 300,
]


@pytest.fixture
def asking(crew: make.Cast) -> Client:
    """The officer of the head office, who is shown a fault of ours as an answer."""
    make.coded(crew)
    client = Client(raise_request_exception=False)
    client.force_login(crew.xiaomin)
    return client


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words[:30])
def test_no_address_breaks_a_page(asking: Client, words: str) -> None:
    told = {path: asking.get(f"{path}?{words}") for path in PATHS}
    assert {path: answer.status_code for path, answer in told.items() if answer.status_code >= 500} == {}
    titles = [_title(answer.content.decode()) for answer in told.values() if answer.status_code == 400]
    assert [title for title in titles if not "一" <= title[:1] <= "鿿"] == []


def _title(body: str) -> str:
    return body.partition("<h1>")[2].partition("</h1>")[0].strip()


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**30])
@pytest.mark.parametrize("rest", ["", "close/", "clock/", "reveal/"])
def test_an_id_no_table_can_hold_is_a_page_that_is_not_there(asking: Client, pk: int, rest: str) -> None:
    assert asking.get(f"/complaints/{pk}/{rest}").status_code == 404
