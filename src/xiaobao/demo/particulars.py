"""What makes one complaint of the demo bank differ from the next that tells the same fault: who, when, what was tried."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from xiaobao.duties.complaints.domain.values import Channel
from xiaobao.kernel.ports import SHANGHAI

if TYPE_CHECKING:
    import random

WHO = (
    "客户为退休教师，",
    "客户经营一家早餐店，",
    "客户系外地务工人员，",
    "客户为在读研究生，",
    "客户系网约车司机，",
    "客户为社区医院护士，",
    "客户是企业出纳，",
    "客户系个体水果商，",
    "客户独居，子女在外地，",
    "客户为自由职业者，",
    "客户从事快递工作，",
    "客户系小学班主任，",
    "客户刚办理退休手续，",
    "客户为民营企业职工，",
)
NAMED = ("经营", "店", "老人", "父亲", "母亲", "学生", "出差", "住院", "发薪", "工资")
"""Words of a fault that tell already who the customer is."""
PARTS = ("上午九时许", "上午十一时前后", "中午", "下午两点左右", "下午四时许", "傍晚", "晚上八点多")
LAST = (
    "称最近一次是在{day}{part}。",
    "称{day}{part}再次遇到同样情况。",
    "于{day}{part}发现此事。",
    "记得是在{day}{part}。",
)
CALLED = (
    "此前致电客服{times}次，第{times}次通话约{minutes}分钟，答复为“已记录，等候回电”，至今未接到回电。",
    "{day}曾致电客服，客服（工号尾数{tail}）答复“稍后专人联系”，之后没有联系。",
    "曾打过客服电话，转接{times}个部门，每次都要重新说明情况。",
    "客服回电{times}次，说法前后不一。",
)
VISITED = (
    "为此专程去过网点{times}次，其中一次排队约{minutes}分钟。",
    "{day}到网点询问，大堂经理请其留下电话等候通知。",
    "网点告知须由上级部门处理，客户往返{times}趟。",
    "到网点时经办人员正在休假，被请改日再来。",
)
TYPED = (
    "曾在手机银行在线客服留言{times}次，得到的是相同的自动回复。",
    "{day}提交过一次意见反馈，页面显示“处理中”，未见结果。",
    "在线客服人工排队{minutes}分钟后断开。",
)
EFFECTS = (
    "为此请假半天。",
    "耽误了当天的一笔付款。",
    "家人因此产生误会。",
    "影响了原定的出行安排。",
    "只得向亲友临时周转。",
    "担心影响今后办理其他业务。",
    "认为时间和精力损失应一并考虑。",
    "表示对本行服务感到失望。",
)
PROOFS = (
    "可提供短信截图。",
    "可提供通话记录。",
    "已保存交易回单。",
    "已拍下当时的页面。",
    "愿意配合核对监控。",
    "随时可以补充材料。",
    "希望以书面形式答复。",
    "希望工作日{hour}点以后联系。",
)
MONEY = (
    "涉及金额 {yuan} 元。",
    "客户核算涉及 {yuan} 元。",
    "金额合计 {yuan} 元。",
    "按客户所述为 {yuan} 元。",
)


def particulars_of(
    rng: random.Random, fault: str, channel: Channel, received_at: datetime, amount_fen: int | None
) -> str:
    """Sentences to follow the fault: the last time, the sum, what was tried, what it led to, what can be shown."""
    told = [_last(rng, received_at, is_named=any(word in fault for word in NAMED))]
    if amount_fen:
        told.append(rng.choice(MONEY).format(yuan=f"{amount_fen / 100:,.2f}"))
    if rng.random() < 0.75:
        told.append(_tried(rng, channel, received_at))
    if rng.random() < 0.55:
        told.append(rng.choice(EFFECTS))
    if rng.random() < 0.6:
        told.append(rng.choice(PROOFS).format(hour=rng.randint(14, 18)))
    return "".join(told)


def _last(rng: random.Random, received_at: datetime, *, is_named: bool) -> str:
    who = "客户" if rng.random() < 0.4 or is_named else rng.choice(WHO)
    words = rng.choice(LAST).format(day=_day(rng, received_at, 1, 12), part=rng.choice(PARTS))
    return who + words


def _tried(rng: random.Random, channel: Channel, received_at: datetime) -> str:
    """What the customer had done about it before: mostly by the door he comes through now."""
    usual = {Channel.OUTLET: VISITED, Channel.MOBILE: TYPED, Channel.WEB: TYPED}.get(channel, CALLED)
    way = usual if rng.random() < 0.6 else rng.choice((CALLED, VISITED))
    return rng.choice(way).format(
        times="两三四"[rng.randrange(3)],
        minutes=rng.randrange(10, 75, 5),
        tail=f"{rng.randrange(100):02d}",
        day=_day(rng, received_at, 2, 20),
    )


def _day(rng: random.Random, received_at: datetime, least: int, most: int) -> str:
    day = received_at.astimezone(SHANGHAI).date() - timedelta(days=rng.randint(least, most))
    return f"{day.month}月{day.day}日"
