"""What a gate's trace says of each fact is what the fact is, also where the words name what is barred."""

from __future__ import annotations

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide


@pytest.mark.parametrize(("fact", "word"), [(True, "是"), (False, "否")])
def test_a_barred_fact_is_told_as_it_is(fact: bool, word: str) -> None:
    rule = book().rule("MKT-011")
    found = decide(rule, rule.versions[-1], {"third_party_in_bank_name": fact})
    assert f"第三方以本行名义推介或者销售：{word}" in [step.say for step in found.steps]


@pytest.mark.parametrize(("fact", "word"), [(True, "是"), (False, "否")])
def test_a_wanted_fact_is_told_as_it_is(fact: bool, word: str) -> None:
    rule = book().rule("MKT-020")
    found = decide(rule, rule.versions[-1], {"duty_not_below_promise": fact})
    assert f"合同义务不低于宣传承诺：{word}" in [step.say for step in found.steps]
