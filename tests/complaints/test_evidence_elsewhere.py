"""A complaint handled by another unit: its handler lays in files, the complained-of unit reads them, others see none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories import complaints as made
from tests.factories import files
from xiaobao.base.evidence.models import Evidence
from xiaobao.base.evidence.selectors import evidence_get, evidence_of
from xiaobao.base.evidence.services import evidence_store
from xiaobao.base.people import selectors
from xiaobao.base.people.models import User
from xiaobao.base.people.values import OrgKind
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import AssignOrder, Done
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew(tmp_path: Path, settings: Any) -> made.Cast:
    """The bank, with a card centre that handles what an outlet is blamed for."""
    settings.MEDIA_ROOT = tmp_path
    crew = made.cast()
    centre = made._org(crew.head, "004", "信用卡中心", OrgKind.DEPARTMENT)
    made.user("kazhongxin", "沈悦", centre, Role.HANDLER)
    return crew


@pytest.fixture
def given(crew: made.Cast) -> Done:
    """A complaint about the outlet in the hands of the card centre."""
    done = made.accepted(crew)
    order = AssignOrder(unit_code="004", username="kazhongxin")
    return services.complaint_assign(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, order=order)


def lay_in(crew: made.Cast, done: Done, actor: Actor) -> Evidence:
    return evidence_store(
        actor=actor,
        org_path=crew.outlet.path,
        owner=services.owner_of(done.no),
        kind="investigation",
        name="流水.png",
        content=files.picture("PNG"),
    )


def person(name: str) -> Actor:
    return selectors.actor_of(User.objects.get(username=name))


def test_the_handler_elsewhere_lays_in_a_file_and_names_it(crew: made.Cast, given: Done) -> None:
    handler = person("kazhongxin")
    file = lay_in(crew, given, handler)
    services.complaint_investigate(
        actor=handler, complaint_id=given.complaint_id, text="已调阅流水", evidence=[file.pk]
    )
    assert evidence_get(handler, file.pk) == file


def test_both_sides_read_what_the_other_laid_in(crew: made.Cast, given: Done) -> None:
    file = lay_in(crew, given, crew.actor("xiaochen"))
    for actor in (person("kazhongxin"), crew.actor("xiaochen"), crew.actor("xiaomin")):
        assert list(evidence_of(services.owner_of(given.no), actor)) == [file]


def test_who_may_not_see_the_complaint_sees_no_file(crew: made.Cast, given: Done) -> None:
    file = lay_in(crew, given, person("kazhongxin"))
    stranger = crew.actor("stranger")
    assert not evidence_of(services.owner_of(given.no), stranger)
    with pytest.raises(NotFound):
        evidence_get(stranger, file.pk)
    with pytest.raises(NotFound):
        lay_in(crew, given, stranger)


def test_after_the_complaint_went_on_the_former_handler_sees_nothing(crew: made.Cast, given: Done) -> None:
    file = lay_in(crew, given, person("kazhongxin"))
    order = AssignOrder(unit_code="33001", username="xiaochen", reason="改由网点办理")
    services.complaint_assign(actor=crew.actor("xiaomin"), complaint_id=given.complaint_id, order=order)
    with pytest.raises(NotFound):
        evidence_get(person("kazhongxin"), file.pk)


def test_an_owner_nobody_answers_for_is_seen_by_its_unit_alone(crew: made.Cast, given: Done) -> None:
    file = evidence_store(
        actor=crew.actor("xiaochen"),
        org_path=crew.outlet.path,
        owner="elsewhere:1",
        kind="photo",
        name="照片.png",
        content=files.picture("PNG"),
    )
    with pytest.raises(NotFound):
        evidence_get(person("kazhongxin"), file.pk)
