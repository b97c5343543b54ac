"""A row's template writes values as they are: whatever people typed must be escaped before."""

from __future__ import annotations

from markupsafe import Markup

from tests.complaints.web.test_deadline import row
from xiaobao.duties.complaints.web.lines import line_of, short_reason

NASTY = '"><script>alert(1)</script>'
OURS = {"id", "href", "channel", "channel_class", "state", "state_class", "version", "due"}


def test_everything_typed_is_escaped() -> None:
    line = line_of(
        row(
            3,
            no=NASTY,
            title=NASTY,
            complainant=NASTY,
            org_name=NASTY,
            handler_name=NASTY,
            product=NASTY,
            business_code="",
        )
    )
    for name, value in line._asdict().items():
        assert "<script" not in str(value), name


def test_what_is_not_escaped_is_ours_alone() -> None:
    line = line_of(row(3))
    typed = set(line._fields) - OURS
    assert all(isinstance(getattr(line, name), Markup) for name in typed)


def test_an_uncoded_case_shows_its_product() -> None:
    assert line_of(row(3, business_code="", reason_code="", product="房贷")).business == "房贷"


def test_reasons_lose_the_words_they_share() -> None:
    assert short_reason("因金融机构服务设施引起的投诉") == "服务设施"
