"""Accept, decline, transfer, withdraw, merge, correct, refer, report."""

from __future__ import annotations

from typing import Any

from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain import intake_texts as intake
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import Body, Command, Done, How, ReferralLetter
from xiaobao.duties.complaints.web.forms import intake as forms
from xiaobao.duties.complaints.web.forms.plain import PlainForm
from xiaobao.duties.complaints.web.steps.step import StepView
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.kernel.money import fen_from_yuan, yuan


class AcceptView(StepView):
    """受理."""

    command = Command.ACCEPT
    form_class = forms.AcceptForm

    def form(self, case: Dossier, *data: Any) -> PlainForm:
        """Asks about duplicates only while nobody has looked."""
        form = super().form(case, *data)
        if case.duplicates_seen:
            del form.fields["duplicates_seen"]
        return form

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Accept it."""
        return services.complaint_accept(
            actor=self.actor, complaint_id=case.id, duplicates_seen=data.get("duplicates_seen"), how=how
        )


class DeclineView(StepView):
    """不予办理."""

    command = Command.DECLINE
    form_class = forms.DeclineForm
    danger = True

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Decline it with its notice."""
        return services.complaint_decline(
            actor=self.actor, complaint_id=case.id, reason=data["reason"], notice=data["notice"], how=how
        )


class TransferView(StepView):
    """转出."""

    command = Command.TRANSFER
    form_class = forms.TransferForm
    danger = True

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Hand it to another institution."""
        return services.complaint_transfer(
            actor=self.actor,
            complaint_id=case.id,
            target=data["target"],
            reason=data["reason"],
            notice=data["notice"],
            how=how,
        )


class WithdrawView(StepView):
    """撤回."""

    command = Command.WITHDRAW
    form_class = forms.WithdrawForm
    danger = True

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Record the withdrawal."""
        return services.complaint_withdraw(actor=self.actor, complaint_id=case.id, how=how, **data)


class MergeView(StepView):
    """合并重复."""

    command = Command.MERGE
    form_class = forms.MergeForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Merge it into the one of that number, if the actor may see it."""
        try:
            into = selectors.complaint_by_no(actor=self.actor, no=data["into_no"].strip())
        except NotFound:
            raise InvalidInput(
                "complaint.merge.unknown",
                field="into_no",
                say=f"没有编号为 {data['into_no']} 的投诉，或不在您的管辖范围内。请核对编号。",
            ) from None
        return services.complaint_merge(
            actor=self.actor, complaint_id=case.id, into_id=into.id, reason=data["reason"], how=how
        )


class CorrectView(StepView):
    """更正."""

    command = Command.CORRECT
    form_class = forms.CorrectForm
    hint = "只保存有变化的项目；更正前后的内容都留在经过里。"

    def initial(self, case: Dossier) -> dict[str, Any]:
        """The present values."""
        return {
            "title": case.title,
            "facts": case.facts,
            "request": case.request,
            "product": case.product,
            "received_at": f"{ports.local(case.received_at):%Y-%m-%d %H:%M}",
            "amount": "" if case.amount_fen is None else yuan(case.amount_fen),
            "currency": case.currency or "CNY",
        }

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Send what differs."""
        before = self.initial(case)
        changes: dict[str, Any] = {
            key: data[key]
            for key in ("title", "facts", "request", "product")
            if data[key].strip() != before[key].strip()
        }
        if data["received_at"] != before["received_at"]:
            changes["received_at"] = intake.moment(data["received_at"], field="received_at")
        if data["amount"] != before["amount"]:
            changes["amount_fen"] = fen_from_yuan(data["amount"]) if data["amount"] else None
            changes["currency"] = data["currency"] if data["amount"] else ""
        return services.complaint_correct(
            actor=self.actor, complaint_id=case.id, changes=changes, reason=data["reason"], how=how
        )


class ReferView(StepView):
    """登记监管转办."""

    command = Command.REFER
    form_class = forms.ReferForm

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Record the letter; the strictest date rules from now on."""
        letter = ReferralLetter(**{**data, "body": Body(data["body"])})
        return services.complaint_refer(actor=self.actor, complaint_id=case.id, letter=letter, how=how)


class ReportView(StepView):
    """报送办理情况."""

    command = Command.REPORT
    form_class = forms.ReportForm

    def needs(self, case: Dossier) -> dict[str, Any]:
        """The letters that still want a report."""
        return {
            "referrals": [
                (str(row["id"]), row["number"]) for row in case.referrals if row["reported_at"] is None
            ]
        }

    def send(self, case: Dossier, data: dict[str, Any], how: How) -> Done:
        """Record the report."""
        return services.complaint_report(
            actor=self.actor,
            complaint_id=case.id,
            referral_id=int(data["referral_id"]),
            text=data["text"],
            document=data["document"],
            how=how,
        )
