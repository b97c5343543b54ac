"""The journal on screen: parse, ask a selector or a service, render."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xiaobao.base.audit import selectors, services, verifier, words
from xiaobao.base.audit.access import COMMANDS, demand
from xiaobao.base.audit.heads import head_document
from xiaobao.base.audit.terms import Problem, Via
from xiaobao.base.audit.web.asker import actor_of_request
from xiaobao.base.audit.web.forms import FilterForm
from xiaobao.kernel.errors import RuleBroken
from xiaobao.kernel.roles import Role

PAGE = 50
MOST_ROWS_ON_REQUEST = 200_000


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Entries of the asker's subtree, newest first."""
    actor = actor_of_request(request)
    form = FilterForm(request.GET)
    text = request.GET.get("before", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    found = selectors.entries(actor, form.filters(), before=before, limit=PAGE + 1)
    kept = {key: value for key, value in request.GET.items() if value and key in form.fields}
    older = f"?{urlencode({**kept, 'before': found[PAGE - 1].pk})}" if len(found) > PAGE else ""
    context = {
        "form": form,
        "choices": words.tag_choices(),
        "entries": found[:PAGE],
        "what": {entry.tag: words.tag_words(entry.tag) for entry in found[:PAGE]},
        "objects": {entry.object_id: words.object_words(entry.object_id) for entry in found[:PAGE]},
        "names": selectors.org_names(entry.org_path for entry in found[:PAGE]),
        "numbers": {entry.pk: selectors.entry_number(entry) for entry in found[:PAGE]},
        "older": older,
        "first": f"?{urlencode(kept)}" if before else "",
        "narrowed": bool(kept),
    }
    return render(request, "audit/list.html", context)


@require_safe
def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One entry with everything it says."""
    found = selectors.entry_get(actor_of_request(request), entry_id)
    facts = found.facts
    context = {
        "entry": found,
        "facts": facts,
        "number": selectors.entry_number(found),
        "problem": selectors.entry_problem(found),
        "via": Via.label_of(facts["via"]),
        "names": selectors.org_names([facts["org"], facts["actor"]["org"]]),
        "roles": "、".join(Role.label_of(role) for role in facts["actor"]["roles"]),
        "what": words.tag_words(found.tag),
        "changes": _changes(facts["before"] or {}, facts["after"] or {}),
    }
    return render(request, "audit/entry.html", context)


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """The newest signed heads."""
    actor = actor_of_request(request)
    found = selectors.heads(actor)
    context = {
        "heads": found,
        "size": selectors.journal_size(),
        "may_sign": actor.has(*COMMANDS["sign"]),
    }
    return render(request, "audit/heads.html", context)


@require_safe
def head(request: HttpRequest, size: int) -> HttpResponse:
    """One head as a file to keep outside the system."""
    found = selectors.head_get(actor_of_request(request), size)
    text = json.dumps(head_document(found), ensure_ascii=False, indent=1) + "\n"
    return _download(text, f"xiaobao-head-{size}.json", "application/json")


@require_safe
def verifier_file(request: HttpRequest) -> HttpResponse:
    """The stand-alone verifier."""
    demand(actor_of_request(request), "read")
    return _download(Path(verifier.__file__).read_text(encoding="utf-8"), "verifier.py", "text/x-python")


@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """A head signed now."""
    found = services.head_sign(actor=actor_of_request(request))
    messages.success(request, f"已签发树头：{found.size} 条。请下载并存放在系统以外。")
    return HttpResponseRedirect(reverse("audit:heads"))


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """What the verifications found."""
    actor = actor_of_request(request)
    context = {
        "checks": selectors.checks(actor),
        "breaks": selectors.breaks(actor),
        "problems": {term.value: term.label for term in Problem},
        "may_explain": actor.has(*COMMANDS["explain"]),
        "size": selectors.journal_size(),
        "shortest": services.SHORTEST_EXPLANATION,
    }
    return render(request, "audit/verify.html", context)


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """A verification now; long journals are verified at night or from the console."""
    actor = actor_of_request(request)
    demand(actor, "verify")
    if selectors.journal_size() > MOST_ROWS_ON_REQUEST:
        say = "日志较长，网页上不即时核验；每晚自动核验，也可由系统管理员运行 xiaobao audit verify"
        raise RuleBroken("audit.check.long", say=say)
    done = services.journal_check(actor=actor)
    if done.breaks:
        messages.error(request, f"核验未通过：第一处断裂在树中序号 {done.first_bad}，共 {done.breaks} 处。")
    else:
        messages.success(request, f"核验通过：{done.rows} 条记录、{done.heads} 个树头均无异常。")
    return HttpResponseRedirect(reverse("audit:verify"))


@require_POST
def explain(request: HttpRequest, break_id: int) -> HttpResponse:
    """The audit admin's explanation of one broken link."""
    actor = actor_of_request(request)
    text = request.POST.get("explanation", "")
    found = services.break_explain(actor=actor, break_id=break_id, explanation=text)
    messages.success(request, f"已记录对树中序号 {found.number} 处异常的说明。")
    return HttpResponseRedirect(reverse("audit:verify"))


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Field, value before, value after, all in words; only what differs where both are known."""
    names = [*before, *(name for name in after if name not in before)]
    shown = [name for name in names if not (before and after) or before.get(name) != after.get(name)]
    units = selectors.org_names(
        str(side[name]) for side in (before, after) for name in side if "path" in name
    )
    return [
        (
            words.field_words(name),
            words.value_words(name, before.get(name), units),
            words.value_words(name, after.get(name), units),
        )
        for name in shown
    ]


def _download(text: str, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
