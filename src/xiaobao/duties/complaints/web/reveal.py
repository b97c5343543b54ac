"""The masked numbers of a complaint's texts in clear, once, with a recorded reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.web.forms.answering import RevealForm
from xiaobao.duties.complaints.web.screen import Screen, put_error
from xiaobao.kernel.errors import NotFound, XiaobaoError


class RevealTextView(Screen):
    """Those texts that hold masked numbers, as they were typed."""

    def get(self, request: HttpRequest, complaint_id: int) -> HttpResponse:
        """The question for the reason."""
        return self._draw(complaint_id, RevealForm())

    def post(self, request: HttpRequest, complaint_id: int) -> HttpResponse:
        """The clear texts, shown once and not kept by the browser."""
        form = RevealForm(request.POST)
        if not form.is_valid():
            return self._draw(complaint_id, form, status=400)
        reason = form.cleaned_data["reason"]
        try:
            clear = services.text_reveal(actor=self.actor, complaint_id=complaint_id, reason=reason)
        except NotFound:
            raise
        except XiaobaoError as error:
            put_error(form, error)
            return self._draw(complaint_id, form, status=error.status)
        response = self._draw(complaint_id, form, clear=clear, done=True)
        response["Cache-Control"] = "no-store"
        return response

    def _draw(self, complaint_id: int, form: RevealForm, *, status: int = 200, **more: Any) -> HttpResponse:
        case = selectors.complaint_get(actor=self.actor, complaint_id=complaint_id)
        back = reverse("complaints:page", args=[complaint_id])
        context = {"case": case, "form": form, "back": back, "clear": {}, "done": False, **more}
        return self.page("reveal_text.html", context, status)
