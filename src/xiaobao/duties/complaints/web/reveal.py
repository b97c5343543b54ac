"""What is masked, in clear, once, with a recorded reason: a party, or the numbers in a complaint's texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.web.forms.answering import RevealForm
from xiaobao.duties.complaints.web.screen import Screen, put_error
from xiaobao.kernel.errors import NotFound, XiaobaoError


class Reveal(Screen):
    """The question for the reason, then the clear values. Subclasses say of what."""

    nothing: ClassVar[str] = ""

    def get(self, request: HttpRequest, complaint_id: int, **ids: int) -> HttpResponse:
        """The question for the reason."""
        return self._draw(complaint_id, ids, RevealForm())

    def post(self, request: HttpRequest, complaint_id: int, **ids: int) -> HttpResponse:
        """The clear values, shown once and not kept by the browser."""
        form = RevealForm(request.POST)
        if not form.is_valid():
            return self._draw(complaint_id, ids, form, status=400)
        try:
            clear = self.clear(complaint_id, ids, form.cleaned_data["reason"])
        except NotFound:
            raise
        except XiaobaoError as error:
            put_error(form, error)
            return self._draw(complaint_id, ids, form, status=error.status)
        response = self._draw(complaint_id, ids, form, clear=clear)
        response["Cache-Control"] = "no-store"
        return response

    def offer_again(self, why: str, complaint_id: int, **ids: int) -> HttpResponse:
        """The question with the reason as it was typed; nothing is shown yet."""
        form = RevealForm(self.request.POST)
        form.add_error(None, why)
        return self._draw(complaint_id, ids, form, status=403)

    def clear(self, complaint_id: int, ids: Mapping[str, int], reason: str) -> dict[str, str]:
        """The clear values by label, once the look stands in the journal."""
        raise NotImplementedError

    def what(self, case: Dossier, ids: Mapping[str, int]) -> str:
        """Of what, for the heading. Raises: NotFound."""
        raise NotImplementedError

    def _draw(
        self,
        complaint_id: int,
        ids: Mapping[str, int],
        form: RevealForm,
        *,
        clear: dict[str, str] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        case = selectors.complaint_get(actor=self.actor, complaint_id=complaint_id)
        context: dict[str, Any] = {
            "case": case,
            "what": self.what(case, ids),
            "form": form,
            "clear": clear,
            "nothing": self.nothing,
            "action": self.request.path,
            "back": reverse("complaints:page", args=[complaint_id]),
        }
        return self.page("reveal.html", context, status)


class RevealView(Reveal):
    """A party in clear."""

    def clear(self, complaint_id: int, ids: Mapping[str, int], reason: str) -> dict[str, str]:
        """Name, phone and identity number of the party."""
        found = services.party_reveal(
            actor=self.actor, complaint_id=complaint_id, party_id=ids["party_id"], reason=reason
        )
        labels = (("name", "姓名"), ("phone", "联系电话"), ("id_number", "证件号码"))
        return {label: found.get(key) or "—" for key, label in labels}

    def what(self, case: Dossier, ids: Mapping[str, int]) -> str:
        """The party's masked name."""
        party = next((row for row in case.parties if row["id"] == ids["party_id"]), None)
        if party is None:
            raise NotFound("complaint.missing")
        return f"{party['name_masked'] or '当事人'}的明文"


class RevealTextView(Reveal):
    """Those texts that hold masked numbers, as they were typed."""

    nothing = "这件投诉的文字里没有遮蔽的号码。"

    def clear(self, complaint_id: int, ids: Mapping[str, int], reason: str) -> dict[str, str]:
        """The texts by what they are."""
        return services.text_reveal(actor=self.actor, complaint_id=complaint_id, reason=reason)

    def what(self, case: Dossier, ids: Mapping[str, int]) -> str:
        """The numbers in the texts."""
        return "文字中的号码明文"
