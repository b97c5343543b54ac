"""Extend, grant, deny, notify, suspend, resume, restart."""

from __future__ import annotations

from typing import Any

from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    Command,
    Complexity,
    Done,
    How,
    NoticeMode,
    PauseKind,
    PauseOrder,
)
from xiaobao.duties.complaints.web.forms import answering as forms
from xiaobao.duties.complaints.web.forms.handling import OpinionForm
from xiaobao.duties.complaints.web.steps.step import StepView


class ExtendView(StepView):
    """申请延期."""

    command = Command.EXTEND
    form_class = forms.ExtendForm
    hint = "批准并告知投诉人都要在原到期日之前完成，否则仍算逾期。"

    def initial(self, case: Dossier) -> dict[str, Any]:
        """The next grade."""
        return {"to": Complexity.SPECIAL if case.complexity is Complexity.COMPLEX else Complexity.COMPLEX}

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Ask for it."""
        return services.complaint_extend(
            actor=self.actor, complaint_id=case.id, to=Complexity(data["to"]), reason=data["reason"], how=how
        )


def asked(case: Dossier) -> list[tuple[str, str]]:
    """The extension that waits for an answer."""
    row = next((row for row in reversed(case.extensions) if row["state"] == "asked"), None)
    if row is None:
        return []
    return [
        ("申请延至", Complexity.label_of(row["to"])),
        ("理由", row["reason"]),
        ("原到期日", row["old_due_on"].isoformat()),
        ("申请人", row["asked_name"]),
    ]


class GrantView(StepView):
    """批准延期."""

    command = Command.GRANT
    form_class = OpinionForm

    def summary(self, case: Dossier) -> list[tuple[str, str]]:
        """The extension asked for."""
        return asked(case)

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Grant it."""
        return services.complaint_grant(
            actor=self.actor, complaint_id=case.id, opinion=data["opinion"], how=how
        )


class DenyView(StepView):
    """不同意延期."""

    command = Command.DENY
    form_class = OpinionForm

    def summary(self, case: Dossier) -> list[tuple[str, str]]:
        """The extension asked for."""
        return asked(case)

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Deny it."""
        return services.complaint_deny(
            actor=self.actor, complaint_id=case.id, opinion=data["opinion"], how=how
        )


class NotifyView(StepView):
    """告知延期."""

    command = Command.NOTIFY
    form_class = forms.NotifyForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Record that the complainant was told."""
        return services.complaint_notify(
            actor=self.actor,
            complaint_id=case.id,
            mode=NoticeMode(data["mode"]),
            proof=data["proof"],
            how=how,
        )


class SuspendView(StepView):
    """暂停计时."""

    command = Command.SUSPEND
    form_class = forms.SuspendForm
    hint = "只有鉴定、检测、评估和调解可以暂停计时，且必须有文书。"

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Stop the clock."""
        order = PauseOrder(**{**data, "kind": PauseKind(data["kind"])})
        return services.complaint_suspend(actor=self.actor, complaint_id=case.id, order=order, how=how)


class ResumeView(StepView):
    """恢复计时."""

    command = Command.RESUME
    form_class = forms.ResumeForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Let the clock run again."""
        return services.complaint_resume(actor=self.actor, complaint_id=case.id, how=how, **data)


class RestartView(StepView):
    """新事实重新计时."""

    command = Command.RESTART
    form_class = forms.NewFactsForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Start the clock anew on new facts."""
        return services.complaint_restart(actor=self.actor, complaint_id=case.id, how=how, **data)
