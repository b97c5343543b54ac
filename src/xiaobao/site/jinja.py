"""The Jinja2 environment of the screens: a few functions, autoescape on, undefined is an error."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.templatetags.static import static
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from xiaobao.base.law.links import article_url, cite_parts, cite_url
from xiaobao.base.people.web.devices import device_words
from xiaobao.kernel import ports
from xiaobao.kernel.money import yuan
from xiaobao.site import formats
from xiaobao.site.drawing import Generator, address, written
from xiaobao.site.shell import shell_of


class Pages(Environment):
    """Jinja2's environment, drawing as `site.drawing` says."""

    code_generator_class = Generator
    written = staticmethod(written)


def environment(**options: Any) -> Environment:
    """Django's Jinja2 options plus what templates may call."""
    options = {"autoescape": True, **options, "undefined": StrictUndefined}
    env = Pages(trim_blocks=True, lstrip_blocks=True, **options)  # (Django turns escaping on)
    env.add_extension("jinja2.ext.do")
    env.globals.update(
        static=cache(static), url=address, icon=icon, shell_of=shell_of, today=ports.today, now=ports.now
    )
    env.globals.update(article_url=article_url, cite_url=cite_url, cite_parts=cite_parts)
    env.filters.update(
        yuan=yuan,
        day=formats.day,
        moment=formats.moment,
        deadline=formats.deadline,
        count=formats.count,
        long_day=formats.long_day,
        short_moment=formats.short_moment,
        file_size=formats.file_size,
        device=device_words,
    )
    return env


@cache
def icon(name: str) -> Markup:
    """The drawing of this name from the sprite `xb/icons.svg`; hidden from screen readers."""
    return Markup('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        static("xb/icons.svg"), name
    )
