"""Whose a rule, an overlay, a guard, a calculator or a figure is: a post by kind and room, or a person named for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from xiaobao.base.impact.models import Owner
from xiaobao.base.people.models import User
from xiaobao.base.people.selectors import head_path
from xiaobao.base.rulebook.uses import LeanerKind
from xiaobao.base.rulebook.values import ROOMS
from xiaobao.kernel.roles import Role
from xiaobao.rules.book import book

# The post at the head office that owns the rules of a room, and what uses them.
ROOM_OWNERS: Mapping[str, Role] = {
    "complaints": Role.OFFICER,
    "privacy": Role.OFFICER,
    "marketing": Role.OFFICER,
    "recordings": Role.OFFICER,
    "review": Role.LEADER,
    "service": Role.OFFICER,
    "antifraud": Role.OFFICER,
    "governance": Role.LEADER,
}
# What is signed by the leader is the leader's, whatever the room.
KIND_OWNERS: Mapping[str, Role] = {
    LeanerKind.OVERLAY.value: Role.LEADER,
    LeanerKind.FIGURE.value: Role.LEADER,
}
# Who may be named an owner: a re-reading is work of the consumer-protection office or of a unit's head.
MAY_OWN = frozenset({Role.OFFICER, Role.LEADER, Role.UNIT_HEAD})


class Owned(NamedTuple):
    """The owner of one thing: the post and its unit, and the person where one is named."""

    role: Role
    org_path: str
    user: User | None = None

    @property
    def words(self) -> str:
        """The owner as a page names it."""
        return f"{self.user.display_name}（{self.role.label}）" if self.user else self.role.label


def room_of(rule: str) -> str:
    """The room the rule stands in; complaints for one that is not in the book."""
    found = book().rules.get(rule)
    return found.room if found else "complaints"


def owner_of(kind: str, rule: str) -> Owned:
    """Who owns a thing that leans on the rule: the person named for the rule, else for its room, else the post."""
    room = room_of(rule)
    named = {
        one.scope: one.user
        for one in Owner.objects.filter(scope__in=(rule, room), user__is_active=True).select_related(
            "user__org"
        )
    }
    role = KIND_OWNERS.get(kind, ROOM_OWNERS[room])
    user = named.get(rule) or named.get(room)
    if user is None:
        return Owned(role, head_path())
    held = next((one for one in (role, *sorted(MAY_OWN)) if one.value in user.roles), role)
    return Owned(held, user.org.path, user)


def scope_of_words(said: str) -> str:
    """The room or the rule somebody means by its Chinese name or its id; '' for what is neither."""
    rooms = {words: room for room, words in ROOMS.items()}
    asked = rooms.get(said.strip()) or said.strip()
    return next((one for one in (asked, asked.upper()) if scope_words(one)), "")


def scope_words(scope: str) -> str:
    """A room or a rule as a page names it; '' for what is neither."""
    if scope in ROOMS:
        return ROOMS[scope]
    found = book().rules.get(scope)
    return f"{found.id} {found.title}" if found else ""
