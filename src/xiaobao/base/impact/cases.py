"""Stored facts of the business that can be decided again under another book, and the overlays that lean on a rule.

A room registers its sources from `apps.ready()`; what an asker may not see, the source leaves out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from xiaobao.base.law.leaning import Follower
from xiaobao.kernel.identity import Actor
from xiaobao.rules.impact import Case
from xiaobao.rules.own_standing import standing


class Span(NamedTuple):
    """Whose duties are asked for: those that arose on `since`..`until`; at most `limit` of them, newest first.

    `new_on`: the day of the new law; what arose before it keeps the old answer.
    """

    since: date
    until: date
    new_on: date
    limit: int


class Source(NamedTuple):
    """A room's stored facts: the rules that decide them, and the cases the asker may see."""

    label: str
    rules: frozenset[str]
    cases: Callable[[Actor, Span], Iterable[Case]]


class Overlay(NamedTuple):
    """A stricter period of the bank's own, leaning on rules."""

    id: str
    title: str
    rules: tuple[str, ...]
    link: str = ""


OVERLAYS = "应急通知与本行规定"

_sources: list[Source] = []
_overlays: list[Callable[[], Iterable[Overlay]]] = []


def register(source: Source) -> None:
    """Add a source of stored facts; the same one twice counts once."""
    if source not in _sources:
        _sources.append(source)


def register_overlays(source: Callable[[], Iterable[Overlay]]) -> None:
    """Add a source of overlays; the same one twice counts once."""
    if source not in _overlays:
        _overlays.append(source)


def sources(rules: Iterable[str]) -> list[Source]:
    """The sources one of these rules decides."""
    wanted = set(rules)
    return [source for source in _sources if source.rules & wanted]


def overlays() -> list[Overlay]:
    """Every overlay: those of the bank's file that stand, then those of every room."""
    own = [Overlay(one.id, one.title, (one.rule,), f"/rules/{one.rule}/#own") for one in standing()]
    return [*own, *(overlay for source in _overlays for overlay in source())]


def overlay_followers(rules: Iterable[str]) -> Iterator[Follower]:
    """The overlays that lean on the law by way of these rules."""
    wanted = set(rules)
    if not wanted:
        return
    for overlay in overlays():
        for rule in overlay.rules:
            if rule in wanted:
                yield Follower(OVERLAYS, overlay.id, f"{overlay.id} {overlay.title}", rule, overlay.link)
