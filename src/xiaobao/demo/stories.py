"""The life of one complaint, told step by step through the services as the people of the bank take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from xiaobao.demo import filing, wording
from xiaobao.demo.cases import Case, Ending, intake_of
from xiaobao.demo.desk import Desk
from xiaobao.demo.timeline import Life, at_desk
from xiaobao.demo.verdict import verdict_of
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import (
    OPEN_STAGES,
    Answer,
    AssignOrder,
    Complexity,
    Done,
    NoticeMode,
    PauseKind,
    PauseOrder,
    RecheckOutcome,
    RemedyKind,
    Ruling,
    Stage,
)
from xiaobao.duties.complaints.selectors.states import task_state
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor

RECHECK_SINCE = date(2020, 3, 2)
"""The right to a 核查 came with 令2020年第3号, in force from 2020-03-01."""


class Story:
    """One complaint from the first call to the last paper."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self.desk, self.case, self.rng = desk, case, desk.rng
        self.verdict = verdict_of(case, self.rng)
        self.id, self.no = 0, ""
        self.stage = Stage.DRAFT
        self.due = date.max
        self.handler = desk.post("officer")
        self.steps = 0
        self.letter = ""

    @property
    def is_open(self) -> bool:
        """Whether there is work left on it."""
        return self.stage in OPEN_STAGES

    def tell(self) -> Life:
        """Moments of the steps in order; each step is taken when the timeline comes back."""
        for moment in self._all():
            if self.steps >= self.case.steps:
                return
            self.steps += 1
            yield min(moment, self.case.by)

    def _all(self) -> Life:
        case = self.case
        yield case.entered_at
        twin = self._twin() if case.ending is Ending.MERGED else 0
        self._receive()
        yield self._in(0.03)
        if twin and self._still_open(twin):
            self._merge(twin)
            return
        self._accept()
        yield self._in(0.06)
        if case.ending in (Ending.DECLINED, Ending.TRANSFERRED):
            self._send_away()
            return
        self._assign()
        yield self._in(0.2)
        self._investigate()
        yield from self._meanwhile()
        if case.ending is Ending.WITHDRAWN:
            yield self._in(self.case.pace)
            self._withdraw()
            return
        yield from self._decide()
        yield from self._answer()
        if case.rechecked and ports.today() >= RECHECK_SINCE:
            yield from self._recheck()

    # 受理与分派

    def _receive(self) -> None:
        actor, intake = self._taker(), intake_of(self.case, self.rng)
        self.letter = intake.referral.number if intake.referral else ""
        self._keep(services.complaint_receive(actor=actor, intake=intake))

    def _taker(self) -> Actor:
        if self.case.channel in {"outlet", "letter"}:
            return self.desk.officer(self.case.unit)
        return self.desk.post(self.rng.choice(("officer", "office2")))

    def _accept(self) -> None:
        self._keep(services.complaint_accept(actor=self._officer(), complaint_id=self.id))
        self.desk.newest = [*self.desk.newest[-3:], (self.id, self.case)]

    def _twin(self) -> int:
        """A complaint taken in lately that this customer tells once more; 0 when none is in hand."""
        for other, told in reversed(self.desk.newest):
            if self._still_open(other):
                self.case = replace(
                    self.case, matter=told.matter, telling=told.telling, unit=told.unit, person=told.person
                )
                self.verdict = verdict_of(self.case, self.rng)
                return other
        return 0

    @staticmethod
    def _still_open(complaint_id: int) -> bool:
        found = task_state(complaint_id=complaint_id)
        return found is not None and found.is_open

    @property
    def _is_referred(self) -> bool:
        """Whether a regulator's letter belongs to it: its own, or one that was merged into it."""
        return self.case.is_regulator or self.id in self.desk.referred

    def _merge(self, twin: int) -> None:
        if self.case.is_regulator:
            self.desk.referred.add(twin)
        self._keep(
            services.complaint_merge(
                actor=self.desk.post("leader"),
                complaint_id=self.id,
                into_id=twin,
                reason=wording.MERGED,
            )
        )

    def _send_away(self) -> None:
        if self._is_referred:
            self._report(self._officer())
        notice = wording.DECLINE_NOTICE
        if self.case.ending is Ending.DECLINED:
            reason = self.rng.choice(wording.DECLINED)
            done = services.complaint_decline(
                actor=self._officer(), complaint_id=self.id, reason=reason, notice=notice
            )
        else:
            done = services.complaint_transfer(
                actor=self._officer(),
                complaint_id=self.id,
                target=wording.PARTNERS.get(self.case.matter.product, "合作商户收单机构"),
                reason="反映事项属合作机构责任范围",
                notice=notice,
            )
        self._keep(done)

    def _assign(self) -> None:
        unit = self.case.unit if self.case.unit.startswith("D") else self.case.unit[:3]
        order = AssignOrder(unit_code=unit)
        if self.case.is_regulator and self.rng.random() < 0.5:
            username = self.rng.choice(("officer", "officer", "office2"))
            order = AssignOrder(unit_code="D01", username=username, assisting=(unit,))
        self._keep(
            services.complaint_assign(actor=self.desk.post("leader"), complaint_id=self.id, order=order)
        )
        found = task_state(complaint_id=self.id)
        self.handler = self.desk.by_id[found.handler_id if found else None]

    # 调查、延期、暂停、新事实

    def _investigate(self) -> None:
        files = filing.lay_in(self.desk, self.case, self.handler, services.owner_of(self.no))
        self._keep(
            services.complaint_investigate(
                actor=self.handler,
                complaint_id=self.id,
                text=self.rng.choice(wording.LOOKED_INTO).format(
                    paper=self.rng.choice(self.case.matter.papers_of(self.case.telling)),
                    cause=self.verdict.cause,
                    product=self.case.matter.product,
                ),
                evidence=files,
                none_because="" if files else self.rng.choice(wording.WITHOUT_PAPER),
            )
        )

    def _meanwhile(self) -> Life:
        if self.case.restarts:
            yield self._in(0.3)
            self._restart()
        if self.case.pauses:
            yield self._in(0.4)
            yield from self._pause()
        for number in range(self.case.extends):
            yield self._before_due(days=3)
            if ports.today() >= self.due:
                return  # too late to ask: what is late stays late
            yield from self._extend((Complexity.COMPLEX, Complexity.SPECIAL)[number])

    def _restart(self) -> None:
        self._keep(
            services.complaint_restart(
                actor=self.handler,
                complaint_id=self.id,
                new_facts=self.rng.choice(wording.NEW_FACTS),
                received_on=ports.today(),
                document="补充材料清单",
            )
        )

    def _pause(self) -> Life:
        began = ports.today()
        kind = self.rng.choice((PauseKind.APPRAISAL, PauseKind.MEDIATION))
        order = PauseOrder(
            kind=kind,
            from_on=began,
            document="委托鉴定书" if kind is PauseKind.APPRAISAL else "双方调解申请书",
            reason="双方同意先行处理，期间不计入办理时限",
            body="金融消费纠纷调解中心",
            told_on=began,
        )
        self._keep(services.complaint_suspend(actor=self.handler, complaint_id=self.id, order=order))
        yield self._desk(ports.now() + timedelta(days=self.rng.randint(4, 15)))
        self._keep(
            services.complaint_resume(
                actor=self.handler,
                complaint_id=self.id,
                on=ports.today(),
                reason="鉴定或调解结束",
                document="结束告知书",
            )
        )

    def _extend(self, to: Complexity) -> Life:
        self._keep(
            services.complaint_extend(
                actor=self.handler,
                complaint_id=self.id,
                to=to,
                reason=self.rng.choice(wording.EXTENSION_REASONS),
            )
        )
        yield self._soon(hours=5)
        granter = "executive" if to is Complexity.SPECIAL else "leader"
        self._keep(
            services.complaint_grant(
                actor=self.desk.post(granter), complaint_id=self.id, opinion="情况属实，同意延期"
            )
        )
        yield self._soon(hours=2)
        self._keep(
            services.complaint_notify(
                actor=self.handler, complaint_id=self.id, mode=NoticeMode.SMS, proof="短信平台发送回执"
            )
        )

    def _withdraw(self) -> None:
        # A regulator's letter is answered before the case may end (guard `reports_sent`).
        if self._is_referred:
            self._report(self.handler)
        self._keep(
            services.complaint_withdraw(
                actor=self.handler,
                complaint_id=self.id,
                requested_on=ports.today(),
                reason=self.rng.choice(wording.WITHDRAWN),
                document="撤回确认录音",
            )
        )

    # 决定、答复、办结

    def _decide(self) -> Life:
        yield self._in(self.case.pace * 0.75)
        self._propose()
        if self.case.returned:
            yield self._in(self.case.pace * 0.82)
            services.complaint_return(
                actor=self._approver(), complaint_id=self.id, opinion=self.rng.choice(wording.RETURNS)
            )
            yield self._in(self.case.pace * 0.88)
            self._propose()
        yield self._in(self.case.pace * 0.94)
        self._keep(
            services.complaint_approve(
                actor=self._approver(), complaint_id=self.id, opinion=self.rng.choice(wording.OPINIONS)
            )
        )

    def _propose(self) -> None:
        found = self.verdict
        ruling = Ruling(
            findings=wording.findings_of(self.rng, found.liability, found.cause),
            legal_basis=wording.basis_of(self.case.matter.product),
            liability=found.liability,
            outcome=wording.outcome_of(self.rng, found.redress, self.case.telling.request),
            redress=found.redress,
            redress_fen=found.paid_fen,
            redress_due_on=ports.today() + timedelta(days=7) if found.is_due else None,
        )
        self._keep(services.complaint_propose(actor=self.handler, complaint_id=self.id, ruling=ruling))

    def _answer(self) -> Life:
        yield self._in(self.case.pace)
        mode = self.rng.choice((NoticeMode.PHONE, NoticeMode.SMS, NoticeMode.POSTED, NoticeMode.HANDED))
        answer = Answer(
            facts_found=wording.findings_of(self.rng, self.verdict.liability, self.verdict.cause),
            grounds=wording.basis_of(self.case.matter.product),
            remedies=frozenset(RemedyKind),
            mode=mode,
        )
        self._keep(services.complaint_reply(actor=self.handler, complaint_id=self.id, answer=answer))
        yield self._soon(hours=1)
        self._keep(
            services.complaint_deliver(
                actor=self.handler, complaint_id=self.id, told_on=ports.today(), proof=f"{mode.label}回执"
            )
        )
        if self._is_referred:
            yield self._soon(hours=1)
            self._report(self.handler)
        yield self._desk(ports.now() + timedelta(hours=self.rng.randint(3, 60)))
        self._keep(
            services.complaint_close(
                actor=self.handler,
                complaint_id=self.id,
                cause=self.verdict.cause,
                redress_paid_on=ports.today() if self.verdict.is_due else None,
            )
        )

    def _report(self, actor: Actor) -> None:
        found = selectors.complaint_get(actor=actor, complaint_id=self.id)
        for referral in found.referrals:
            self._keep(
                services.complaint_report(
                    actor=actor,
                    complaint_id=self.id,
                    referral_id=referral["id"],
                    text=self.rng.choice(wording.REPORTS),
                    document="办理情况报告",
                )
            )

    def _recheck(self) -> Life:
        yield self._desk(ports.now() + timedelta(days=self.rng.randint(3, 20)))
        self._keep(
            services.complaint_recheck(
                actor=self._officer(),
                complaint_id=self.id,
                applied_on=ports.today(),
                request=self.rng.choice(wording.RECHECKS),
            )
        )
        yield self._desk(ports.now() + timedelta(days=self.rng.randint(5, 22)))
        upheld = self.rng.random() < 0.8
        self._keep(
            services.complaint_conclude(
                actor=self.desk.post(
                    "leader" if self._approver() is self.desk.post("executive") else "executive"
                ),
                complaint_id=self.id,
                outcome=RecheckOutcome.UPHELD if upheld else RecheckOutcome.CHANGED,
                findings=wording.UPHELD if upheld else wording.CHANGED,
                told_on=ports.today(),
            )
        )

    # 时间与岗位

    def _officer(self) -> Actor:
        return self.desk.officer(self.case.unit)

    def _approver(self) -> Actor:
        return self.desk.approver(self.case.unit, self.verdict.paid_fen, is_referred=self._is_referred)

    def _keep(self, done: Done) -> None:
        self.id, self.no, self.stage, self.due = done.complaint_id, done.no, done.stage, done.due_on

    def _in(self, share: float) -> datetime:
        """The desk moment when `share` of the days from receipt to the due date have gone."""
        received = self.case.received_at
        end = datetime.combine(self.due, time(23, 0), ports.SHANGHAI)
        moment = received + (end - received) * share
        planned = self._desk(moment)
        # A holiday must not make late by accident: on the last days somebody is on duty.
        return moment if share < 1 and planned.date() > self.due else planned

    def _before_due(self, days: int) -> datetime:
        morning = datetime.combine(self.due - timedelta(days=days), time(10, 0), ports.SHANGHAI)
        return max(morning, ports.now() + timedelta(minutes=30))

    def _soon(self, hours: int) -> datetime:
        return ports.now() + timedelta(hours=hours) / 2

    def _desk(self, moment: datetime) -> datetime:
        return at_desk(moment, self.desk.calendar)
