"""The named cast and complaints on every stage, made through services alone.

`cast()` builds the bank of the tests; `received()`, `accepted()`, `handling()` ... bring a new
complaint as far as their name says. Every one takes what differs as keywords.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from xiaobao.base.people import selectors as people
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.values import OrgKind
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    Answer,
    AssignOrder,
    Body,
    Channel,
    Codes,
    Done,
    Intake,
    Liability,
    NoticeMode,
    PartyRole,
    Person,
    ReferralLetter,
    RemedyKind,
    Ruling,
)
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.kernel.roles import Role

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday 2026-03-02, ten in the morning in Shanghai."""

CODES = Codes("A1.1", "B3", "C3")
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Cast:
    """Units and people by the names the house gives them."""

    head: OrgUnit
    office: OrgUnit
    branch: OrgUnit
    outlet: OrgUnit
    sibling: OrgUnit
    xiaochen: User  # 柜员小陈, handler at the outlet
    laozhou: User  # 支行行长老周, head of the outlet
    xiaomin: User  # 消保专员晓敏, officer at the head office
    linjie: User  # 消保办负责人林姐
    hangzhang: User  # 副行长, executive
    branch_officer: User
    branch_handler: User
    branch_head: User
    stranger: User  # handler at the sibling outlet
    admin: User

    def actor(self, name: str, **facts: Any) -> Actor:
        """The person of this name as an actor."""
        return replace(people.actor_of(getattr(self, name)), **facts)


@contextmanager
def at(moment: datetime = START, seed: int = 7) -> Iterator[ports.Ports]:
    """The block on a clock that stands at `moment` (aware), ids and chance seeded."""
    with ports.use(ports.seeded(seed, moment)) as running:
        yield running


def later(running: ports.Ports, **delta: float) -> None:
    """Move the clock of the block on."""
    running.clock.advance(**delta)  # type: ignore[attr-defined]


def cast() -> Cast:
    """A head office with its consumer-protection office, a branch, two outlets, and their people."""
    head = _org(None, "000", "示例银行总行", OrgKind.HEAD_OFFICE)
    office = _org(head, "001", "消费者权益保护办公室", OrgKind.DEPARTMENT)
    branch = _org(head, "330", "杭州分行", OrgKind.BRANCH)
    outlet = _org(branch, "33001", "杭州延安支行", OrgKind.OUTLET)
    sibling = _org(branch, "33002", "杭州庆春支行", OrgKind.OUTLET)
    return Cast(
        head,
        office,
        branch,
        outlet,
        sibling,
        xiaochen=user("xiaochen", "陈小", outlet, Role.HANDLER),
        laozhou=user("laozhou", "周行长", outlet, Role.UNIT_HEAD),
        xiaomin=user("xiaomin", "林晓敏", office, Role.OFFICER, Role.HANDLER),
        linjie=user("linjie", "林主任", office, Role.LEADER),
        hangzhang=user("hangzhang", "沈副行长", head, Role.EXECUTIVE),
        branch_officer=user("fenhang", "何专员", branch, Role.OFFICER),
        branch_handler=user("fenjingban", "何立", branch, Role.HANDLER),
        branch_head=user("fenhangzhang", "赵行长", branch, Role.UNIT_HEAD),
        stranger=user("stranger", "生人", sibling, Role.HANDLER, Role.UNIT_HEAD),
        admin=user("admin", "系统管理员", head, Role.SYSTEM_ADMIN),
    )


def _org(parent: OrgUnit | None, code: str, name: str, kind: OrgKind) -> OrgUnit:
    base = parent.path if parent else ""
    count = OrgUnit.objects.filter(parent=parent).count() + 1
    return OrgUnit.objects.create(code=code, name=name, kind=kind, parent=parent, path=f"{base}{count:04d}.")


def user(username: str, name: str, org: OrgUnit, *roles: Role) -> User:
    """One more person of the bank."""
    person = User(username=username, display_name=name, org=org, roles=[str(role) for role in roles])
    person.set_unusable_password()
    person.save()
    return User.objects.get(pk=person.pk)


def intake(**facts: Any) -> Intake:
    """An intake that passes every gate; facts override."""
    base = Intake(
        channel=Channel.PHONE,
        received_at=ports.now(),
        org_code="33001",
        title="提前还款被收取违约金，合同未显著提示",
        facts=f"第 {next(_numbers)} 位客户来电，称办理提前还款时被收取违约金，签约时无人告知。",
        request="退还违约金",
        product="个人住房贷款",
        persons=(Person("王小敏", "13800001234"),),
        amount_fen=300_000,
        currency="CNY",
        duplicates_seen=True,
    )
    return replace(base, **facts)


def agent() -> PartyRole:
    """受托人."""
    return PartyRole.AGENT


def letter(**facts: Any) -> ReferralLetter:
    """A regulator's letter without a date of its own, numbered anew each time."""
    base = ReferralLetter(Body.NFRA, f"监转〔2026〕{next(_numbers)}号")
    return replace(base, **facts)


def received(crew: Cast, actor: str = "xiaomin", **facts: Any) -> Done:
    """A registered complaint of the outlet."""
    return services.complaint_receive(actor=crew.actor(actor), intake=intake(**facts))


def accepted(crew: Cast, **facts: Any) -> Done:
    """An accepted one."""
    done = received(crew, **facts)
    return services.complaint_accept(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)


def handling(crew: Cast, **facts: Any) -> Done:
    """One in the hands of the outlet's teller."""
    done = accepted(crew, **facts)
    order = AssignOrder(unit_code="33001", username="xiaochen")
    return services.complaint_assign(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, order=order)


def coded(crew: Cast, **facts: Any) -> Done:
    """One looked into and coded, ready for a proposal."""
    done = handling(crew, **facts)
    actor = crew.actor("xiaochen")
    services.complaint_investigate(
        actor=actor, complaint_id=done.complaint_id, text="调阅合同", none_because="合同电子件已在信贷系统"
    )
    return services.complaint_code(actor=actor, complaint_id=done.complaint_id, codes=CODES)


def ruling(**facts: Any) -> Ruling:
    """A complete ruling without money."""
    base = Ruling(
        findings="违约金条款在合同第七条，未加粗提示",
        legal_basis="民法典第四百九十六条；借款合同第七条",
        liability=Liability.PARTIAL,
        outcome="退还违约金并致歉",
    )
    return replace(base, **facts)


def answer(**facts: Any) -> Answer:
    """A reply with everything 第十九条 wants."""
    base = Answer(
        facts_found="违约金条款未加粗提示",
        grounds="民法典第四百九十六条",
        remedies=frozenset(RemedyKind),
        mode=NoticeMode.SMS,
        text="您的投诉处理结果如下",
    )
    return replace(base, **facts)


def pending(crew: Cast, rule: Ruling | None = None, **facts: Any) -> Done:
    """One with a proposed decision."""
    done = coded(crew, **facts)
    return services.complaint_propose(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, ruling=rule or ruling()
    )


def approved(crew: Cast, rule: Ruling | None = None, **facts: Any) -> Done:
    """One whose decision is approved."""
    done = pending(crew, rule, **facts)
    return services.complaint_approve(
        actor=crew.actor("hangzhang"), complaint_id=done.complaint_id, opinion="同意"
    )


def replied(crew: Cast, rule: Ruling | None = None, **facts: Any) -> Done:
    """One that was answered."""
    done = approved(crew, rule, **facts)
    return services.complaint_reply(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=answer()
    )


def delivered(crew: Cast, rule: Ruling | None = None, **facts: Any) -> Done:
    """One whose answer demonstrably arrived, in time."""
    done = replied(crew, rule, **facts)
    return services.complaint_deliver(
        actor=crew.actor("xiaochen"),
        complaint_id=done.complaint_id,
        told_on=ports.today(),
        proof="短信回执 20260302001",
    )


def closed(crew: Cast, **facts: Any) -> Done:
    """A closed one."""
    done = delivered(crew, **facts)
    return services.complaint_close(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, cause="违约金披露不足"
    )


def seen(crew: Cast, done: Done, actor: str = "xiaomin") -> Dossier:
    """The complaint as the person sees it now."""
    return selectors.complaint_get(actor=crew.actor(actor), complaint_id=done.complaint_id)


def tick_actor() -> Actor:
    """The actor of scheduled work."""
    return system_actor("测试任务")


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)


def on(text: str) -> date:
    """A day from ISO text."""
    return date.fromisoformat(text)
