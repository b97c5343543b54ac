"""Reading over the API: the same numbers as the pages, nothing in clear, and no question that breaks it."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.kernel.roles import Role

SHAPE = {"code", "message", "field", "rule", "source", "retryable", "faults"}
PHONE, CARD, PERSON = "13911112222", "6222021234567890123", "330106198507123410"
WRITTEN = (
    f"来电 {PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]}，卡 {CARD[:4]} {CARD[4:]}，证 {PERSON}，并卡 {CARD}{PHONE}"
)


def _cursor(*mark: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(mark).encode()).decode()


@pytest.fixture
def program(crew: make.Cast) -> Program:
    """The office's platform."""
    return Program(account(crew.office, Role.OFFICER, Role.HANDLER))


ODD: list[tuple[str, dict[str, Any]]] = [
    ("/complaints", {"handler_id": 10**30}),
    ("/complaints", {"handler_id": -1}),
    ("/complaints", {"ids": [10**30]}),
    ("/complaints", {"limit": 10**9}),
    ("/complaints", {"limit": 0}),
    ("/complaints", {"cursor": _cursor("2026-03-02", 10**30)}),
    ("/complaints", {"cursor": _cursor(None)}),
    ("/complaints", {"q": "违约金", "cursor": _cursor("x")}),
    ("/complaints", {"org": "\x00"}),
    ("/complaints", {"org": "9" * 500}),
    ("/complaints", {"due_from": "9999-12-31", "due_until": "0001-01-01"}),
    ("/complaints", {"stage": "half"}),
    ("/complaints", {"sort": "zzz"}),
    ("/complaints/search", {"q": "\x00"}),
    ("/complaints/search", {"q": "金", "cursor": "\x00"}),
    ("/complaints/search", {"q": "金", "cursor": _cursor("x", 1)}),
    ("/complaints/search", {"q": "长" * 201}),
    ("/complaints/search", {"q": "   "}),
    ("/complaints/replies", {"source": "\x00"}),
    ("/complaints/by-no/%00", {}),
    ("/complaints/by-no/" + "长" * 300, {}),
    ("/complaints/1/guards/fly", {}),
]


@pytest.mark.parametrize(("path", "query"), ODD, ids=[f"{n}" for n in range(len(ODD))])
def test_an_odd_question_is_answered_or_refused_in_the_one_shape(
    crew: make.Cast, program: Program, path: str, query: dict[str, Any]
) -> None:
    make.received(crew)
    response = program.get(path, **query)
    assert response.status_code < 500, response.content.decode()
    assert response.status_code == 200 or set(said(response)) >= SHAPE


@pytest.mark.parametrize("tab", [tab for tab in Tab if tab is not Tab.MINE])
def test_each_tab_lists_what_the_page_lists(crew: make.Cast, program: Program, tab: Tab) -> None:
    make.received(crew, referral=make.letter())
    make.handling(crew)
    make.closed(crew)
    page = said(program.get("/complaints", tab=tab.value))
    rows = selectors.complaint_list(actor=crew.actor("xiaomin"), filters=ListFilters(tab=tab)).rows
    assert [row["id"] for row in page["rows"]] == [row.id for row in rows]


def test_no_read_tells_a_number_however_it_was_typed(crew: make.Cast, program: Program) -> None:
    done = make.coded(crew, title=f"回电 {PHONE}", facts=WRITTEN, request=WRITTEN)
    reads = ("", "/timeline", "/clock", "/guards/propose")
    told = [program.get(f"/complaints/{done.complaint_id}{part}") for part in reads]
    told += [program.get("/complaints"), program.get("/complaints/search", q="来电")]
    for response in told:
        assert response.status_code == 200
        digits = "".join(sign for sign in response.content.decode() if sign.isdigit() or sign == "*")
        assert [number for number in (PHONE, CARD, PERSON) if number in digits] == []


@pytest.mark.parametrize("words", [PHONE, PHONE[:7], CARD, CARD[4:16], PERSON, PERSON[6:14]])
def test_no_search_finds_a_complaint_by_a_number_or_a_part_of_it(
    crew: make.Cast, program: Program, words: str
) -> None:
    make.received(crew, facts=WRITTEN)
    assert said(program.get("/complaints/search", q=words))["total"] == 0
    assert said(program.get("/complaints/search", q="来电"))["total"] == 1
