"""Reply, deliver, close, reopen, recheck, conclude."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    Answer,
    Command,
    Done,
    How,
    NoticeMode,
    RecheckOutcome,
    RemedyKind,
)
from xiaobao.duties.complaints.web.forms import answering as forms
from xiaobao.duties.complaints.web.steps.step import StepView


class ReplyView(StepView):
    """答复投诉人."""

    command = Command.REPLY
    form_class = forms.ReplyForm

    def initial(self, case: Dossier) -> dict[str, Any]:
        """What the approved decision found."""
        approved = [row for row in case.decisions if row["state"] == "approved"]
        if not approved:
            return {}
        last = approved[-1]
        return {"facts_found": last["findings"], "grounds": f"{last['outcome']}\n{last['legal_basis']}"}

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Send the reply."""
        answer = Answer(
            facts_found=data["facts_found"],
            grounds=data["grounds"],
            remedies=frozenset(RemedyKind(value) for value in data["remedies"]),
            mode=NoticeMode(data["mode"]),
            text=data["text"],
        )
        return services.complaint_reply(actor=self.actor, complaint_id=case.id, answer=answer, how=how)


class DeliverView(StepView):
    """登记送达."""

    command = Command.DELIVER
    form_class = forms.DeliverForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Keep the proof."""
        return services.complaint_deliver(
            actor=self.actor,
            complaint_id=case.id,
            told_on=data["told_on"],
            proof=data["proof"],
            evidence=self.stored(case, data["attachments"], "delivery"),
            how=how,
        )


class CloseView(StepView):
    """办结."""

    command = Command.CLOSE
    form_class = forms.CloseForm

    def initial(self, case: Dossier) -> dict[str, Any]:
        """The cause, if it was written before."""
        return {"cause": case.cause}

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Close it."""
        return services.complaint_close(actor=self.actor, complaint_id=case.id, how=how, **data)


class ReopenView(StepView):
    """因新事实重新办理."""

    command = Command.REOPEN
    form_class = forms.NewFactsForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Open it again on new facts."""
        return services.complaint_reopen(actor=self.actor, complaint_id=case.id, how=how, **data)


class RecheckView(StepView):
    """登记核查申请."""

    command = Command.RECHECK
    form_class = forms.RecheckForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Record the application."""
        return services.complaint_recheck(actor=self.actor, complaint_id=case.id, how=how, **data)


class ConcludeView(StepView):
    """作出核查决定."""

    command = Command.CONCLUDE
    form_class = forms.ConcludeForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Record the superior's decision."""
        return services.complaint_conclude(
            actor=self.actor,
            complaint_id=case.id,
            outcome=RecheckOutcome(data["outcome"]),
            findings=data["findings"],
            told_on=data["told_on"],
            how=replace(how, paper=data["paper"]),
        )
