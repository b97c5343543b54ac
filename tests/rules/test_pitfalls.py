"""The twelve pitfalls of the design, each a test (and the four named beside them)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from tests.groups import SHARED
from tests.rules.calculators.asking import ask
from xiaobao.engines.lawtext import LawText, counts, split
from xiaobao.rules.book import BookError, book
from xiaobao.rules.calendar import OutsideCalendar, calendar_at
from xiaobao.rules.complaint_clock import (
    Approver,
    ClockFacts,
    Complexity,
    Due,
    Extension,
    ExtensionKind,
    Overlay,
    Pause,
    PauseKind,
    Source,
    due,
)
from xiaobao.rules.deciding import decide
from xiaobao.rules.own_rules import load
from xiaobao.rules.values import Outcome, Unit, Verdict

MAR_1 = date(2026, 3, 1)


def complaint(received: date, *overlays: Overlay, **more: Any) -> Due:
    return due(ClockFacts(received, **more), book(), None, overlays)


def answer(rule: str, on: date, **facts: Any) -> Outcome:
    return decide(book().rule(rule), book().get(rule, on), facts)


def places(rule: str, on: date) -> list[str]:
    return [cite.full for cite in book().get(rule, on).cites]


def mediation(since: date, until: date) -> Pause:
    return Pause(PauseKind.MEDIATION, since, until)


def test_1_day_zero_is_not_counted_and_the_last_day_is() -> None:
    found = complaint(date(2026, 1, 10))
    assert found.on == date(2026, 1, 25)
    assert [found.is_overdue(date(2026, 1, day)) for day in (25, 26)] == [False, True]


def test_2_five_years_from_a_leap_day_end_on_the_28th() -> None:
    found = answer("DR-006", date(2028, 2, 29), contract_end_on=date(2028, 2, 29))
    assert found.value == date(2033, 2, 28)
    assert ask("audit-cycle", "audit=internal;last_on=2024-02-29").value == date(2029, 2, 28)


def test_3_a_renumbered_duty_is_cited_by_the_text_of_its_day() -> None:
    assert places("PI-017", date(2025, 12, 31)) == ["L04@2017-06-01:21.1.3"]
    assert places("PI-017", date(2026, 1, 1)) == ["L04@2026-01-01:23.1.3"]
    assert ask("retention", "files=log;logged_on=2025-12-31").steps[0].cite == "L04@2017-06-01:21.1.3"


def test_4_several_sources_join_on_their_own_days() -> None:
    assert "N01@2023-03-01:40" in places("MKT-008", date(2023, 6, 1))
    assert "R15@2024-07-01:24" not in places("MKT-008", date(2024, 6, 30))
    assert "R15@2024-07-01:24" in places("MKT-008", date(2024, 7, 1))


def test_5_a_lengthened_period_leaves_the_transition_to_a_jurist() -> None:
    over = answer("PI-016", date(2019, 6, 30), relation_end_on=date(2019, 6, 30))
    running = answer("PI-016", date(2020, 1, 1), relation_end_on=date(2020, 1, 1))
    assert (over.verdict, over.value) == (Verdict.DUE, date(2024, 6, 30))
    assert (running.verdict, running.missing) == (Verdict.UNDECIDED, ("transition_reading",))


def test_6_a_future_law_is_silent_until_its_day() -> None:
    assert "MKT-013" not in book().at(date(2026, 9, 29))
    assert "MKT-013" in book().at(date(2026, 9, 30))


def test_7_an_unrecorded_year_is_named_with_two_bounds() -> None:
    assert calendar_at().add_working(date(2026, 9, 25), 7) == date(2026, 10, 12)
    with pytest.raises(OutsideCalendar, match="2027年的放假安排未录入") as caught:
        calendar_at().add_working(date(2026, 12, 28), 7)
    assert caught.value.facts["earliest"] < caught.value.facts["latest"]


def test_8_pauses_that_overlap_come_late_or_lack_notice() -> None:
    both = (
        mediation(date(2026, 3, 5), date(2026, 3, 24)),
        mediation(date(2026, 3, 20), date(2026, 3, 30)),
    )
    untold = Pause(PauseKind.APPRAISAL, date(2026, 3, 5), date(2026, 3, 14), told=False)
    late = mediation(date(2026, 3, 20), date(2026, 3, 30))
    assert complaint(MAR_1, pauses=both).on == date(2026, 4, 11)
    assert complaint(MAR_1, pauses=(late,)).on == date(2026, 3, 16)
    assert complaint(MAR_1, pauses=(untold,)).on == date(2026, 3, 16)


def test_9_two_regulators_and_two_approvers_the_earlier_day() -> None:
    granted = Extension(ExtensionKind.PBOC, Approver.COMPLAINT_LEAD, MAR_1, MAR_1)
    found = complaint(
        MAR_1, source=Source.PBOC, complexity=Complexity.COMPLEX, reason="跨行", extensions=(granted,)
    )
    assert {track.id: track.on for track in found.tracks} == {
        "CMP-004": date(2026, 3, 31),
        "CMP-023": date(2026, 4, 30),
    }
    assert found.on == date(2026, 3, 31)


def test_10_an_own_period_in_another_unit_is_compared_on_its_results() -> None:
    own = Overlay("T-1", "本行目标", 10, Unit.WORKING_DAY, date(2020, 1, 1))
    assert complaint(date(2026, 1, 10), own).on == date(2026, 1, 23)
    looser = complaint(date(2026, 9, 25), own)
    assert looser.on == date(2026, 10, 10)
    assert "10个工作日为2026-10-15，晚于法定2026-10-10，不采用" in looser.unused[0].say


def test_11_asking_more_of_the_customer_is_refused_with_its_articles() -> None:
    entry = {
        "id": "OWN-1",
        "rule": "CMP-017",
        "title": "公证委托",
        "level": "bank",
        "since": date(2026, 1, 1),
        "set": {"add": {"notarised_proxy": "公证委托书"}},
        "signed_by": ["王一", "李二"],
    }
    with pytest.raises(BookError, match="第十三条第二款、第十四条"):
        load(yaml.safe_dump([entry], allow_unicode=True), book(), name="own.yaml")


def text(prefix: str) -> LawText:
    file = next((SHARED / "data/regulations").glob(f"{prefix}_*.md"))
    return split(file.read_text("utf-8"))


@pytest.mark.real
def test_12_the_irregular_texts_are_taken_in_as_they_stand() -> None:
    assert counts(text("R14")).chapters == 7
    assert counts(text("R02")).items == 32
    assert counts(text("R07")).articles == 13
    assert counts(text("N09")).items == 85
    assert counts(text("L21")).first == 463
    last = text("N07").article(79)
    assert last is not None
    assert len(last.paragraphs) == 1
    assert [(remark.code, remark.article) for remark in text("R15").remarks] == [("loss", 50)]


@pytest.mark.real
def test_12_a_dropped_article_makes_the_text_unfit() -> None:
    broken = (SHARED / "data/regulations" / "L04_网络安全法.md").read_text("utf-8")
    at, after = broken.index("\n第二十一条"), broken.index("\n第二十二条")
    found = split(broken[:at] + broken[after:])
    assert [remark.say for remark in found.remarks if remark.grave] == ["第二十一条缺"]
    assert not found.is_whole


def test_beside_them_the_court_closes_before_midnight() -> None:
    found = ask("mediation-confirmation", "agreed_on=2026-03-01")
    assert any(step.cite == "L20@2021-01-01:203.2" for step in found.steps)


def test_beside_them_hours_start_at_the_event() -> None:
    found = ask("leak-notice", "confirmed_at=2026-03-01T09:00;endangers=否")
    assert found.steps[0].cite == "L20@2021-01-01:201.2"
    assert any("首日不计入" in step.say for step in found.unused)


def test_beside_them_a_missing_fact_is_undecided_never_false() -> None:
    found = answer("MKT-008", MAR_1)
    assert found.verdict is Verdict.UNDECIDED
    assert found.missing
