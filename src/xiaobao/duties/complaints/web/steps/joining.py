"""Ask for papers, record a joint meeting, find a complaint major."""

from __future__ import annotations

from typing import Any

from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    Command,
    Done,
    How,
    MajorCause,
    MajorFinding,
    Meeting,
    Paper,
)
from xiaobao.duties.complaints.web.forms import joining as forms
from xiaobao.duties.complaints.web.steps.step import StepView


class AskView(StepView):
    """请投诉人补充材料."""

    command = Command.ASK
    form_class = forms.AskForm
    hint = "补充材料不暂停计时；本行已掌握或可查询到的，不得要求投诉人提供。"

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Put the demand on record."""
        return services.complaint_ask(
            actor=self.actor,
            complaint_id=case.id,
            papers=map(Paper, data["papers"]),
            held=map(Paper, data["held"]),
            reason=data["reason"],
            how=how,
        )


class MeetView(StepView):
    """登记多人面谈."""

    command = Command.MEET
    form_class = forms.MeetForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Put the meeting on record."""
        return services.complaint_meet(
            actor=self.actor, complaint_id=case.id, meeting=Meeting(**data), how=how
        )


class MajorView(StepView):
    """认定重大投诉."""

    command = Command.MAJOR
    form_class = forms.MajorForm
    danger = True

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Find it major."""
        return services.complaint_major(
            actor=self.actor,
            complaint_id=case.id,
            finding=MajorFinding(
                cause=MajorCause(data["cause"]),
                plan=data["plan"],
                face_to_face_persons=data["face_to_face_persons"] or 0,
                regulator_designated=data["regulator_designated"],
            ),
            how=how,
        )
