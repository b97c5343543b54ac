"""The work open today: every state a complaint may be in, and one fault told by many people at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from xiaobao.demo.cases import WHOLE, Case, group_of, person
from xiaobao.demo.matter import Matter, Telling
from xiaobao.demo.matters import MATTERS
from xiaobao.demo.timeline import MOMENT
from xiaobao.duties.complaints.domain.values import Channel
from xiaobao.kernel.ports import SHANGHAI

if TYPE_CHECKING:
    import random

GROUP_TITLE = "手机银行升级后登录闪退，错过还款日"
GROUP_SIZE, GROUP_DAYS, GROUP_HOURS = 12, 9, 40


@dataclass(frozen=True, slots=True)
class Scene:
    """A complaint told up to `steps`, so that it stands in a certain state today."""

    days: int
    title: str
    channel: Channel
    unit: str
    steps: int
    pace: float = 0.9
    extends: int = 0
    pauses: bool = False
    restarts: bool = False
    returned: bool = False
    rechecked: bool = False
    files: int = 1


# One overdue since yesterday and three due today stand first on the workbench; then every other state.
SCENES: tuple[Scene, ...] = (
    Scene(16, "代销基金风险揭示不充分，要求赔偿净值损失", Channel.NFRA, "B010101", 4, files=2),
    Scene(15, "征信异议更正申请超过承诺时限未答复", Channel.HOTLINE_12378, "D03", 4, files=2),
    Scene(15, "年费减免规则与开卡时说明不一致", Channel.PHONE, "D04", 4, files=2),
    Scene(15, "提前还款被收取违约金，合同未显著提示", Channel.OUTLET, "B010201", 4),
    Scene(0, "柜员态度生硬，拒绝解释退票原因", Channel.OUTLET, "B010101", 1),
    Scene(0, "账户分级后限额不够发工资", Channel.PHONE, "B020101", 1),
    Scene(1, "领券后利率仍按原价计收", Channel.MOBILE, "D03", 2),
    Scene(1, "撤回同意后仍收到营销短信", Channel.WEB, "D05", 2),
    Scene(3, "继承存款手续复杂，跑了五次", Channel.LETTER, "B010102", 3),
    Scene(9, "提前结清分期仍收取全部手续费", Channel.PHONE, "D04", 5, pace=0.5, files=2),
    Scene(9, "短信服务费连续扣了三年才发现", Channel.OUTLET, "B010101", 5, pace=0.5),
    Scene(10, "催收人员言语威胁，夜间来电", Channel.PHONE, "D04", 7, pace=0.5, files=2),
    Scene(10, "存单利率与柜台公示不一致", Channel.OUTLET, "B010301", 8, pace=0.5),
    Scene(14, "房贷利率调整后月供没有变化", Channel.WEB, "D03", 5, extends=1),
    Scene(20, "存款变保险，未告知退保损失", Channel.NFRA, "B010101", 7, extends=1, files=2),
    Scene(70, "理财产品净值下跌，风险等级与本人不符", Channel.LETTER, "D02", 10, extends=2, files=2),
    Scene(8, "手机银行转账提示失败却已扣款", Channel.MOBILE, "D05", 5, pauses=True, files=2),
    Scene(45, "基金定投被多次扣款", Channel.PHONE, "D02", 10, pace=0.4, rechecked=True, files=2),
    Scene(12, "白金卡年费无提示直接扣收", Channel.PHONE, "D04", 6, pace=0.7, returned=True),
    Scene(10, "在合作平台借款，不知道出资的是哪家银行", Channel.HOTLINE_12363, "D03", 5, restarts=True),
)


def scripted(rng: random.Random, present: datetime, serial: int) -> list[Case]:
    """The scenes as cases, received at ten in the morning of their day.

    A bank built at night or on a holiday shows the same states as one built at noon on a working day:
    a step whose desk hour has not come yet is taken at the present.
    """
    return [_case(rng, scene, present, serial + place, place) for place, scene in enumerate(SCENES)]


def _case(rng: random.Random, scene: Scene, present: datetime, serial: int, place: int) -> Case:
    matter, telling = told(scene.title)
    day = present.astimezone(SHANGHAI) - timedelta(days=scene.days)
    planned = day.replace(hour=10, minute=10 + place)
    received = min(planned, present - timedelta(minutes=50 - place))
    return Case(
        matter=matter,
        telling=telling,
        person=person(rng),
        channel=scene.channel,
        unit=scene.unit,
        received_at=received,
        entered_at=received + timedelta(minutes=9),
        serial=serial,
        pace=scene.pace,
        extends=scene.extends,
        pauses=scene.pauses,
        restarts=scene.restarts,
        returned=scene.returned,
        rechecked=scene.rechecked,
        files=scene.files,
        steps=scene.steps,
        by=present - MOMENT,
    )


def group(rng: random.Random, present: datetime, serial: int, share: float) -> list[Case]:
    """The fault of one morning nine days ago, told by twelve people; fewer in a smaller bank."""
    matter, telling = told(GROUP_TITLE)
    received = (present - timedelta(days=GROUP_DAYS)).replace(hour=1, minute=20)
    first = Case(
        matter=matter,
        telling=telling,
        person=person(rng),
        channel=Channel.PHONE,
        unit="D05",
        received_at=received,
        entered_at=received,
        serial=serial,
        files=1,
        steps=WHOLE,
    )
    return group_of(first, rng, max(3, round(GROUP_SIZE * share)), GROUP_HOURS)


def told(title: str) -> tuple[Matter, Telling]:
    """The matter and the telling of this title."""
    return next((m, telling) for m in MATTERS for telling in m.tellings if telling.title == title)
