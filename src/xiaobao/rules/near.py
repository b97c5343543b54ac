"""Which known name somebody meant who wrote an unknown one."""

from __future__ import annotations

from collections.abc import Iterable


def meant_by(said: str, known: Iterable[str], words: dict[str, str] | None = None) -> str:
    """A half-sentence naming the nearest known names, with what they are called; empty where none is near.

    >>> meant_by("recieved_on", ["received_on", "closed_on"], {"received_on": "收到之日"})
    '，是否指 received_on（收到之日）'
    >>> meant_by("x", ["received_on"])
    ''
    """
    import difflib

    found = difflib.get_close_matches(said, list(dict.fromkeys(known)), 3, 0.7)
    labels = words or {}
    named = (f"{one}（{labels[one]}）" if one in labels else one for one in found)
    return "，是否指 " + "、".join(named) if found else ""
