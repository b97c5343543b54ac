"""The side navigation: one literal table, filtered by the posts that may open each page.

An entry whose address does not exist yet is left out, so that the menu never holds a dead link.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

from xiaobao.base.figures.access import COMMANDS as FIGURES
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import ADMIN_ROLES, Role
from xiaobao.site.badges import Badges

OFFICE = frozenset(
    {
        Role.OFFICER,
        Role.LEADER,
        Role.HANDLER,
        Role.UNIT_HEAD,
        Role.EXECUTIVE,
        Role.INTERNAL_AUDIT,
        Role.EXAMINER,
    }
)
EVERYBODY = OFFICE | ADMIN_ROLES
NONE = Badges()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu: where it leads and which posts see it."""

    label: str
    url_name: str
    icon: str
    roles: frozenset[Role]
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An entry ready to draw."""

    label: str
    href: str
    icon: str
    current: bool
    numbers: tuple[tuple[str, str, bool], ...] = ()


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        "",
        (
            Entry("工作台", "complaints:workbench", "home", OFFICE),
            Entry("我的待办", "inbox:tasks", "list", OFFICE, ("inbox:",)),
            Entry("我的消息", "inbox:messages", "bell", OFFICE),
        ),
    ),
    (
        "客户声音",
        (
            Entry("投诉工单", "complaints:list", "complaint", OFFICE, ("complaints:",)),
            Entry("应急通知", "complaints:notices", "clock", OFFICE, ("complaints:notice",)),
            Entry("投诉热力图", "complaints:heat", "heat", OFFICE),
            Entry("全局搜索", "complaints:search", "search", OFFICE),
        ),
    ),
    (
        "治理",
        (
            Entry("规则册", "rulebook:rules", "rule", EVERYBODY, ("rulebook:",)),
            Entry("计算器", "rulebook:calculators", "check", EVERYBODY, ("rulebook:calculator",)),
            Entry("法规库", "law:list", "scale", EVERYBODY, ("law:",)),
            Entry("变动影响", "impact:list", "warn", OFFICE - {Role.HANDLER}, ("impact:",)),
            Entry("年度报告", "figures:report", "report", FIGURES["show"], ("figures:",)),
        ),
    ),
    (
        "系统",
        (
            Entry(
                "审计日志",
                "audit:list",
                "audit",
                frozenset({Role.AUDIT_ADMIN, Role.INTERNAL_AUDIT, Role.EXAMINER}),
                ("audit:",),
            ),
            Entry(
                "事件投递",
                "events:failed",
                "complaint",
                frozenset({Role.SYSTEM_ADMIN}),
                ("events:",),
            ),
            Entry(
                "人员与机构",
                "people:users",
                "people",
                frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}),
                ("people:",),
            ),
        ),
    ),
)


def menu(actor: Actor | None, view_name: str, badges: Badges = NONE) -> list[tuple[str, list[Line]]]:
    """Groups (heading, lines) this actor may open; the line of `view_name` is marked current."""
    if actor is None:
        return []
    names = _current(view_name)
    groups = []
    for heading, entries in MENU:
        lines = [
            Line(entry.label, href, entry.icon, entry.url_name in names, badges.of(entry.url_name))
            for entry in entries
            if actor.roles & entry.roles and (href := _address(entry.url_name))
        ]
        if lines:
            groups.append((heading, lines))
    return groups


@cache
def _current(view_name: str) -> frozenset[str]:
    """Names of the one entry that is current: the exact page before the room around it."""
    entries = [entry for _, group in MENU for entry in group]
    exact = [entry.url_name for entry in entries if entry.url_name == view_name]
    around = [
        (len(prefix), entry.url_name)
        for entry in entries
        for prefix in entry.under
        if view_name.startswith(prefix)
    ]
    return frozenset(exact or ([max(around)[1]] if around else []))


@cache
def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""
