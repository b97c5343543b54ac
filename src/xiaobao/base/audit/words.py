"""The journal in words: what a tag, a changed field and its value are called in the office.

Every room names its own in `messages.py` (or `domain/messages.py`): `TRAIL` maps `room:object` and
`room:object:verb` to their words, `TRAIL_FIELDS` the names of changed fields, `TRAIL_TERMS` a field
to the words of its values. What no room has named is shown as it was written.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps

from xiaobao.kernel import ports
from xiaobao.kernel.money import yuan

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")


class Words(NamedTuple):
    """What all rooms together have named."""

    tags: Mapping[str, str]
    fields: Mapping[str, str]
    terms: Mapping[str, Mapping[str, str]]


@cache
def words() -> Words:
    """The words of every installed room, gathered once."""
    found = Words({}, {}, {})
    for config in apps.get_app_configs():
        for name in (f"{config.name}.messages", f"{config.name}.domain.messages"):
            if config.name.startswith("xiaobao.") and _exists(name):
                module = importlib.import_module(name)
                found = Words(
                    {**found.tags, **getattr(module, "TRAIL", {})},
                    {**found.fields, **getattr(module, "TRAIL_FIELDS", {})},
                    _joined(found.terms, getattr(module, "TRAIL_TERMS", {})),
                )
    return found


def _joined(
    known: Mapping[str, Mapping[str, str]], more: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    """Two rooms may both have a `kind`: their values stand beside each other."""
    return {**known, **{name: {**known.get(name, {}), **terms} for name, terms in more.items()}}


def tag_words(tag: str) -> str:
    """投诉 · 受理 for `complaints:complaint:accept`; the tag itself where its room has no words for it."""
    thing, _, _ = tag.rpartition(":")
    deed = words().tags.get(tag)
    return f"{words().tags.get(thing, thing)} · {deed}" if deed else tag


def object_words(key: str) -> str:
    """投诉 679 · 告知延期 for the task key `complaint:679:notify`; a bare number or place as it is."""
    kind, _, rest = key.partition(":")
    number, _, deed = rest.partition(":")
    thing = next((tag for tag in words().tags if tag.endswith(f":{kind}") and tag.count(":") == 1), "")
    if not thing or not number:
        return key
    about, _, named = deed.partition(":")
    what = words().tags.get(f"{thing}:{about}") or words().terms.get("about", {}).get(about, about)
    what = f"{what} {named}".strip()
    return f"{words().tags[thing]} {number}{f' · {what}' if what else ''}"


def tag_choices() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(prefix, thing, its tags with their deeds) for a filter, in the order the rooms name them."""
    things = {tag: name for tag, name in words().tags.items() if tag.count(":") == 1}
    return [
        (
            f"{thing}:",
            name,
            [(tag, deed) for tag, deed in words().tags.items() if tag.startswith(f"{thing}:")],
        )
        for thing, name in things.items()
    ]


def field_words(name: str) -> str:
    """What a changed field is called."""
    return words().fields.get(name, name)


def value_words(name: str, value: Any, units: Mapping[str, str]) -> str:
    """A value as the office reads it; `units` names the units by their path."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value_words(name, item, units) for item in value) or "—"
    if name.endswith("_fen"):
        return f"{yuan(int(value))} 元"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return _text(name, str(value), units)


def _text(name: str, text: str, units: Mapping[str, str]) -> str:
    term = words().terms.get(name, {}).get(text)
    if term:
        return term
    if name == "path" or name.endswith("_path"):
        return units.get(text, text)
    if _MOMENT.fullmatch(text):
        return f"{ports.local(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"
    return text


def _exists(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False
