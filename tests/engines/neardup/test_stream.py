"""Mass complaints in a running stream: who belongs together, when it becomes an alert, what never counts twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.neardup import EVENT, with_event
from xiaobao.engines.neardup import Event, Settings, State, Stream

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LETTERS = [
    "丰盈三号到期不兑付，请给说法",
    "丰盈三号为什么没兑付",
    "我买的丰盈三号至今未兑付",
    "要求示例银行立即兑付丰盈三号",
    "丰盈三号逾期不兑付",
]


def event(number: int, text: str, *, customer: str = "", hours: float = 0, branch: str = "东城") -> Event:
    at = START + timedelta(hours=hours)
    return Event(f"e{number}", at, customer or f"C{number}", text, branch)


def fed(events: list[Event], **config: int) -> Stream:
    stream = Stream(Settings(**config))
    for one in events:
        stream.add(one)
    return stream


def mass(count: int = 5) -> list[Event]:
    return [event(n, LETTERS[n % 5], hours=n, branch=f"网点{n % 2}") for n in range(count)]


def test_five_customers_in_other_words_are_one_cluster_and_one_alert() -> None:
    stream = fed(mass())
    (cluster,) = stream.clusters()
    assert cluster.keys == ("e0", "e1", "e2", "e3", "e4")
    assert (cluster.customers, cluster.persons, cluster.branches) == (5, 5, ("网点0", "网点1"))
    assert [alert.raised_at for alert in stream.alerts()] == [START + timedelta(hours=4)]


def test_one_more_ticket_raises_no_second_alert_but_grows() -> None:
    stream = fed(mass(6))
    assert len(stream.alerts()) == 1
    assert stream.clusters()[0].state is State.GROWING


def test_one_customer_many_times_is_no_mass() -> None:
    stream = fed([event(n, LETTERS[n % 5], customer=f"C{n % 2}", hours=n) for n in range(8)])
    assert stream.alerts() == []
    assert stream.clusters()[0].customers == 2


def test_a_declared_group_counts_its_persons() -> None:
    letter = "代表12名业主投诉：车位分期手续费没说清楚"
    stream = fed([event(0, letter)])
    assert stream.alerts()[0].persons == 12


@pytest.mark.parametrize(("seconds", "alerts"), [(0, 1), (1, 0)])
def test_the_last_second_of_the_window(seconds: int, alerts: int) -> None:
    events = mass(4)
    last = Event("late", START + timedelta(days=7, seconds=seconds), "C9", LETTERS[4])
    assert len(fed([*events, last]).alerts()) == alerts


def test_another_trouble_with_the_same_product_stays_apart() -> None:
    stream = fed(
        [
            event(0, "云享贷手续费太高"),
            event(1, "云享贷提前还款违约金"),
            event(2, "云享贷要退手续费"),
            event(3, "云享贷手续费没说清楚"),
        ]
    )
    assert [cluster.keys for cluster in stream.clusters()] == [("e0", "e2", "e3")]


def test_a_failing_channel_joins_reports_that_share_no_word() -> None:
    reports = ["手机银行闪退", "登录一直转圈", "app打不开", "转账报错1003", "网银系统异常"]
    assert len(fed([event(n, text) for n, text in enumerate(reports)]).alerts()) == 1


def test_a_form_letter_joins_whatever_is_filled_in() -> None:
    form = "【范本】本人于贵行购买某私募基金，贵行未尽适当性义务，要求全额赔付。姓名：{}，金额{}万元"
    stream = fed([event(n, form.format("甲乙丙丁戊"[n], n * 37)) for n in range(5)])
    assert len(stream.clusters()[0].keys) == 5


def test_unrelated_complaints_make_no_cluster() -> None:
    texts = ["年费争议", "房贷利率没降", "取款机吞卡", "理财亏了", "柜员态度差", "征信有误", "等候两小时"]
    assert fed([event(n, text) for n, text in enumerate(texts)]).clusters() == []


def test_states_follow_event_time() -> None:
    stream = fed(mass())
    assert stream.clusters()[0].state is State.OPEN
    stream.add(event(90, "与前面无关的一件事", hours=24 * 20))
    assert stream.clusters()[0].state is State.RESOLVED


def test_settings_refuse_nonsense() -> None:
    with pytest.raises(ValueError, match="window_days"):
        Settings(window_days=0)
    with pytest.raises(ValueError, match="alike"):
        Settings(alike=0)


@settings(max_examples=60)
@given(st.permutations(range(5)), st.lists(st.integers(0, 4), max_size=6))
def test_order_and_repetition_of_delivery_change_no_count(order: list[int], repeated: list[int]) -> None:
    events = mass()
    stream = fed([events[n] for n in order] + [events[n] for n in repeated])
    (cluster,) = stream.clusters()
    assert (cluster.keys, cluster.persons) == (("e0", "e1", "e2", "e3", "e4"), 5)
    assert len(stream.alerts()) == 1


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_text_is_taken(texts: list[str]) -> None:
    stream = fed([event(n, text) for n, text in enumerate(texts)])
    assert all(len(cluster.keys) >= 3 for cluster in stream.clusters())


def test_an_event_of_a_third_of_the_stream_stays_one_group() -> None:
    """Words that a thousand customers say of one matter do not become a form's words."""
    made, labels = with_event(900, 0.3, 7)
    stream = fed([event(n, text, hours=n / 60) for n, text in enumerate(made)], min_tickets=1)
    keys = {f"e{n}" for n, label in enumerate(labels) if label == EVENT}
    assert max(len(keys & set(cluster.keys)) for cluster in stream.clusters()) > 0.95 * len(keys)
