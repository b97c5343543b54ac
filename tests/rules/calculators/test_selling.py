"""Assessments and senior customers, as the calculators tell them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.calculators.asking import ask
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.calculators import calculator, desk
from xiaobao.rules.calculators.selling import MEASURES, age_on
from xiaobao.rules.values import Verdict

ASSESSED = "on=2026-06-10;grades=5;assessed_on={}"


def test_the_whole_answer_of_a_second_assessment() -> None:
    assert ask("assessments", ASSESSED.format("2026-03-01,2026-06-10")).text == (
        "2026-06-10可以评估；评估后当日还可0次，十二个月内还可5次。"
        "① 2026-06-10当日，含本次共2次；单日不得超过2次（适当性办法第二十九条第一款） "
        "② 2025-06-11至2026-06-10，含本次共3次；十二个月内累计不得超过8次（适当性办法第二十九条第一款） "
        "③ 最近一次2026-06-10，有效期12个月，至2027-06-10，仍有效（适当性办法第二十九条第二款） "
        "④ 评估等级设5级，应当不少于5级（适当性办法第二十九条第一款） "
        "⑤ 本行口径：次数含本次；等级与上次不一致的须提示并再次确认。"
    )


def test_a_third_in_a_day_waits_until_tomorrow() -> None:
    found = ask("assessments", ASSESSED.format("2026-06-10,2026-06-10"))
    assert (found.verdict, found.value["next_on"]) == (Verdict.REFUSE, date(2026, 6, 11))
    assert found.say == "2026-06-10不得再评估：次数已满；最早2026-06-11可以再评。"


def test_a_ninth_in_a_year_waits_until_the_first_drops_out() -> None:
    log = "2025-08-01,2025-09-01,2025-10-01,2025-11-01,2026-02-01,2026-03-01,2026-04-01,2026-05-01"
    found = ask("assessments", ASSESSED.format(log))
    assert (found.verdict, found.value["next_on"]) == (Verdict.REFUSE, date(2026, 8, 1))


def test_too_few_grades_cannot_be_waited_out() -> None:
    found = ask("assessments", "on=2026-06-10;assessed_on=无;grades=4")
    assert found.value["next_on"] is None
    assert found.say == "2026-06-10不得采用这一评估：评估等级的级数不足。"
    both = ask("assessments", "on=2026-06-10;grades=4;assessed_on=2026-06-10,2026-06-10")
    assert both.say.endswith("另外，评估等级的级数不足。")


def test_a_lapsed_result_says_so_and_none_says_so_too() -> None:
    found = ask("assessments", ASSESSED.format("2025-06-09"))
    assert any("已失效，销售前须重新评估" in step.say for step in found.steps)
    first = ask("assessments", "on=2026-06-10;assessed_on=无;grades=5")
    assert first.unused[0].say == "上次结果的有效期——没有以往评估"
    assert first.value["valid_until"] is None


def test_a_changed_grade_is_confirmed_again() -> None:
    changed = ask("assessments", "on=2026-06-10;assessed_on=无;grades=5;old_grade=2;new_grade=3")
    same = ask("assessments", "on=2026-06-10;assessed_on=无;grades=5;old_grade=3;new_grade=3")
    assert changed.say.endswith("等级有变，须提示并请投资者再次确认。")
    assert not any("再次确认（" in step.say for step in same.steps)


def test_days_to_come_are_refused() -> None:
    with pytest.raises(InvalidInput, match="晚于2026-06-10") as caught:
        ask("assessments", ASSESSED.format("2026-06-11"))
    assert caught.value.field == "assessed_on"


DAYS = st.dates(date(2026, 2, 1), date(2027, 6, 30))


@settings(max_examples=80, deadline=None)
@given(st.lists(DAYS, max_size=12), DAYS)
def test_the_next_day_is_the_first_on_which_one_more_is_allowed(log: list[date], on: date) -> None:
    one, table = calculator("assessments"), desk("assessments")
    before = tuple(day for day in log if day <= on)
    found = one.ask({"on": on, "assessed_on": before, "grades": 5}, table)
    if found.verdict is Verdict.REFUSE:
        first = found.value["next_on"]
        again = one.ask({"on": first, "assessed_on": before, "grades": 5}, table)
        eve = one.ask(
            {"on": date.fromordinal(first.toordinal() - 1), "assessed_on": before, "grades": 5}, table
        )
        assert (again.verdict, eve.verdict) == (Verdict.PASS, Verdict.REFUSE)
    else:
        assert found.value["today_left"] >= 0


SALE = "born_on=1951-03-01;sold_on=2026-03-01;high_risk=是"


def test_a_senior_without_care_is_held_with_what_is_open() -> None:
    found = ask("senior-customer", f"{SALE};measures=warning,time")
    assert (found.verdict, found.value["open"]) == (Verdict.HOLD, ("procedure", "inquiry", "call_back"))
    assert found.say == (
        "暂缓销售，先履行特别注意义务，尚缺：专门的销售或者交易程序、追加了解相关信息、及时进行回访。"
    )


def test_with_all_measures_the_sale_goes_on() -> None:
    every = ",".join(key for key, _ in MEASURES)
    found = ask("senior-customer", f"{SALE};measures={every};online=是")
    assert (found.verdict, found.value["open"]) == (Verdict.PASS, ())
    assert any("适老" in step.say for step in found.steps)


def test_unknown_measures_are_undecided() -> None:
    found = ask("senior-customer", SALE)
    assert (found.verdict, found.missing_zh) == (Verdict.UNDECIDED, ("已做的事",))


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ("born_on=1961-03-02;sold_on=2026-03-01;high_risk=是", "未满六十五周岁"),
        ("born_on=1951-03-02;sold_on=2026-03-01;high_risk=否", "不是高风险产品"),
    ],
)
def test_others_keep_the_ordinary_duties(facts: str, why: str) -> None:
    found = ask("senior-customer", facts)
    assert found.verdict is Verdict.NOT_APPLICABLE
    assert found.say == f"不适用特别注意义务：{why}；一般的适当性义务照常。"


def test_a_leap_birthday_falls_on_the_28th() -> None:
    assert [age_on(date(1960, 2, 29), date(2025, 2, day)) for day in (27, 28)] == [64, 65]


def test_born_after_the_sale_is_refused() -> None:
    with pytest.raises(InvalidInput, match="晚于销售日期"):
        ask("senior-customer", "born_on=2026-03-02;sold_on=2026-03-01;high_risk=是")


def test_earlier_assessments_nobody_tells_are_not_none() -> None:
    found = ask("assessments", "on=2026-06-10;grades=5")
    assert (found.verdict, found.missing, found.value) == (Verdict.UNDECIDED, ("assessed_on",), None)
    none = ask("assessments", "on=2026-06-10;grades=5;assessed_on=无")
    assert (none.verdict, none.value["today_left"]) == (Verdict.PASS, 1)
