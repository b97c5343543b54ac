"""Papers asked for (CMP-016), joint meetings (CMP-018), major complaints (CMP-019): allowed, refused, illegal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import complaints as make
from xiaobao.base.events.models import Event as Outbox
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain import joint
from xiaobao.duties.complaints.domain.values import Done, MajorCause, MajorFinding, Meeting, Paper, Person
from xiaobao.duties.complaints.models import Event
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, RuleBroken

DAY = date(2026, 3, 2)


def _ask(crew: make.Cast, done: Done, *papers: Paper, who: str = "xiaochen", **facts: Any) -> Done:
    told = {"reason": "核实扣款经过", **facts}
    return services.complaint_ask(
        actor=crew.actor(who), complaint_id=done.complaint_id, papers=papers, **told
    )


def _meet(crew: make.Cast, done: Done, persons: int, came: int, who: str = "xiaochen") -> Done:
    meeting = Meeting(DAY, persons, came, "面谈记录")
    return services.complaint_meet(actor=crew.actor(who), complaint_id=done.complaint_id, meeting=meeting)


def _major(
    crew: make.Cast, done: Done, who: str = "xiaomin", plan: str = "成立处置小组", **facts: Any
) -> Done:
    finding = MajorFinding(**{"cause": MajorCause.OTHER, "plan": plan, **facts})
    return services.complaint_major(actor=crew.actor(who), complaint_id=done.complaint_id, finding=finding)


def test_papers_of_the_articles_list_may_be_asked_and_the_clock_runs_on(crew: make.Cast) -> None:
    done = make.handling(crew)
    after = _ask(crew, done, Paper.CLAIM, Paper.SIGNATURE)
    assert (after.stage, after.due_on) == (done.stage, done.due_on)
    event = Event.objects.filter(complaint_id=done.complaint_id).latest("id")
    assert event.detail["papers"] == ["claim", "signature"]
    assert "CMP-016" in event.rules


@pytest.mark.parametrize(
    ("papers", "held"),
    [
        ((Paper.OTHER,), ()),
        ((Paper.CLAIM, Paper.OTHER), ()),
        ((Paper.CLAIM,), (Paper.CLAIM,)),
        ((Paper.COMPLAINANT,), ()),
    ],
)
def test_what_is_not_listed_or_held_already_is_refused(crew: make.Cast, papers: Any, held: Any) -> None:
    done = make.handling(crew)
    with pytest.raises(RuleBroken) as caught:
        _ask(crew, done, *papers, held=held)
    assert caught.value.rule == "CMP-016"


def test_who_is_not_known_may_be_asked_who_they_are(crew: make.Cast) -> None:
    done = make.handling(crew, persons=(Person("王先生"),))
    assert _ask(crew, done, Paper.COMPLAINANT).version == done.version + 1


def test_nothing_asked_is_no_step(crew: make.Cast) -> None:
    with pytest.raises(InvalidInput):
        _ask(crew, make.handling(crew))


@pytest.mark.parametrize("came", [1, 5])
def test_a_meeting_with_up_to_five_representatives(crew: make.Cast, came: int) -> None:
    done = _meet(crew, make.handling(crew), 30, came)
    event = Event.objects.filter(complaint_id=done.complaint_id).latest("id")
    assert (event.detail["persons"], event.detail["representatives"]) == (30, came)


def test_a_sixth_representative_is_refused_with_the_article(crew: make.Cast) -> None:
    with pytest.raises(RuleBroken) as caught:
        _meet(crew, make.handling(crew), 30, 6)
    assert (caught.value.rule, caught.value.facts["source"]) == ("CMP-018", "令2020年第3号第十二条")


@pytest.mark.parametrize(("persons", "came"), [(1, 1), (3, 0), (3, 4), (-2, 1)])
def test_numbers_that_cannot_be(crew: make.Cast, persons: int, came: int) -> None:
    with pytest.raises(InvalidInput):
        _meet(crew, make.handling(crew), persons, came)


@pytest.mark.parametrize(
    "facts",
    [{"cause": MajorCause.ACCIDENT}, {"face_to_face_persons": 20}, {"regulator_designated": True}],
)
def test_each_case_of_the_article_makes_it_major(crew: make.Cast, facts: dict[str, Any]) -> None:
    done = _major(crew, make.handling(crew), **facts)
    event = Event.objects.filter(complaint_id=done.complaint_id).latest("id")
    assert event.detail["plan"] == "成立处置小组"
    assert "CMP-019" in event.rules
    assert Outbox.objects.filter(name="complaints.MajorFound").count() == 1


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"face_to_face_persons": 19}, ["is_major"]),
        ({}, ["is_major"]),
        ({"regulator_designated": True, "plan": " "}, ["has_plan"]),
    ],
)
def test_without_a_case_or_a_plan_it_is_not(crew: make.Cast, facts: dict[str, Any], lacks: list[str]) -> None:
    with pytest.raises(RuleBroken) as caught:
        _major(crew, make.handling(crew), **facts)
    assert [item.name for item in caught.value.facts["items"]] == lacks


def test_posts_that_may_not(crew: make.Cast) -> None:
    done = make.handling(crew)
    for step in (
        lambda: _ask(crew, done, Paper.CLAIM, who="hangzhang"),
        lambda: _meet(crew, done, 30, 5, "hangzhang"),
        lambda: _major(crew, done, "xiaochen", regulator_designated=True),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_a_closed_complaint_takes_none_of_them(crew: make.Cast) -> None:
    done = make.closed(crew)
    for step in (
        lambda: _ask(crew, done, Paper.CLAIM),
        lambda: _meet(crew, done, 30, 5),
        lambda: _major(crew, done, regulator_designated=True),
    ):
        with pytest.raises(IllegalStep):
            step()


@given(st.sets(st.sampled_from(Paper)), st.sets(st.sampled_from(Paper)))
def test_the_rule_refuses_exactly_what_is_unlisted_or_held(asked: set[Paper], held: set[Paper]) -> None:
    wrong = joint.needless(tuple(asked), tuple(held), DAY)
    assert set(wrong) == {paper for paper in asked if paper is Paper.OTHER or paper in held}


@given(st.integers(0, 60), st.sampled_from(MajorCause), st.booleans())
def test_major_is_one_of_three_cases(persons: int, cause: MajorCause, designated: bool) -> None:
    found = joint.is_major(MajorFinding(cause, "", persons, designated), DAY)
    assert found == (cause is not MajorCause.OTHER or persons >= 20 or designated)


def test_before_the_articles_nothing_was_bound() -> None:
    early = date(2020, 2, 29)
    assert joint.needless((Paper.OTHER,), (), early) == ()
    assert not joint.too_many(9, early)
    assert not joint.is_major(MajorFinding(MajorCause.ACCIDENT, "", 30, True), early)
