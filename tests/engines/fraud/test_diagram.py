"""The picture in the docs is the one the code draws."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from xiaobao.engines.fraud.diagram import arrows, boxes, svg

PICTURE = Path(__file__).parents[3] / "docs/images/fraud-flow.svg"


def test_the_kept_picture_is_current() -> None:
    assert PICTURE.read_text("utf-8") == svg(), (
        "python -m xiaobao.engines.fraud.diagram > docs/images/fraud-flow.svg"
    )


def test_every_arrow_joins_boxes_and_no_two_boxes_share_a_place() -> None:
    drawn = boxes()
    modules = {box.module for box in drawn}
    assert {end for arrow in arrows() for end in (arrow.source, arrow.target)} == modules
    assert len({(box.column, box.row) for box in drawn}) == len(drawn)
    assert ElementTree.fromstring(svg()).tag.endswith("svg")
