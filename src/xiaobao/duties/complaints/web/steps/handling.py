"""Assign, investigate, code, propose, approve, return."""

from __future__ import annotations

from typing import Any

from xiaobao.base.people.selectors import org_tree, user_get
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    AssignOrder,
    Codes,
    Command,
    Done,
    How,
    Liability,
    RedressKind,
    Ruling,
)
from xiaobao.duties.complaints.web.forms import handling as forms
from xiaobao.duties.complaints.web.steps.step import StepView
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.money import fen_from_yuan, yuan


class AssignView(StepView):
    """分派."""

    command = Command.ASSIGN
    form_class = forms.AssignForm
    hint = "不指定时由系统分派：先回避，再取加权负荷最低的经办人。"

    def needs(self, case: Dossier) -> dict[str, Any]:
        """Whom and which unit may be chosen, with what they carry."""
        return {
            "handlers": [
                (str(load.user_id), f"{load.name}（在办 {load.cases} 件{'，超出' if load.over else ''}）")
                for load in selectors.handlers_for(actor=self.actor, complaint=case)
            ],
            "units": [
                (unit.code, f"{'　' * (unit.depth - 1)}{unit.name}") for unit in org_tree(self.actor.scope)
            ],
        }

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Assign it."""
        order = AssignOrder(
            unit_code=data["unit_code"],
            username=user_get(self.actor, int(data["handler"])).username if data["handler"] else "",
            assisting=tuple(
                part.strip() for part in data["assisting"].replace("，", ",").split(",") if part.strip()
            ),
            reason=data["reason"],
        )
        return services.complaint_assign(actor=self.actor, complaint_id=case.id, order=order, how=how)


class InvestigateView(StepView):
    """调查取证."""

    command = Command.INVESTIGATE
    form_class = forms.InvestigateForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Keep the files, then the note."""
        return services.complaint_investigate(
            actor=self.actor,
            complaint_id=case.id,
            text=data["text"],
            evidence=self.stored(case, data["attachments"], "investigation"),
            none_because=data["none_because"],
            how=how,
        )


class CodeView(StepView):
    """分类编码."""

    command = Command.CODE
    form_class = forms.CodeForm
    hint = "JR/T 0169 的三个维度；标“未核原文”的细类以标准文本为准。"

    def initial(self, case: Dossier) -> dict[str, Any]:
        """The present codes."""
        return {
            "channel_code": case.channel_code,
            "business_code": case.business_code,
            "reason_code": case.reason_code,
        }

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Code it."""
        return services.complaint_code(actor=self.actor, complaint_id=case.id, codes=Codes(**data), how=how)


class ProposeView(StepView):
    """提出处理决定."""

    command = Command.PROPOSE
    form_class = forms.ProposeForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Propose the decision; who must approve follows from the amount."""
        typed = data.pop("redress_yuan")
        try:
            fen = fen_from_yuan(typed) if typed else 0
        except InvalidInput as error:
            raise InvalidInput(error.code, **{**error.facts, "field": "redress_yuan"}) from None
        ruling = Ruling(
            **{
                **data,
                "liability": Liability(data["liability"]),
                "redress": RedressKind(data["redress"]),
                "redress_fen": fen,
            }
        )
        return services.complaint_propose(actor=self.actor, complaint_id=case.id, ruling=ruling, how=how)


def proposed(case: Dossier) -> list[tuple[str, str]]:
    """The decision that waits for an answer, for those who give it."""
    row = next((row for row in reversed(case.decisions) if row["state"] == "proposed"), None)
    if row is None:
        return []
    redress = RedressKind.label_of(row["redress"])
    return [
        ("核实情况", row["findings"]),
        ("依据和理由", row["legal_basis"]),
        ("处理意见", row["outcome"]),
        ("责任认定", Liability.label_of(row["liability"])),
        ("补偿", f"{redress} {yuan(row['redress_fen'])} 元" if row["redress_fen"] else redress),
        ("提出人", f"{row['proposed_name']}；须由{row['needs']}审批"),
    ]


class ApproveView(StepView):
    """审批通过."""

    command = Command.APPROVE
    form_class = forms.OpinionForm

    def summary(self, case: Dossier) -> list[tuple[str, str]]:
        """The proposed decision."""
        return proposed(case)

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Approve the decision."""
        return services.complaint_approve(
            actor=self.actor, complaint_id=case.id, opinion=data["opinion"], how=how
        )


class ReturnView(StepView):
    """审批退回."""

    command = Command.RETURN
    form_class = forms.OpinionForm

    def summary(self, case: Dossier) -> list[tuple[str, str]]:
        """The proposed decision."""
        return proposed(case)

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Send it back."""
        return services.complaint_return(
            actor=self.actor, complaint_id=case.id, opinion=data["opinion"], how=how
        )
