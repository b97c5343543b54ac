"""Bulk steps: what can go goes, the rest is listed with what is missing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.bulk import conditions_of
from xiaobao.duties.complaints.domain.values import Command
from xiaobao.duties.complaints.web import filters
from xiaobao.duties.complaints.web.forms.handling import CodeForm
from xiaobao.duties.complaints.web.forms.plain import PlainForm, short_text
from xiaobao.duties.complaints.web.listing import BULK
from xiaobao.duties.complaints.web.screen import Screen
from xiaobao.kernel.errors import InvalidInput


class BulkCloseForm(PlainForm):
    """What closing needs for all of them."""

    cause = short_text("根源", required=False, help_text="写明根源，或“无根源，因……”；已写过的件保留原来的")


class BulkAssignForm(PlainForm):
    """Why they are assigned together."""

    reason = short_text("分派说明", required=False, help_text="逐件回避后取加权负荷最低的经办人")


FORMS: dict[Command, type[PlainForm]] = {
    Command.CLOSE: BulkCloseForm,
    Command.ASSIGN: BulkAssignForm,
    Command.CODE: CodeForm,
}


class BulkView(Screen):
    """Confirm, do, and report."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """First the question with the chosen ones, then the result."""
        given = filters.asked(request.POST)
        back = filters.link(reverse("complaints:list"), given)
        ids = tuple(
            int(value) for value in request.POST.getlist("ids") if value.isascii() and value.isdigit()
        )
        command = self._command(request)
        if not ids:
            return self.page("bulk_empty.html", {"back": back}, 400)
        form_class = FORMS.get(command, PlainForm)
        if "confirmed" not in request.POST:
            return self._ask(command, ids, form_class(), back)
        form = form_class(request.POST)
        if not form.is_valid():
            return self._ask(command, ids, form, back)
        report = services.complaints_bulk(
            actor=self.actor,
            command=command,
            ids=ids,
            payload={key: value for key, value in form.cleaned_data.items() if value},
        )
        return self.page("bulk_done.html", {"report": report, "command": command, "back": back, "ids": ids})

    def _command(self, request: HttpRequest) -> Command:
        value = request.POST.get("command", "")
        if value not in {command.value for command in BULK}:
            raise InvalidInput("complaint.bulk.command", command=value)
        return Command(value)

    def _ask(self, command: Command, ids: tuple[int, ...], form: PlainForm, back: str) -> HttpResponse:
        """Before the click: the command's conditions, and each complaint with what it meets and lacks."""
        seen = selectors.bulk_outlook(actor=self.actor, command=command, ids=ids)
        given: dict[str, Any] = filters.asked(self.request.POST)
        context = {
            "command": command,
            "ids": ids,
            "seen": seen,
            "conditions": conditions_of(command),
            "form": form,
            "back": back,
            "given": given,
        }
        return self.page("bulk.html", context)
