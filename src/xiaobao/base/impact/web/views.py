"""A change of the law on screen: the text, what leans on it, what is decided differently, who reads it again."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xiaobao.base.audit.web.asker import actor_of_request
from xiaobao.base.impact import selectors, services
from xiaobao.base.impact.access import COMMANDS
from xiaobao.base.impact.messages import MESSAGES
from xiaobao.base.impact.models import ReviewState
from xiaobao.base.impact.values import READ_AGAIN, Impact, Touched
from xiaobao.base.law.web.blocks import CHANGES
from xiaobao.base.rulebook.uses import LeanerKind
from xiaobao.engines.lawtext import Change
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor

# So many differing decisions are listed; the count is of all.
MOST_SHOWN = 200


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Every law that is here in more than one version."""
    actor = actor_of_request(request)
    return render(request, "impact/list.html", {"found": selectors.changes_list(actor=actor)})


@require_http_methods(["GET", "HEAD", "POST"])
def owners(request: HttpRequest) -> HttpResponse:
    """Whose each room of rules is; a person is named, or the post takes it back."""
    actor = actor_of_request(request)
    if request.method == "POST":
        return _named(request, actor)
    context = {"rows": selectors.owners_list(actor=actor), "may_own": actor.has(*COMMANDS["own"])}
    return render(request, "impact/owners.html", context)


def _named(request: HttpRequest, actor: Actor) -> HttpResponse:
    scope, username = request.POST.get("scope", ""), request.POST.get("username", "")
    try:
        made = services.owner_name(actor=actor, scope=scope, username=username)
    except InvalidInput as error:
        messages.error(request, MESSAGES[error.code].format_map(error.facts))
    else:
        messages.success(request, f"已指定{made.user.display_name}" if made else "已改回由岗位负责")
    return HttpResponseRedirect(reverse("impact:owners"))


@require_safe
def change(request: HttpRequest, code: str, span: str) -> HttpResponse:
    """One change in three layers."""
    actor = actor_of_request(request)
    old, _, new = span.partition("..")
    found = selectors.impact_show(actor=actor, code=code, old=old, new=new)
    context = {
        "impact": found,
        "diff": found.diff,
        "shelf": found.diff.shelf,
        "span": span,
        "kinds": [(kind, found.diff.counts[kind.value], *CHANGES[kind]) for kind in Change],
        "words": {kind.value: CHANGES[kind] for kind in Change},
        "groups": _groups(found.touched),
        "differences": found.compared.differences[:MOST_SHOWN],
        "tally": Counter(one.case.source for one in found.compared.differences),
        "open": sum(review.state == ReviewState.OPEN for review in found.reviews),
        "states": ReviewState,
        "kind_words": {kind.value: kind.label for kind in LeanerKind},
        "may_open": actor.has(*COMMANDS["open"]),
        "may_close": actor.has(*COMMANDS["close"]),
        "asker": actor.user_id,
        "unread": _unread(found),
    }
    return render(request, "impact/show.html", context)


def _groups(touched: tuple[Touched, ...]) -> list[tuple[LeanerKind, list[Touched]]]:
    found = [(kind, [one for one in touched if one.kind is kind]) for kind in LeanerKind]
    return [(kind, ones) for kind, ones in found if ones]


def _unread(found: Impact) -> int:
    """How many things to read again have no review yet."""
    known = {(review.kind, review.key) for review in found.reviews}
    wanted = {
        (one.kind.value, one.key[:160]) for one in found.touched if one.kind in READ_AGAIN and one.is_changed
    }
    return len(wanted - known)


@require_POST
def open_reviews(request: HttpRequest, code: str, span: str) -> HttpResponse:
    """Give every leaning thing to its owner."""
    actor = actor_of_request(request)
    old, _, new = span.partition("..")
    made = services.impact_open(actor=actor, code=code, old=old, new=new)
    at_once = sum(review.state == ReviewState.RENEWED for review in made)
    said = f"，其中 {at_once} 项已有引用新条文的版本，当场办结" if at_once else ""
    messages.success(request, f"已派发 {len(made)} 项复核{said}")
    return HttpResponseRedirect(reverse("impact:show", args=[code, span]) + "#reviews")


@require_POST
def close_review(request: HttpRequest, review_id: int) -> HttpResponse:
    """Read again, and nothing to change."""
    actor = actor_of_request(request)
    try:
        review = services.review_close(actor=actor, review_id=review_id, note=request.POST.get("note", ""))
    except InvalidInput as error:
        messages.error(request, MESSAGES[error.code].format_map(error.facts))
        review = selectors.review_get(review_id=review_id)
    else:
        messages.success(request, f"已复核：{review.title}")
    span = f"{review.old_on}..{review.new_on}"
    return HttpResponseRedirect(
        reverse("impact:show", args=[review.instrument, span]) + f"#review-{review.pk}"
    )
