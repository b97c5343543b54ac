"""What surrounds every page: menu with its numbers, person, theme, text size, messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from xiaobao.duties.complaints.domain.access import READERS
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role
from xiaobao.site.badges import badges_of
from xiaobao.site.navigation import Line, menu

THEMES = ("light", "dark")
SIZES = ("normal", "large")


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page for one asker."""

    theme: str
    size: str
    name: str
    post: str
    initial: str
    groups: list[tuple[str, list[Line]]]
    messages: Iterable[Any]
    preferences: str
    search: str
    search_text: str
    links: tuple[tuple[str, str, str], ...]
    logout: str
    unread: int = 0

    @property
    def is_known(self) -> bool:
        """Whether somebody is logged in."""
        return bool(self.name)


def shell_of(request: HttpRequest | None) -> Shell:
    """The frame for this request; a bare one where nobody is logged in or there is no request."""
    user: Any = getattr(request, "user", None)
    actor: Actor | None = getattr(request, "actor", None)
    match = getattr(request, "resolver_match", None)
    name = actor.name if actor else ""
    view_name = match.view_name if match else ""
    badges = badges_of(actor, fresh=view_name.startswith("inbox:"))
    return Shell(
        theme=_one_of(THEMES, getattr(user, "theme", "")),
        size=_one_of(SIZES, getattr(user, "text_size", "")),
        name=name,
        post="、".join(Role.label_of(role) for role in sorted(actor.roles)) if actor else "",
        initial=name[:1],
        groups=menu(actor, view_name, badges),
        messages=get_messages(request) if request is not None else (),
        preferences=address("people:preferences"),
        search=address("complaints:search") if actor and actor.roles & READERS else "",
        search_text=request.GET.get("q", "") if request is not None and _is_search(match) else "",
        links=_links(),
        logout=address("account_logout"),
        unread=badges.unread,
    )


def _is_search(match: Any) -> bool:
    return bool(match and match.view_name == "complaints:search")


def _one_of(allowed: tuple[str, ...], value: str) -> str:
    return value if value in allowed else allowed[0]


@cache
def address(name: str) -> str:
    """The address of a named page without arguments, or '' where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def _links() -> tuple[tuple[str, str, str], ...]:
    wanted = (("我的账户", "people:me", "user"), ("我的消息", "inbox:messages", "bell"))
    return tuple((label, href, icon) for label, name, icon in wanted if (href := address(name)))
