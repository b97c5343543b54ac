"""Emergency notices and internal targets: what is in force, and issuing one after seeing what it does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaobao.base.people.models import OrgUnit
from xiaobao.base.people.selectors import org_tree
from xiaobao.base.people.values import STEP, OrgKind
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.access import NOTICE_ISSUERS
from xiaobao.duties.complaints.domain.clock import HOUSE_DAYS
from xiaobao.duties.complaints.domain.rows import Reach
from xiaobao.duties.complaints.domain.values import DayUnit, NoticeOrder, OverlayKind
from xiaobao.duties.complaints.web import filters
from xiaobao.duties.complaints.web.forms.notices import NoticeForm
from xiaobao.duties.complaints.web.screen import Screen, put_error
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotAllowed
from xiaobao.kernel.identity import Actor

SHOWN = 50
WHOLE_BANK = "全行"


class NoticesView(Screen):
    """Notices that touch the asker's units, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        notices = selectors.notices_list(actor=self.actor)[:SHOWN]
        bound = selectors.notices_bound(actor=self.actor, notices=notices)
        paths = {notice["org_path"] for notice in notices}
        names = dict(OrgUnit.objects.filter(path__in=paths).values_list("path", "name")) if paths else {}
        context = {
            "rows": [_row(notice, bound[notice["id"]], names) for notice in notices],
            "may_issue": bool(self.actor.roles & NOTICE_ISSUERS),
        }
        return self.page("notices.html", context)


class NoticeIssueView(Screen):
    """The form, then what issuing would do, then the command."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form. Raises: NotAllowed for a post that may not issue one."""
        return self._draw(self._form(initial={"received_from": ports.today()}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """First the question with its numbers; confirmed, on to the list; refused, the form again."""
        form = self._form(request.POST)
        if not form.is_valid():
            return self._draw(form, status=400)
        order = _order(form.cleaned_data)
        try:
            services.notice_check(actor=self.actor, order=order)
            if "confirmed" not in request.POST:
                reach = selectors.notice_reach(actor=self.actor, order=order)
                return self._draw(form, order=order, reach=reach)
            services.notice_issue(actor=self.actor, order=order)
        except InvalidInput as error:
            put_error(form, error)
            return self._draw(form, status=error.status)
        messages.success(request, f"{order.number} 已发布，适用的在办投诉已重新推算时限。")
        return self.on_to(reverse("complaints:notices"))

    def offer_again(self, why: str) -> HttpResponse:
        """The form as it was typed, nothing done."""
        form = self._form(self.request.POST)
        form.add_error(None, why)
        return self._draw(form, status=403)

    def _form(self, *data: Any, **options: Any) -> NoticeForm:
        if not self.actor.roles & NOTICE_ISSUERS:
            raise NotAllowed("complaint.notice.not_allowed")
        return NoticeForm(*data, units=_units(self.actor), **options)

    def _draw(
        self,
        form: NoticeForm,
        status: int = 200,
        order: NoticeOrder | None = None,
        reach: Reach | None = None,
    ) -> HttpResponse:
        context = {
            "form": form,
            "reach": reach,
            "back": reverse("complaints:notices"),
            "about": _about(order, dict(form.fields["org_path"].choices)) if order else [],  # type: ignore[attr-defined]
        }
        return self.page("notice_issue.html", context, status)


def _units(actor: Actor) -> list[tuple[str, str]]:
    """The whole bank and its branches; for the head of a branch the branch and what is under it."""
    tree = org_tree(actor.scope)
    if len(actor.scope) <= STEP:
        return [("", WHOLE_BANK), *tree.filter(kind=OrgKind.BRANCH).values_list("path", "name")]
    return list(tree.values_list("path", "name"))


def _order(data: Mapping[str, Any]) -> NoticeOrder:
    kinds = {"kind": OverlayKind(data["kind"]), "unit": DayUnit(data["unit"])}
    return NoticeOrder(**{**data, **kinds})


def _about(order: NoticeOrder, units: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        ("文号", order.number),
        ("标题", order.title),
        ("办理时限", f"{order.amount} {order.unit.label}，从收到之日的次日起算"),
        ("收到日期", _span(order.received_from, order.received_until)),
        (
            "适用范围",
            f"{units.get(order.org_path, WHOLE_BANK)}，{codes.path_of(order.business_prefix) or '全部业务'}",
        ),
        ("发布原因", order.reason),
    ]


def _row(notice: Mapping[str, Any], bound: int, names: Mapping[str, str]) -> dict[str, Any]:
    until = notice["received_until"]
    given = {
        "from": str(notice["received_from"]),
        "until": str(until or ""),
        "org": notice["org_path"],
        "business": notice["business_prefix"],
    }
    return {
        "number": notice["number"],
        "title": notice["title"],
        "kind": OverlayKind.label_of(notice["kind"]),
        "issued": notice["issued_at"],
        "span": _span(notice["received_from"], until),
        "ended": until is not None and until < ports.today(),
        "days": f"{notice['amount']} {DayUnit.label_of(notice['unit'])}",
        "tightens": _tightens(notice["amount"], notice["unit"]),
        "org": names.get(notice["org_path"], WHOLE_BANK),
        "business": codes.path_of(notice["business_prefix"]) or "全部业务",
        "reason": notice["reason"],
        "bound": bound,
        "href": filters.link(
            reverse("complaints:list"), {key: value for key, value in given.items() if value}
        ),
    }


def _span(since: date, until: date | None) -> str:
    return f"{since} 至 {until}" if until else f"{since} 起"


def _tightens(amount: int, unit: str) -> str:
    """How far below the plain statutory period it lies; working days have no fixed difference."""
    if unit != DayUnit.NATURAL:
        return f"与法定 {HOUSE_DAYS} 日比，取较早的一天"
    if amount >= HOUSE_DAYS:
        return "只对已延期的投诉起作用"
    return f"法定 {HOUSE_DAYS} 日，提前 {HOUSE_DAYS - amount} 日"
