"""Scenario 14: a figure stands trial."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction

from tests.audit.journal import START, person
from tests.figures.annual import Register, full, registered_figure
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.figures.models import FigureFreeze
from xiaobao.base.figures.selectors import figure_list, figure_show, freeze_file
from xiaobao.base.figures.services import figure_freeze
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db
LEADER, EXAMINER = person(Role.LEADER), person(Role.EXAMINER)
BRANCH_HEAD = person(Role.UNIT_HEAD, scope="0001.0007.", org_path="0001.0007.")


@pytest.fixture
def bank() -> Iterator[Register]:
    rows = full()
    with ports.use(ports.seeded(7, START)), registered_figure(rows):
        yield rows


def freeze(reason: str = "", actor: Actor = LEADER) -> FigureFreeze:
    return figure_freeze(actor=actor, figure_id="F99", year=2020, reason=reason)


def test_the_examiner_sees_definition_time_members_and_that_the_hash_matches(bank: Register) -> None:
    freeze()
    view = figure_show("F99", 2020, EXAMINER)
    assert view.sentence == "全年监测客户投诉 4106 笔"
    assert (view.members.total, view.members.masked, len(view.members.rows)) == (4106, 0, 50)
    assert view.freeze is not None
    assert (view.freeze.as_of, view.freeze.version, view.freeze.frozen_by) == (START, 1, "晓敏")
    assert view.digest_holds


def test_all_members_can_be_paged_through(bank: Register) -> None:
    freeze()
    seen, after = [], ""
    while True:
        page = figure_show("F99", 2020, EXAMINER, after=after).members
        seen += [row.id for row in page.rows]
        after = page.after
        if not after:
            break
    assert seen == sorted(bank.rows)


def test_a_case_entered_later_does_not_change_it_and_appears_since_the_freeze(bank: Register) -> None:
    freeze()
    bank.rows["TS2020009999"] = (2020, "0001.0007.")
    bank.rows["TS2020000005"] = (2019, "0001.0007.")
    view = figure_show("F99", 2020, EXAMINER)
    assert (view.value, view.members.total, view.digest_holds) == ("4106", 4106, True)
    assert view.since is not None
    assert [row.id for row in view.since.added.rows] == ["TS2020009999"]
    assert [row.id for row in view.since.vanished.rows] == ["TS2020000005"]
    assert view.live_value == "4106"


def test_members_the_viewer_may_not_see_are_counted_and_masked(bank: Register) -> None:
    freeze()
    view = figure_show("F99", 2020, BRANCH_HEAD)
    visible = sum(path == "0001.0007." for _, path in bank.rows.values())
    assert (view.members.total, view.members.masked) == (4106, 4106 - visible)
    assert len(view.members.rows) + view.members.masked_here == 50
    with pytest.raises(NotAllowed):
        freeze_file("F99", 2020, BRANCH_HEAD)


def test_the_digest_is_the_hash_of_a_file_anybody_can_write(bank: Register) -> None:
    frozen = freeze()
    text = "xiaobao-figure/1\nF99 2020 v1\nas_of 2026-11-23T01:00:00.000000Z\nvalue 4106\nmembers 4106\n"
    text += "".join(f"{number}\n" for number in sorted(bank.rows))
    assert freeze_file("F99", 2020, EXAMINER) == text
    assert frozen.digest == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("change", [{"value": "4107"}, {"members": "TS1"}, {"version": 2}])
def test_an_altered_freeze_no_longer_matches(bank: Register, change: dict[str, object]) -> None:
    from tests.audit.journal import drop_triggers

    freeze()
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        FigureFreeze.objects.update(**change)
    drop_triggers("figures_figurefreeze")
    FigureFreeze.objects.update(**change)
    assert not figure_show("F99", 2020, EXAMINER).digest_holds


def test_a_new_definition_leaves_the_frozen_figure_as_it_was(bank: Register) -> None:
    freeze()
    with registered_figure(bank, version=2, definition="新口径"):
        view = figure_show("F99", 2020, EXAMINER)
    assert view.since is not None
    assert view.freeze is not None
    assert (view.since.definition_changed, view.freeze.version) == (True, 1)
    assert "不含咨询" in view.freeze.definition


def test_freezing_again_needs_a_reason_and_keeps_the_first(bank: Register) -> None:
    first = freeze()
    with pytest.raises(InvalidInput, match=r"figures\.freeze\.reason"):
        freeze("  ")
    bank.rows["TS2020009999"] = (2020, "0001.0007.")
    second = freeze("补录一笔")
    assert (first.revision, second.revision, second.value) == (1, 2, "4107")
    assert FigureFreeze.objects.get(revision=1).digest == first.digest


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEADER, Role.SYSTEM}))
def test_only_the_leader_freezes(bank: Register, role: Role) -> None:
    with pytest.raises(NotAllowed):
        freeze(actor=person(role))
    assert not FigureFreeze.objects.exists()


def test_a_freeze_is_in_the_journal(bank: Register) -> None:
    frozen = freeze()
    entry = AuditEntry.objects.get(tag="figures:figure:freeze")
    assert (entry.object_id, entry.facts["after"]["digest"]) == ("F99/2020", frozen.digest)


def test_what_is_not_there_or_not_yet_is_refused(bank: Register) -> None:
    with pytest.raises(NotFound):
        figure_show("F98", 2020, EXAMINER)
    with pytest.raises(NotFound):
        figure_show("F99", 1999, EXAMINER)
    with pytest.raises(NotFound):
        freeze_file("F99", 2019, EXAMINER)
    with pytest.raises(InvalidInput):
        figure_freeze(actor=LEADER, figure_id="F99", year=2027)


def test_the_report_lists_frozen_and_live_values(bank: Register) -> None:
    bank.rows["TS2021000001"] = (2021, "0001.0007.")
    freeze()
    (line,) = [line for line in figure_list(2020, EXAMINER) if line.figure.id == "F99"]
    assert (line.value, line.freeze is not None) == ("4106", True)
    (line,) = [line for line in figure_list(2021, EXAMINER) if line.figure.id == "F99"]
    assert (line.sentence, line.freeze) == ("全年监测客户投诉 1 笔", None)


def test_a_figure_without_members_is_zero_and_can_be_frozen(bank: Register) -> None:
    frozen = figure_freeze(actor=LEADER, figure_id="F99", year=2019)
    assert (frozen.value, frozen.member_ids) == ("0", ())
    assert figure_show("F99", 2019, EXAMINER).digest_holds
