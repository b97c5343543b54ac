"""The page of a command: its conditions, its form, and the one call to its service."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaobao.base.evidence.intake import Accepted, accept
from xiaobao.base.evidence.services import evidence_store
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import Command, Done, How
from xiaobao.duties.complaints.web.forms.plain import PlainForm
from xiaobao.duties.complaints.web.screen import Screen, put_error
from xiaobao.kernel.errors import NotFound, XiaobaoError


class StepView(Screen):
    """A command on one complaint. Subclasses name the command, the form, and send it."""

    command: ClassVar[Command]
    form_class: ClassVar[type[PlainForm]] = PlainForm
    hint: ClassVar[str] = ""
    danger: ClassVar[bool] = False

    def get(self, request: HttpRequest, complaint_id: int) -> HttpResponse:
        """The form, with the conditions above it."""
        case = selectors.complaint_get(actor=self.actor, complaint_id=complaint_id)
        return self.draw(case, self.form(case))

    def post(self, request: HttpRequest, complaint_id: int) -> HttpResponse:
        """Back to the complaint when it went; the form again, with the refusal, when not."""
        case = selectors.complaint_get(actor=self.actor, complaint_id=complaint_id)
        form = self.form(case, request.POST, request.FILES)
        if not form.is_valid():
            return self.draw(case, form, 400)
        try:
            done = self._sent(case, form.cleaned_data)
        except NotFound:
            raise
        except XiaobaoError as error:
            put_error(form, error)
            return self.draw(case, form, error.status)
        messages.success(
            request, f"{done.no} 已{self.command.label}，现为“{done.state}”，到期日 {done.due_on}。"
        )
        return self.on_to(reverse("complaints:page", args=[complaint_id]))

    def offer_again(self, why: str, complaint_id: int) -> HttpResponse:
        """The form as it was typed, nothing done."""
        case = selectors.complaint_get(actor=self.actor, complaint_id=complaint_id)
        form = self.form(case, self.request.POST, self.request.FILES)
        form.add_error(None, why)
        return self.draw(case, form, 403)

    def _sent(self, case: Dossier, data: dict[str, Any]) -> Done:
        """The command and the files that came with it: both or neither. Looking through files holds no lock."""
        if "attachments" in data:
            data["attachments"] = [(file.name, accept(file.name, file)) for file in data["attachments"]]
        with transaction.atomic():
            return self.send(case, data, How(version=self.version()))

    def form(self, case: Dossier, *data: Any) -> PlainForm:
        """The form for this case; bound when data is given."""
        return self.form_class(*data, initial=self.initial(case), **self.needs(case))

    def initial(self, case: Dossier) -> dict[str, Any]:
        """Values to start from."""
        return {}

    def needs(self, case: Dossier) -> dict[str, Any]:
        """What the form needs beyond its data."""
        return {}

    def summary(self, case: Dossier) -> list[tuple[str, str]]:
        """What the step is about, shown above its form."""
        return []

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """The one call to the command's service."""
        raise NotImplementedError

    def version(self) -> int | None:
        """The number the form was drawn with."""
        given = self.request.POST.get("version", "")
        return int(given) if given.isascii() and given.isdigit() else None

    def stored(self, case: Dossier, files: list[tuple[str, Accepted]], kind: str) -> tuple[int, ...]:
        """Ids of the uploaded files, kept by the evidence room; a refused command leaves bytes the sweep takes."""
        return tuple(
            evidence_store(
                actor=self.actor,
                org_path=case.org_path,
                owner=f"complaints:{case.no}",
                kind=kind,
                name=name,
                content=file,
            ).pk
            for name, file in files
        )

    def draw(self, case: Dossier, form: PlainForm, status: int = 200) -> HttpResponse:
        """The page or the dialog."""
        return self.page(
            "step.html",
            {
                "case": case,
                "form": form,
                "guard": selectors.complaint_guards(self.actor, case, self.command),
                "command": self.command,
                "hint": self.hint,
                "summary": self.summary(case),
                "danger": self.danger,
                "back": reverse("complaints:page", args=[case.id]),
                "version": self.request.POST.get("version") or case.version,
            },
            status,
        )
