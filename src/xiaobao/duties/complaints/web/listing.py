"""The list of complaints: tabs, filters, saved views, one page of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from markupsafe import Markup

from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.access import EXPORTERS, allowed
from xiaobao.duties.complaints.domain.rows import Counts, Page
from xiaobao.duties.complaints.domain.values import Command, Tab
from xiaobao.duties.complaints.web import filters
from xiaobao.duties.complaints.web.lines import line_of
from xiaobao.duties.complaints.web.scope import sight_of, viewer_of
from xiaobao.duties.complaints.web.screen import Screen, sentence
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor

SHOWN_TABS = (
    Tab.OPEN,
    Tab.MINE,
    Tab.REGULATOR,
    Tab.DUE_SOON,
    Tab.OVERDUE,
    Tab.UNASSIGNED,
    Tab.PAUSED,
    Tab.DONE,
)
BULK = (Command.ACCEPT, Command.ASSIGN, Command.CODE, Command.CLOSE)


class ListView(Screen):
    """Complaints the asker may see, fifty at a time."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; `cursor` walks on."""
        given = filters.asked(request.GET)
        asked = filters.filters_of(given, ports.today())
        sight = sight_of(request, self.actor)
        viewer = viewer_of(self.actor, sight)
        page = selectors.complaint_list(actor=viewer, filters=asked, cursor=request.GET.get("cursor", ""))
        context = list_context(viewer, given, page, sight.below(viewer.scope), "cursor" in request.GET)
        return self.page("list.html", {**context, "sight": sight})


def list_context(
    actor: Actor, given: Mapping[str, str], page: Page, orgs: Mapping[str, str], is_walking: bool
) -> dict[str, Any]:
    """Everything the list's template needs; two more statements. `orgs`: units one may narrow to."""
    base = reverse("complaints:list")
    counts = selectors.complaint_counts(actor=actor)
    tab = given.get("tab", Tab.OPEN)
    return {
        "lines": [line_of(row) for row in page.rows],
        "tabs": _tabs(base, given, counts),
        "chips": filters.chips(base, given, orgs, {}),
        "selects": _selects(given, orgs),
        "given": dict.fromkeys(filters.KEYS, "") | dict(given),
        "kept": given,
        "base": base,
        "clear": filters.link(base, {"tab": tab, "sort": given.get("sort", "")}),
        "older": filters.link(base, dict(given), cursor=page.next) if page.next else "",
        "first": filters.link(base, given) if is_walking else "",
        "shown": _shown(page, tab, counts, given),
        "sorts": [
            (filters.link(base, given, sort=key), label, given.get("sort", "due") == key)
            for key, label in filters.SORT_LABELS.items()
        ],
        "views": [
            (name, filters.link(base, {key: str(value) for key, value in kept.items()}))
            for name, kept in selectors.views_of(actor=actor)
        ],
        "bulk": [command for command in BULK if allowed(actor.roles, command)],
        "export": filters.link(reverse("complaints:export"), given) if actor.roles & EXPORTERS else "",
        "may_receive": allowed(actor.roles, Command.RECEIVE),
        "more": any(given.get(key) for key in ("stage", "reason", "from", "until")),
    }


def _tabs(base: str, given: Mapping[str, str], counts: Counts) -> list[tuple[str, str, int | None, bool]]:
    chosen = given.get("tab", Tab.OPEN)
    kept = {key: value for key, value in given.items() if key not in ("tab", "sort")}
    return [
        (filters.link(base, kept, tab=tab), tab.label, counts.by_tab.get(tab), tab == chosen)
        for tab in SHOWN_TABS
    ]


def _selects(given: Mapping[str, str], orgs: Mapping[str, str]) -> dict[str, Markup]:
    fixed = {name: filters.fixed_options(name, given.get(name, "")) for name in filters.FIXED_LABELS}
    return fixed | {"org": filters.options([("", "机构：全部"), *orgs.items()], given.get("org", ""))}


def _shown(page: Page, tab: str, counts: Counts, given: Mapping[str, str]) -> str:
    """How many there are: exact where it is known, else what this page holds."""
    total = page.total
    if total is None and not any(value for key, value in given.items() if key not in ("tab", "sort")):
        total = counts.by_tab.get(Tab(tab))
    if total is not None:
        return f"本页 {len(page.rows)} 件，共 {total:,} 件"
    return f"本页 {len(page.rows)} 件" + ("，后面还有" if page.next else "，已到末尾")


class SaveViewView(Screen):
    """Keep the present filters under a name, or drop one."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to the list."""
        given = filters.asked(request.POST)
        name = request.POST.get("name", "").strip()
        try:
            if "drop" in request.POST:
                dropped = request.POST["drop"]
                if services.view_drop(actor=self.actor, name=dropped):
                    messages.info(request, f"视图“{dropped}”已删除。")
            else:
                services.view_save(actor=self.actor, name=name, filters=given)
                messages.success(request, f"已保存视图“{name}”")
        except InvalidInput as error:
            messages.error(request, sentence(error))
        return redirect(filters.link(reverse("complaints:list"), given))
