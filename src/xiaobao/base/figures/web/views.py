"""The annual report and its figures on screen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from xiaobao.base.audit.selectors import audit_alarm
from xiaobao.base.audit.web.asker import actor_of_request
from xiaobao.base.figures import selectors, services
from xiaobao.base.figures.access import COMMANDS
from xiaobao.base.figures.values import FigureLine
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput

SUMMARY = "摘要"


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """On to the asked year, else to the last one with a frozen figure, else to the last full one."""
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and len(asked) == 4:
        return HttpResponseRedirect(reverse("figures:year", args=[int(asked)]))
    last = ports.today().year
    years = selectors.report_years(actor_of_request(request), last)
    frozen = [year for year, count in years.items() if count]
    return HttpResponseRedirect(reverse("figures:year", args=[max(frozen, default=last - 1)]))


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Every figure of the year with its sentence, definition, digest."""
    actor = actor_of_request(request)
    lines = selectors.figure_list(year, actor)
    this_year = ports.today().year
    context = {
        "year": year,
        "this_year": this_year,
        "years": {year: 0} | selectors.report_years(actor, this_year),
        "sections": _sections(lines),
        "frozen": sum(1 for line in lines if line.freeze),
        "total": len(lines),
        "may_freeze": actor.has(*COMMANDS["freeze"]),
    }
    return render(request, "figures/report.html", context)


@require_safe
def figure(request: HttpRequest, year: int, figure_id: str) -> HttpResponse:
    """One figure on trial: definition, members, digest, since the freeze."""
    actor = actor_of_request(request)
    view = selectors.figure_show(figure_id, year, actor, after=request.GET.get("after", ""))
    context = {
        "view": view,
        "alarm": audit_alarm(),
        "older": f"?after={view.members.after}" if view.members.after else "",
        "first": "?" if request.GET.get("after") else "",
        "history": selectors.freeze_history(figure_id, year) if view.freeze else [],
        "may_freeze": actor.has(*COMMANDS["freeze"]),
    }
    return render(request, "figures/figure.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: HttpRequest, year: int, figure_id: str) -> HttpResponse:
    """Ask once, then freeze."""
    actor = actor_of_request(request)
    selectors.demand(actor, "freeze")
    reason, refused = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            done = services.figure_freeze(actor=actor, figure_id=figure_id, year=year, reason=reason)
        except InvalidInput as error:
            refused = error.say
        else:
            messages.success(request, f"{figure_id} 已定稿：{done.sentence}。")
            return HttpResponseRedirect(reverse("figures:figure", args=[year, figure_id]))
    context = {
        "view": selectors.figure_show(figure_id, year, actor),
        "reason": reason,
        "refused": refused,
    }
    return render(request, "figures/freeze.html", context, status=400 if refused else 200)


@require_safe
def members(request: HttpRequest, year: int, figure_id: str) -> HttpResponse:
    """The file whose SHA-256 is the digest."""
    text = selectors.freeze_file(figure_id, year, actor_of_request(request))
    response = HttpResponse(text.encode(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{selectors.file_name(figure_id, year)}"'
    return response


def _sections(lines: list[FigureLine]) -> list[tuple[str, list[FigureLine]]]:
    """The lines under their sections, the summary first, then 1.1, 1.2, ... 1.10."""
    groups: dict[str, list[FigureLine]] = {}
    for line in lines:
        groups.setdefault(line.figure.section, []).append(line)
    return [(_heading(name), groups[name]) for name in sorted(groups, key=_place)]


def _place(section: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in section.split("."))


def _heading(section: str) -> str:
    return SUMMARY if section == "summary" else f"第 {section} 节"
