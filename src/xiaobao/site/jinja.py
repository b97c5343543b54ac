"""The Jinja2 environment of the screens: a few functions, autoescape on, undefined is an error."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from jinja2 import Environment, StrictUndefined

from xiaobao.kernel.money import yuan
from xiaobao.site import formats


def environment(**options: Any) -> Environment:
    """Django's Jinja2 options plus what templates may call."""
    env = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(static=static, url=_url)
    env.filters.update(yuan=yuan, day=formats.day, moment=formats.moment, count=formats.count)
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)
