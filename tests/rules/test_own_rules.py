"""Overlays: schema, signatures, looser ones refused, the stricter result with both beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.rules.book import BookError, book
from xiaobao.rules.complaint_clock import ClockFacts, due
from xiaobao.rules.meet import severity
from xiaobao.rules.own_rules import clock_overlays, decide_with, load
from xiaobao.rules.values import Kind, Verdict

JAN_1 = date(2026, 1, 1)
FORTY = {"top_prize_yuan": 40_000, "changes_after_start": 0}


def entry(rule: str, changes: Any, **more: Any) -> dict[str, Any]:
    fixed = {
        "id": "OWN-1",
        "rule": rule,
        "title": "本行规定",
        "level": "bank",
        "since": JAN_1,
        "set": changes,
        "signed_by": ["王一", "李二"],
    }
    return fixed | more


def own(*entries: Any) -> Any:
    return load(yaml.safe_dump(list(entries), allow_unicode=True), book(), name="own.yaml")


STRICTER: list[tuple[str, Any]] = [
    ("CMP-003", {"length": 10}),
    ("CMP-003", {"length": 10, "unit": "working_day"}),
    ("CMP-013", {"stage": "核查决定", "length": 10}),
    ("CMP-034", {"stage": "petition_accepted_on", "length": 45}),
    ("CMP-012", {"add": {"hotline": "客服电话"}}),
    ("MKT-017", {"top_prize_yuan": 30_000}),
    ("CMP-021", {"add": {"poster": "海报"}}),
    ("CMP-025", {"years": 5}),
    ("CMP-020", {"add": {"minutes": "会议纪要"}}),
    ("CMP-028", {"effect": "refuse"}),
    ("MKT-015", {"require": ["off_switch"]}),
    ("GOV-005", {"month": 1, "day": 20}),
    ("MKT-001", {"block": ["顶级"]}),
    ("PI-015", {"persons": 2}),
]


def earlier(one: Any, law: Any) -> bool:
    """No later than the law, stage by stage where there are several."""
    if isinstance(law, dict):
        return all(one[stage] <= law[stage] for stage in law)
    return bool(one <= law)


@pytest.mark.parametrize(("rule", "changes"), STRICTER)
def test_never_looser_than_the_law_on_any_example(rule: str, changes: Any) -> None:
    overlays = own(entry(rule, changes))
    version = book().get(rule, JAN_1)
    for example in version.examples:
        found = decide_with(book().rule(rule), version, example.facts, overlays, JAN_1)
        assert severity(found.result.verdict) >= severity(found.law.verdict)
        if book().rule(rule).kind in (Kind.CLOCK, Kind.CALENDAR) and found.law.verdict is Verdict.DUE:
            assert earlier(found.result.value, found.law.value)
        if found.own:
            assert found.own[0][0].id == "OWN-1"


LOOSER: list[tuple[str, Any, str]] = [
    ("CMP-003", {"length": 16}, "长于法定15日"),
    ("CMP-013", {"stage": "核查决定", "length": 31}, "长于法定30日"),
    ("CMP-013", {"stage": "申请核查", "length": 20}, "这是客户的期限"),
    ("CMP-017", {"add": {"notarised_proxy": "公证委托书"}}, "第十三条第二款、第十四条"),
    ("CMP-017", {"add": ["notarised_proxy"]}, "第十三条第二款、第十四条"),
    ("CMP-018", {"representatives": 3}, "面谈代表是对客户的限制"),
    ("CMP-018", {"representatives": 6}, "高于法定5"),
    ("MKT-017", {"top_prize_yuan": 60_000}, "高于法定50000"),
    ("DR-003", {"grades": 4}, "低于法定5"),
    ("CMP-025", {"years": 2}, "短于法定3年"),
    ("CMP-015", {"effect": "hold"}, "不得办理"),
    ("GOV-005", {"month": 2, "day": 10}, "日期更晚"),
    ("GOV-002", {"every_months": 72}, "次数更少"),
    ("PI-015", {"by": ["handler"]}, "超出条文所列"),
]


@pytest.mark.parametrize(("rule", "changes", "said"), LOOSER)
def test_a_looser_overlay_is_refused_with_its_ground(rule: str, changes: Any, said: str) -> None:
    with pytest.raises(BookError, match="比法定要求宽") as caught:
        own(entry(rule, changes, since=date(2026, 2, 1)))
    assert said in caught.value.say
    assert f"OWN-1（{rule}）" in caught.value.say


# Whom each limit of the book binds: of a customer's the bank may ask no more than the law does.
CUSTOMERS = {("CMP-018", "representatives")}


def bounds() -> list[Any]:
    """Every bound of every version, with the day its version begins."""
    return [
        (rule.id, version.since, bound)
        for rule in book()
        for version in rule.versions
        for bound in getattr(version.params, "bounds", ())
    ]


def test_every_limit_has_its_bearer() -> None:
    assert {(rule, one.measure) for rule, _, one in bounds() if one.bearer == "customer"} == CUSTOMERS
    assert {one.bearer for *_, one in bounds()} == {"bank", "customer"}


@pytest.mark.parametrize(
    ("rule", "since", "bound"), bounds(), ids=[f"{rule}-{day}-{one.measure}" for rule, day, one in bounds()]
)
def test_a_limit_is_tightened_by_the_bank_alone_on_itself(rule: str, since: date, bound: Any) -> None:
    tighter = (bound.least + 1) if bound.most is None else max(bound.most - 1, 0)
    looser = (bound.least - 1) if bound.most is None else bound.most + 1
    day = max(since, date(2018, 1, 1))
    with pytest.raises(BookError, match="比法定要求宽"):
        own(entry(rule, {bound.measure: looser}, since=day))
    if bound.bearer == "customer":
        with pytest.raises(BookError, match="是放宽而不是从严"):
            own(entry(rule, {bound.measure: tighter}, since=day))
    elif bound.most != 0:
        assert own(entry(rule, {bound.measure: tighter}, since=day))


def test_nothing_is_added_to_what_may_be_asked_at_most() -> None:
    capped = [
        (rule.id, version.since)
        for rule in book()
        for version in rule.versions
        if rule.kind is Kind.FIELDS and version.params.at_most
    ]
    assert capped
    for rule_id, since in capped:
        with pytest.raises(BookError, match="是放宽而不是从严"):
            own(entry(rule_id, {"add": {"more": "更多"}}, since=since))


UNFIT: list[tuple[str, Any, str]] = [
    ("CMP-013", {"length": 10}, "须写明 stage，可用“申请核查”、“核查决定”"),
    ("CMP-013", {"stage": "办结", "length": 10}, "没有“办结”这个期限"),
    ("CMP-003", {"stage": "办结", "length": 10}, "不写 stage"),
    ("CMP-003", {"unit": "day"}, "须写明 length"),
    ("CMP-008", {"length": 10}, "没有可以缩短的期限"),
    ("CMP-032", {"complaints": 1}, "没有上限或者下限"),
    ("CMP-018", {"persons": 3}, "可用representatives（"),
    ("CMP-012", {"add": ["hotline"]}, "add 应逐项写作“名称: 中文说明”"),
    ("CMP-020", {"add": "minutes"}, "add 应逐项写作“名称: 中文说明”"),
]


@pytest.mark.parametrize(("rule", "changes", "said"), UNFIT)
def test_what_cannot_be_set_says_why_and_what_can(rule: str, changes: Any, said: str) -> None:
    with pytest.raises(BookError) as caught:
        own(entry(rule, changes, since=date(2026, 2, 1)))
    assert said in caught.value.say
    assert f"own.yaml第1条 OWN-1（{rule}）" in caught.value.say or f"OWN-1（{rule}）" in caught.value.say


def test_only_the_named_stage_is_shortened() -> None:
    overlays = own(entry("CMP-013", {"stage": "核查决定", "length": 10}))
    rule, version = book().rule("CMP-013"), book().get("CMP-013", JAN_1)
    facts = {
        "decision_received_on": date(2026, 3, 1),
        "recheck_asked_on": date(2026, 4, 1),
        "by_branch": True,
    }
    found = decide_with(rule, version, facts, overlays, JAN_1)
    assert found.law.value == {
        "decision_received_on": date(2026, 3, 31),
        "recheck_asked_on": date(2026, 5, 1),
    }
    assert found.result.value == {
        "decision_received_on": date(2026, 3, 31),
        "recheck_asked_on": date(2026, 4, 11),
    }


FAULTY: list[tuple[dict[str, Any], str]] = [
    ({"signed_by": ["王一"]}, "own.signatures"),
    ({"signed_by": ["王一", "王一"]}, "own.signatures"),
    ({"signed_by": ["王一", "王一 "]}, "own.signatures"),
    ({"signed_by": ["王一", "王 一"]}, "own.signatures"),
    ({"signed_by": ["Wang1", "Ｗａｎｇ１"]}, "own.signatures"),
    ({"signed_by": ["王一", " "]}, "own.signatures"),
    ({"signed_by": "王一"}, "own.signatures"),
    ({"level": "emergency"}, "own.until"),
    ({"set": {"length": 0}}, "own.changes"),
    ({"since": "昨天"}, "own.dates"),
    ({"since": datetime(2026, 1, 1, 9, tzinfo=UTC)}, "own.dates"),
    ({"until": date(2025, 1, 1)}, "own.dates_reversed"),
    ({"level": "village"}, "own.level"),
    ({"colour": "red"}, "own.keys"),
    ({"set": {}}, "own.changes"),
    ({"set": {"length": "ten"}}, "own.changes"),
    ({"set": {"length": True}}, "own.changes"),
    ({"set": {"size": 10}}, "own.changes"),
]


@pytest.mark.parametrize(("change", "code"), FAULTY)
def test_a_faulty_entry_is_named(change: dict[str, Any], code: str) -> None:
    with pytest.raises(BookError) as caught:
        own(entry("CMP-003", {"length": 10}) | change)
    assert caught.value.code == code
    assert "own.yaml第1条" in caught.value.say or "OWN-1" in caught.value.say


@pytest.mark.parametrize("text", ["a: 1", "[1, 2]", "- ]", "- id: 1\n- id: 1"])
def test_what_is_no_list_of_overlays_is_refused(text: str) -> None:
    with pytest.raises(BookError, match=r"own\.yaml"):
        load(text, book(), name="own.yaml")


@pytest.mark.parametrize("field", ["since", "until"])
def test_an_impossible_day_names_file_entry_and_rule(field: str) -> None:
    entries = yaml.safe_dump([entry("CMP-003", {"length": 10}, until=date(2027, 1, 1))])
    day = {"since": "2026-01-01", "until": "2027-01-01"}[field]
    text = entries.replace(f"{field}: {day}", f"{field}: 2026-02-30")
    with pytest.raises(BookError) as caught:
        load(text, book(), name="own.yaml")
    assert "own.yaml第1条 OWN-1（CMP-003）" in caught.value.say
    assert f"{field}“2026-02-30”不是日期" in caught.value.say


def test_ids_are_used_once() -> None:
    with pytest.raises(BookError, match="编号重复"):
        own(entry("CMP-003", {"length": 10}), entry("CMP-004", {"length": 20}))


def test_an_empty_file_is_no_overlay() -> None:
    assert load("", book()) == ()


def test_both_answers_are_shown() -> None:
    overlays = own(entry("MKT-017", {"top_prize_yuan": 30_000}))
    version = book().get("MKT-017", JAN_1)
    found = decide_with(book().rule("MKT-017"), version, FORTY, overlays, JAN_1)
    assert (found.law.verdict, found.own[0][1].verdict) == (Verdict.PASS, Verdict.REFUSE)
    assert found.result.verdict is Verdict.REFUSE
    assert any("取从严结果" in step.say for step in found.result.steps)


def test_it_binds_only_between_its_days() -> None:
    overlays = own(entry("MKT-017", {"top_prize_yuan": 30_000}, until=date(2026, 6, 1)))
    rule, version = book().rule("MKT-017"), book().get("MKT-017", JAN_1)
    assert decide_with(rule, version, FORTY, overlays, date(2026, 5, 31)).own
    assert not decide_with(rule, version, FORTY, overlays, date(2026, 6, 1)).own


def test_when_the_law_becomes_stricter_the_overlay_is_spent() -> None:
    overlays = own(entry("PI-016", {"years": 7}, since=date(2020, 1, 1)))
    rule, new = book().rule("PI-016"), book().get("PI-016", date(2025, 1, 1))
    found = decide_with(rule, new, {"relation_end_on": date(2025, 1, 1)}, overlays, date(2025, 1, 1))
    assert found.spent == ("OWN-1",)
    assert found.result.value == date(2035, 1, 1)


def test_the_complaint_clock_takes_them() -> None:
    overlays = clock_overlays(own(entry("CMP-003", {"length": 10, "unit": "working_day"})), book())
    assert due(ClockFacts(date(2026, 1, 10)), book(), None, overlays).on == date(2026, 1, 23)
    assert due(ClockFacts(date(2026, 9, 25)), book(), None, overlays).on == date(2026, 10, 10)


@pytest.mark.parametrize(
    ("rule", "changes"),
    [("CMP-003", {"length": 16}), ("CMP-999", {"length": 1}), ("MKT-013", {"effect": "refuse"})],
)
def test_every_refusal_names_file_row_and_rule(rule: str, changes: Any) -> None:
    with pytest.raises(BookError) as caught:
        own(entry("MKT-017", {"top_prize_yuan": 30_000}, id="OWN-0"), entry(rule, changes))
    assert caught.value.say.startswith(f"own.yaml第2条 OWN-1（{rule}）：")


def test_an_unknown_unit_names_the_units_there_are() -> None:
    with pytest.raises(BookError, match="没有单位“natural_day”，可用day（日）、working_day（个工作日）"):
        own(entry("CMP-003", {"length": 10, "unit": "natural_day"}))


def test_a_broken_file_names_its_line_in_the_offices_language() -> None:
    with pytest.raises(BookError) as caught:
        load("- id: a\n  set: [\n", book(), name="own.yaml")
    assert caught.value.say == "own.yaml第3行不是有效的 YAML"


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("CMP-003", {"length": 240, "unit": "hour"}),
        ("CMP-004", {"length": 1, "unit": "month"}),
        ("PI-010", {"length": 2, "unit": "day"}),
    ],
)
def test_a_period_is_not_set_in_a_unit_its_clock_does_not_count(rule: str, changes: Any) -> None:
    with pytest.raises(BookError, match="没有单位"):
        own(entry(rule, changes))


IDLE: list[tuple[str, Any, dict[str, Any]]] = [
    ("CMP-003", {"length": 15}, {}),
    ("CMP-003", {"length": 15, "unit": "working_day"}, {}),
    ("CMP-003", {"length": 14, "unit": "working_day"}, {"until": date(2026, 1, 20)}),
    ("CMP-013", {"stage": "核查决定", "length": 30}, {}),
    ("CMP-022", {"length": 40, "unit": "day"}, {}),
    ("CMP-025", {"years": 3}, {}),
    ("CMP-018", {"representatives": 5}, {}),
    ("CMP-029", {"effect": "refuse"}, {}),
    ("CMP-021", {"add": {"website": "官网"}}, {}),
    ("MKT-001", {"block": ["最佳"]}, {}),
    ("GOV-005", {"month": 1, "day": 31}, {}),
    ("PI-015", {"persons": 0}, {}),
]


@pytest.mark.parametrize(("rule", "changes", "more"), IDLE)
def test_an_overlay_that_can_never_bite_is_refused_with_both_places(
    rule: str, changes: Any, more: dict[str, Any]
) -> None:
    with pytest.raises(BookError) as caught:
        own(entry(rule, changes, **more))
    assert caught.value.code == "own.idle"
    assert caught.value.say.startswith(f"own.yaml第1条 OWN-1（{rule}）：")
    assert ".py第" in caught.value.say
    assert "行）" in caught.value.say


@pytest.mark.parametrize(
    ("rule", "changes", "more"),
    [
        ("CMP-003", {"length": 14}, {}),
        ("CMP-003", {"length": 10, "unit": "working_day"}, {}),
        ("CMP-022", {"length": 9, "unit": "day"}, {}),
        ("PI-016", {"years": 7}, {"since": date(2020, 1, 1)}),
        ("CMP-023", {"length": 15}, {}),
    ],
)
def test_one_that_bites_on_a_single_day_may_stand(rule: str, changes: Any, more: dict[str, Any]) -> None:
    assert own(entry(rule, changes, **more))


def test_an_alternative_the_bank_wants_in_any_case_is_stricter() -> None:
    overlays = own(entry("MKT-015", {"require": ["off_switch"]}))
    rule, version = book().rule("MKT-015"), book().get("MKT-015", JAN_1)
    facts = next(example.facts for example in version.examples if example.verdict is Verdict.PASS)
    found = decide_with(rule, version, facts, overlays, JAN_1)
    assert (found.law.verdict, found.result.verdict) == (Verdict.PASS, Verdict.REFUSE)
    for changes, said in (
        ({"require": ["told"]}, "可用non_personal_option（"),
        ({"reason": "x"}, "不认识reason"),
    ):
        with pytest.raises(BookError) as caught:
            own(entry("MKT-015", changes))
        assert said in caught.value.say


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.booleans()
            for name in (
                "non_personal_option",
                "off_switch",
                "pushed_after_off",
                "tags_deletable",
                "price_differs_by_profile",
            )
        },
    ),
    st.lists(st.sampled_from(["off_switch", "non_personal_option"]), unique=True, min_size=1),
)
def test_requiring_an_alternative_is_never_looser(facts: dict[str, bool], wanted: list[str]) -> None:
    rule, version = book().rule("MKT-015"), book().get("MKT-015", JAN_1)
    found = decide_with(rule, version, facts, own(entry("MKT-015", {"require": wanted})), JAN_1)
    assert severity(found.result.verdict) == severity(found.own[0][1].verdict)
    assert severity(found.result.verdict) >= severity(found.law.verdict)
