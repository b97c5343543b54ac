"""The registry: one value a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.figures.annual import Register, figure_of, full, registered_figure
from xiaobao.base.figures.registry import register, registered


def test_the_same_number_twice_is_a_fault_of_the_house() -> None:
    rows = full(1)
    with registered_figure(rows) as figure:
        register(figure)
        with pytest.raises(ValueError, match="F99"):
            register(replace(figure, label="另一个"))


def test_figures_come_in_the_order_of_their_numbers() -> None:
    with registered_figure(Register()):
        ids = [figure.id for figure in registered()]
    assert ids == sorted(ids)
    assert "F99" in ids


def test_a_sentence_is_made_of_label_value_and_unit_unless_given() -> None:
    figure = figure_of(Register())
    assert figure.say(2020, 7) == "全年监测客户投诉 7 笔"
    assert replace(figure, sentence="").say(2020, 7) == "全年监测客户投诉7笔"


def test_every_registered_figure_is_complete() -> None:
    import re

    for figure in registered():
        assert re.fullmatch(r"F\d{2}", figure.id)
        assert figure.kind in {"computed", "recorded"}
        assert figure.definition.endswith("。")
        assert figure.version >= 1
