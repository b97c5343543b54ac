"""From a refusal to its Chinese sentence, whichever room refused."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from typing import Any

from django.apps import apps

from xiaobao.kernel.errors import XiaobaoError


@cache
def catalogue() -> dict[str, str]:
    """Code -> Chinese sentence, from `messages.py` or `domain/messages.py` of every installed room."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if not app.name.startswith("xiaobao."):
            continue
        for name in (f"{app.name}.messages", f"{app.name}.domain.messages"):
            if _exists(name):
                found.update(importlib.import_module(name).MESSAGES)
    return found


def sentence_of(error: XiaobaoError) -> str:
    """What happened, which rule, what to do next: the caller's words, or the room's; '' for an unknown code."""
    if error.say:
        return error.say
    return catalogue().get(error.code, "").format_map(_Facts(error.facts))


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


class _Facts(dict[str, Any]):
    """A fact the sentence asks for and nobody gave stays visible as a blank line."""

    def __missing__(self, key: str) -> str:
        return "＿＿"
