"""My work and my messages: two lists, nobody else's."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from xiaobao.base.inbox.selectors import counts_of, my_reminders, my_tasks
from xiaobao.base.inbox.services import reminder_read, reminders_read_all
from xiaobao.base.inbox.web.rows import task_row
from xiaobao.base.people.web.asker import actor_of_request
from xiaobao.kernel import ports

PAGE_SIZE = 50


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """我的待办: least remaining time first."""
    actor, now, after = actor_of_request(request), ports.now(), request.GET.get("after", "")
    page = my_tasks(actor, limit=PAGE_SIZE, after=after)
    context = {
        "rows": [task_row(task, now) for task in page.rows],
        "counts": counts_of(actor, now),
        "older": _link("inbox:tasks", after=page.next) if page.next else "",
        "first": _link("inbox:tasks") if after else "",
    }
    return render(request, "inbox/tasks.html", context)


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """消息: newest first, or only those not read yet."""
    actor, after = actor_of_request(request), request.GET.get("after", "")
    unread = request.GET.get("unread") == "1"
    page = my_reminders(actor, limit=PAGE_SIZE, after=after, unread_only=unread)
    kept = {"unread": "1"} if unread else {}
    context = {
        "rows": page.rows,
        "unread": unread,
        "counts": counts_of(actor, ports.now()),
        "older": _link("inbox:messages", **kept, after=page.next) if page.next else "",
        "first": _link("inbox:messages", **kept) if after else "",
    }
    return render(request, "inbox/messages.html", context)


@require_POST
def read(request: HttpRequest, reminder_id: int) -> HttpResponse:
    """Marks one message as read; on to its object, or back to the list."""
    reminder = reminder_read(actor=actor_of_request(request), reminder_id=reminder_id)
    wanted = reminder.link if "open" in request.POST else ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if is_ours else reverse("inbox:messages"), status=303)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Marks every message as read."""
    done = reminders_read_all(actor=actor_of_request(request))
    notes.success(request, f"已将 {done} 条消息标为已读。" if done else "没有未读消息。")
    return HttpResponseRedirect(reverse("inbox:messages"), status=303)


def _link(name: str, **query: str) -> str:
    """The list's address with this query."""
    return f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
