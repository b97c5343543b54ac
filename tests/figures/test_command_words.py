"""What the console prints for one figure: Chinese words, no raw document."""

from __future__ import annotations

import re

import pytest

from tests.audit.journal import START, person
from tests.figures.annual import full, registered_figure
from xiaobao.base.figures.document import figure_document
from xiaobao.base.figures.selectors import figure_show
from xiaobao.base.figures.services import figure_freeze
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role
from xiaobao.site.commands.figures import _print

pytestmark = pytest.mark.django_db


def test_a_frozen_figure_is_printed_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    leader = person(Role.LEADER)
    with ports.use(ports.seeded(7, START)), registered_figure(full()):
        _print(figure_document(figure_show("F99", 2020, leader)))
        assert "定稿：未定稿" in capsys.readouterr().out
        figure_freeze(actor=leader, figure_id="F99", year=2020, reason="")
        _print(figure_document(figure_show("F99", 2020, leader)))
    shown = capsys.readouterr().out
    assert "定稿以来：新增 0 条，减少 0 条，口径未变" in shown
    assert "第 1 次，成员 4106 条，校验一致" in shown
    assert "{" not in shown
    assert not re.search(r"^[a-z_]{3,}", shown, re.MULTILINE)
