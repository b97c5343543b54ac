"""What pages are drawn with: escaped as ever, one token a page, addresses as `reverse` gives them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from xiaobao.site.drawing import CsrfInput, address, written
from xiaobao.site.jinja import environment

SCRIPT = "<script>alert('1 & \"2\"')</script>"


class Own:
    """Something that draws itself."""

    def __html__(self) -> str:
        """Its drawing."""
        return "<i>own</i>"


def drawn(source: str, **context: Any) -> str:
    return environment().from_string(source).render(**context)


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.floats(), st.booleans(), st.none()))
def test_a_value_is_written_as_escape_writes_it(value: Any) -> None:
    assert "".join(["", written(value)]) == str(escape(value))


def test_what_draws_itself_is_not_escaped_and_all_else_is() -> None:
    values = {"own": Own(), "safe": Markup("<b>"), "bad": SCRIPT}
    assert drawn("{{ own }}{{ safe }}{{ bad }}", **values) == f"<i>own</i><b>{escape(SCRIPT)}"


@pytest.mark.parametrize(
    "source",
    [
        "{{ bad }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(bad) }}",
        "{% set x %}{{ bad }}{% endset %}{{ x }}",
        "{% for one in [bad] %}{{ one }}{% endfor %}",
        "{{ '<b>' ~ bad }}",
        "{{ bad | upper }}",
        "{{ [bad] | join('<br>') }}",
        "{{ '%s' | format(bad) }}",
        "{{ bad if true }}",
    ],
)
def test_no_way_of_writing_lets_a_tag_through(source: str) -> None:
    assert "<" not in drawn(source, bad=SCRIPT)


def test_what_is_missing_is_still_an_error() -> None:
    with pytest.raises(UndefinedError):
        drawn("{{ nothing }}")


def test_the_forms_of_a_page_share_one_token_and_pages_do_not() -> None:
    template = engines["jinja2"].from_string("{{ csrf_input }}{{ csrf_input }}")
    pages = [template.render({}, RequestFactory().get("/")) for _ in range(2)]
    tokens = [re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page) for page in pages]
    assert all(len(found) == 2 and found[0] == found[1] for found in tokens)
    assert tokens[0] != tokens[1]


def test_a_page_without_a_form_makes_no_token() -> None:
    request = RequestFactory().get("/")
    engines["jinja2"].from_string("nothing").render({}, request)
    assert "CSRF_COOKIE" not in request.META
    assert "csrfmiddlewaretoken" in CsrfInput(request).__html__()
    assert "CSRF_COOKIE" in request.META


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("complaints:list", ()),
        ("complaints:page", (7,)),
        ("complaints:page", (10**12,)),
        ("complaints:reveal", (7, 7919104729)),
        ("complaints:reveal", (7, 8)),
        ("rulebook:rule", ("CMP-003",)),
    ],
)
def test_an_address_is_what_reverse_says(name: str, args: tuple[Any, ...]) -> None:
    for _ in range(2):
        assert address(name, *args) == reverse(name, args=args or None)


@pytest.mark.parametrize(
    ("name", "args"), [("complaints:page", ()), ("complaints:page", (-1,)), ("no:such", ())]
)
def test_an_address_that_is_none_is_refused(name: str, args: tuple[Any, ...]) -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address(name, *args)
