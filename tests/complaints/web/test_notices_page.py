"""Emergency notices: the list, the form, what issuing would do, and who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import Reach
from xiaobao.duties.complaints.domain.values import DueSource, NoticeOrder, OverlayKind
from xiaobao.kernel.errors import InvalidInput, NotAllowed

if TYPE_CHECKING:
    from playwright.sync_api import Page

Text = Callable[..., str]
ISSUE = "/complaints/notices/issue/"
FORM = {
    "number": "消保应急〔2026〕1号",
    "title": "关于收紧投诉办理时限的通知",
    "kind": "emergency",
    "amount": "7",
    "unit": "natural",
    "received_from": "2026-02-20",
    "received_until": "",
    "org_path": "",
    "business_prefix": "",
    "reason": "投诉集中",
}
ORDER = NoticeOrder(
    number="消保应急〔2026〕1号",
    title="关于收紧投诉办理时限的通知",
    kind=OverlayKind.EMERGENCY,
    amount=7,
    received_from=date(2026, 2, 20),
    reason="投诉集中",
)


def test_an_empty_list_says_what_holds(office: Client, text_of: Text) -> None:
    body = text_of(office.get("/complaints/notices/"))
    assert "没有应急通知" in body
    assert "发布通知" not in body


def test_the_list_names_span_days_and_what_is_tightened(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    make.received(crew)
    make.received(crew, received_at=make.START - make.days(15))
    services.notice_issue(actor=crew.actor("linjie"), order=ORDER)
    body = text_of(office.get("/complaints/notices/"))
    for words in ("消保应急〔2026〕1号", "2026-02-20 起", "7 日", "法定 15 日，提前 8 日", "全行", ">1 件<"):
        assert words in body


def test_issuing_asks_first_with_its_numbers(crew: make.Cast, sign: Any, text_of: Text) -> None:
    tight = make.received(crew)
    late = make.received(crew, received_at=make.START - make.days(9))
    leader = sign("linjie")
    body = text_of(leader.post(ISSUE, FORM))
    assert "适用 <b>2</b> 件在办投诉，其中 <b>2</b> 件的办理期限会提前，<b>1</b> 件会立即逾期" in body
    assert make.seen(crew, tight).due_source is DueSource.LEGAL
    response = leader.post(ISSUE, {**FORM, "confirmed": "1"})
    assert response["Location"] == "/complaints/notices/"
    assert make.seen(crew, tight).due_on == date(2026, 3, 9)
    assert make.seen(crew, late).due_on == date(2026, 2, 28)


def test_what_is_foretold_is_what_happens(crew: make.Cast) -> None:
    actor = crew.actor("linjie")
    done = [make.received(crew, received_at=make.START - make.days(n)) for n in (0, 3, 9, 12)]
    before = [make.seen(crew, one).due_on for one in done]
    told = selectors.notice_reach(actor=actor, order=ORDER)
    services.notice_issue(actor=actor, order=ORDER)
    after = [make.seen(crew, one).due_on for one in done]
    moved = sum(new < old for new, old in zip(after, before, strict=True))
    assert told == Reach(bound=3, shortened=moved, late=1)
    assert moved == 3


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"amount": "0"}, "办理时限必须是 1 至 60 之间的整数天"),
        ({"amount": "七"}, "“办理时限”请填整数天数"),
        ({"received_until": "2026-02-01"}, "适用期间的止日早于起日"),
        ({"received_from": "2026-02-30"}, "“收到日期起”不是日历上的日期"),
        ({"number": ""}, "请填写“文号”"),
    ],
)
def test_a_refusal_stands_beside_its_field(sign: Any, text_of: Text, given: Any, words: str) -> None:
    body = text_of(sign("linjie").post(ISSUE, {**FORM, **given}), 400)
    name = next(iter(given))
    assert f'id="id_{name}_error"' in body
    assert words in body


def test_a_number_in_use_is_told_before_the_confirmation(crew: make.Cast, sign: Any, text_of: Text) -> None:
    services.notice_issue(actor=crew.actor("linjie"), order=ORDER)
    assert "已经用过" in text_of(sign("linjie").post(ISSUE, FORM), 400)


def test_only_some_posts_issue(office: Client, text_of: Text) -> None:
    text_of(office.get(ISSUE), 403)
    text_of(office.post(ISSUE, FORM), 403)


def test_nobody_tightens_beyond_their_own_units(crew: make.Cast) -> None:
    leader = crew.actor("linjie", scope=crew.branch.path)
    with pytest.raises(InvalidInput) as told:
        services.notice_issue(actor=leader, order=ORDER)
    assert told.value.code == "complaint.notice.scope"
    with pytest.raises(NotAllowed):
        selectors.notice_reach(actor=crew.actor("xiaomin"), order=ORDER)


def test_both_pages_cost_at_most_eight_statements(
    crew: make.Cast, sign: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.received(crew)
    services.notice_issue(actor=crew.actor("linjie"), order=ORDER)
    leader = sign("linjie")
    leader.get("/complaints/")
    with django_assert_max_num_queries(8):
        leader.get("/complaints/notices/")
    with django_assert_max_num_queries(8):
        leader.post(ISSUE, {**FORM, "number": "消保应急〔2026〕2号"})


@pytest.mark.browser
def test_a_leader_issues_one_in_the_browser(transactional_db: Any, page: Page, live_server: Any) -> None:
    crew = make.cast()
    client = Client()
    client.force_login(crew.linjie)
    session = {"name": "xb-session", "value": client.cookies["xb-session"].value, "url": live_server.url}
    page.context.add_cookies([session])
    page.goto(live_server.url + "/complaints/notices/")
    page.click("text=发布通知 >> nth=0")
    for name in ("number", "title", "amount", "reason"):
        page.fill(f"#id_{name}", FORM[name])
    page.click("text=下一步")
    page.click("text=确认发布 >> nth=-1")
    page.wait_for_url("**/complaints/notices/")
    assert "消保应急〔2026〕1号 已发布" in page.locator("#messages").inner_text()
