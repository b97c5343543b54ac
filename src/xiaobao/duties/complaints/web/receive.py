"""Registration: a draft kept as one types, likely duplicates beside it, and the command itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaobao.base.people.selectors import org_tree
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import Duplicate
from xiaobao.duties.complaints.domain.values import Command
from xiaobao.duties.complaints.services.stepping import require
from xiaobao.duties.complaints.web.forms.intake import ReceiveForm
from xiaobao.duties.complaints.web.screen import Screen, put_error, sentence
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotFound, XiaobaoError
from xiaobao.kernel.identity import Actor

KEPT = tuple(ReceiveForm.base_fields)


class ReceiveView(Screen):
    """The registration form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form, or the draft named by `draft`; drafts left behind are offered.

        Raises: NotAllowed for who may not register: nobody fills in a form in vain.
        """
        require(self.actor, Command.RECEIVE)
        key = request.GET.get("draft", "")
        kept = selectors.draft_get(actor=self.actor, key=key) if key else None
        form = self._form(
            initial=kept or {"received_at": f"{ports.local(ports.now()):%Y-%m-%d %H:%M}", "currency": "CNY"}
        )
        if key and kept is None:
            messages.warning(request, "这份草稿不在了：已经登记、已被删除，或是别人的。")
        return self._draw(form, key if kept else ports.new_id(), () if kept else _left_behind(self.actor))

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to the new complaint, or the form again with what must be mended."""
        key = request.POST.get("draft_key", "")
        form = self._form(request.POST)
        typed = _typed(request)
        if not typed.get("amount"):
            typed.pop("currency", None)
        if not form.is_valid():
            for fault in services.intake_faults(actor=self.actor, intake=typed):
                if fault.field not in form.errors:
                    put_error(form, fault)
            return self._again(form, key)
        try:
            done = services.complaint_receive(actor=self.actor, intake=typed, draft_key=key)
        except XiaobaoError as error:
            put_error(form, error)
            return self._again(form, key, error.status)
        words = (
            f"已登记为 {done.no}，办理期限至 {done.due_on}。"
            if done.created
            else f"这件已登记过，编号 {done.no}。"
        )
        messages.success(request, words)
        return self.on_to(reverse("complaints:page", args=[done.complaint_id]))

    def offer_again(self, why: str) -> HttpResponse:
        """The form as it was typed, nothing done."""
        require(self.actor, Command.RECEIVE)
        form = self._form(self.request.POST)
        form.add_error(None, why)
        return self._draw(form, self.request.POST.get("draft_key", ""), status=403)

    def _again(self, form: ReceiveForm, key: str, status: int = 400) -> HttpResponse:
        """The form with what must be mended; what was typed is kept as a draft too."""
        saved, problem = _keep(self.actor, key, _typed(self.request))
        return self._draw(form, key, status=status, saved=saved, problem=problem)

    def _form(self, *data: Any, **options: Any) -> ReceiveForm:
        units = [(unit.code, f"{'　' * (unit.depth - 1)}{unit.name}") for unit in org_tree(self.actor.scope)]
        return ReceiveForm(*data, units=units, **options)

    def _draw(
        self, form: ReceiveForm, key: str, drafts: Any = (), status: int = 200, **aside: str
    ) -> HttpResponse:
        beside = {"saved": "", "problem": "", "duplicates": None, **aside}
        shown = {"form": form, "draft_key": key, "drafts": drafts, "keep_days": settings.DRAFT_DAYS}
        if drafts:
            shown["draft_count"] = selectors.drafts_count(actor=self.actor)
        return self.page("receive.html", {**shown, **beside}, status)


class DraftView(Screen):
    """Keeps what has been typed so far and answers the aside: when it was kept, likely duplicates."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """The aside of the form."""
        typed = _typed(request)
        key = request.POST.get("draft_key", "")
        saved, problem = _keep(self.actor, key, typed)
        found = _duplicates(self.actor, typed) if not problem else ()
        return self.page(
            "_aside.html", {"saved": saved, "problem": problem, "duplicates": found, "draft_key": key}
        )


class DropDraftView(Screen):
    """Throws a draft away."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Back to an empty form."""
        if not services.draft_drop(actor=self.actor, key=key):
            raise NotFound("complaint.missing")
        messages.info(request, "草稿已删除。")
        return self.on_to(reverse("complaints:receive"))


class DropDraftsView(Screen):
    """Throws all of one's drafts away."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to an empty form."""
        require(self.actor, Command.RECEIVE)
        messages.info(request, f"已删除 {services.drafts_drop(actor=self.actor)} 份草稿。")
        return self.on_to(reverse("complaints:receive"))


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft left behind, as the page lists it."""

    key: str
    saved_at: datetime
    title: str
    age: str


def _left_behind(actor: Actor) -> tuple[DraftLine, ...]:
    today = ports.today()
    return tuple(
        DraftLine(key, saved_at, title, _age((today - ports.local(saved_at).date()).days))
        for key, saved_at, title in selectors.drafts_of(actor=actor)
    )


def _age(days: int) -> str:
    return ("今天", "昨天")[days] if 0 <= days < 2 else f"{max(days, 0)} 天前"


def _typed(request: HttpRequest) -> dict[str, str]:
    """What stands in the form, empty fields left out."""
    return {name: request.POST.get(name, "") for name in KEPT if request.POST.get(name)}


def _keep(actor: Actor, key: str, typed: dict[str, str]) -> tuple[str, str]:
    """When the draft was kept, or why it was not."""
    try:
        services.draft_save(actor=actor, key=key, payload=typed)
    except InvalidInput as error:
        return "", sentence(error)
    return f"{ports.local(ports.now()):%H:%M:%S}", ""


def _duplicates(actor: Actor, typed: dict[str, str]) -> tuple[Duplicate, ...]:
    text = " ".join(typed.get(name, "") for name in ("title", "facts")).strip()
    if len(text) < 4 and not typed.get("phone") and not typed.get("id_number"):
        return ()
    return selectors.complaint_duplicates(
        actor=actor, phone=typed.get("phone", ""), id_number=typed.get("id_number", ""), text=text
    )
