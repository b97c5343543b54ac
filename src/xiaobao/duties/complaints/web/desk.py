"""The workbench: what to do first, the figures of the day, what falls due, who carries how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from markupsafe import Markup

from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain.access import EXPORTERS, READERS, allowed
from xiaobao.duties.complaints.domain.rows import MIN_BASE, ListFilters, Load, Workbench
from xiaobao.duties.complaints.domain.values import Command, Tab
from xiaobao.duties.complaints.web import charts, filters
from xiaobao.duties.complaints.web.lines import line_of
from xiaobao.duties.complaints.web.scope import sight_of, viewer_of
from xiaobao.duties.complaints.web.screen import Screen
from xiaobao.engines.chart import ring
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import ADMIN_ROLES, Role

TODO = 6
PREVIEW = 8
GREETINGS = (
    (5, "夜深了"),
    (9, "早上好"),
    (12, "上午好"),
    (14, "中午好"),
    (18, "下午好"),
    (23, "晚上好"),
    (24, "夜深了"),
)
"""Until which hour in Asia/Shanghai one says what."""


class WorkbenchView(Screen):
    """The first screen of the day."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page, in at most eight statements with session and person; the own desk of other posts."""
        if not self.actor.roles & READERS:
            return redirect(landing(self.actor))
        sight = sight_of(request, self.actor)
        viewer = viewer_of(self.actor, sight)
        desk = selectors.workbench(actor=viewer)
        rows = desk.todo or selectors.complaint_list(actor=viewer, filters=ListFilters(), limit=PREVIEW).rows
        base = reverse("complaints:list")
        numbers = {Tab.OPEN: desk.open, Tab.OVERDUE: desk.overdue}
        return self.page(
            "workbench.html",
            {
                "sight": sight,
                "may_export": bool(self.actor.roles & EXPORTERS),
                "hello": _hello(ports.local(desk.as_of), self.actor.name, desk),
                "state": _state(desk),
                "figures": _figures(desk, base),
                "todo": [_todo(row) for row in desk.todo[:TODO]],
                "todo_none": _nothing(desk.overdue, desk.due_today, base),
                "todo_all": (desk.todo_tab.label, filters.link(base, {"tab": desk.todo_tab})),
                "radar": charts.radar(desk.radar, ports.today(), base),
                "radar_sentence": desk.radar.sentence,
                "loads": _loads(desk.loads, desk.load_mean),
                "lines": [line_of(row) for row in rows],
                "tabs": [
                    (filters.link(base, {"tab": tab}), tab.label, numbers.get(tab), tab is Tab.OPEN)
                    for tab in (Tab.OPEN, Tab.MINE, Tab.REGULATOR, Tab.DUE_SOON, Tab.OVERDUE, Tab.UNASSIGNED)
                ],
                "base": base,
                "months": charts.months(desk.months, ports.today(), base),
                "months_sentence": charts.months_sentence(desk.months),
                "causes": charts.causes(desk.causes, ports.today(), base),
                "causes_sentence": charts.causes_sentence(desk.causes),
                "may_receive": allowed(self.actor.roles, Command.RECEIVE),
            },
        )


def landing(actor: Actor) -> str:
    """Where a post that reads no complaints begins its day."""
    if actor.has(Role.AUDIT_ADMIN):
        return reverse("audit:list")
    return reverse("people:users" if actor.roles & ADMIN_ROLES else "people:me")


def _hello(now: datetime, name: str, desk: Workbench) -> str:
    part = next(words for until, words in GREETINGS if now.hour < until)
    return f"{part}，{name}。{_first(desk)}"


def _first(desk: Workbench) -> str:
    """What to do first: the lines below it that are late or due today, and how many more there are."""
    if not desk.overdue + desk.due_today:
        return "今天没有到期的工单" if desk.open else "目前没有在办的工单"
    pressing = sum(row.days_left <= 0 for row in desk.todo)
    if pressing == 0:
        return "您经办的今天没有到期" if desk.todo_tab is Tab.MINE else "今天没有等着您办的工单"
    return f"今天先办这 {min(pressing, TODO)} 件"


def _state(desk: Workbench) -> str:
    words = [f"{desk.overdue} 件已逾期" if desk.overdue else "没有逾期"]
    words.append(f"{desk.due_today} 件今日到期" if desk.due_today else "今日没有到期")
    return "，".join(words)


@dataclass(frozen=True, slots=True)
class FigureCard:
    """One card of the top row."""

    label: str
    value: str
    unit: str
    detail: Markup
    href: str
    spark: str = ""
    alert: bool = False


def _figures(desk: Workbench, base: str) -> list[FigureCard]:
    today = ports.today()
    month = today.replace(day=1).isoformat()
    months = desk.months
    share = f"本月共 {desk.received_month} 件"
    if desk.received_month >= MIN_BASE:
        share = f"占 {100 * desk.regulator_month / desk.received_month:.1f}%"
    return [
        FigureCard(
            "已逾期",
            f"{desk.overdue:,}",
            "件",
            _plain(_longest(desk)),
            filters.link(base, {"tab": Tab.OVERDUE}),
            alert=desk.overdue > 0,
        ),
        FigureCard(
            "在办投诉",
            f"{desk.open:,}",
            "件",
            _plain(f"今日到期 {desk.due_today} 件"),
            base,
            charts.spark([item.regulator + item.others for item in months]),
        ),
        FigureCard(
            "监管转办（本月）",
            f"{desk.regulator_month:,}",
            "件",
            Markup("{}{}").format(share, _trend([item.regulator for item in months], "件")),
            filters.link(base, {"tab": Tab.REGULATOR, "from": month}),
            charts.spark([item.regulator for item in months]),
        ),
        FigureCard(
            "按期办结率（本月）",
            "—" if desk.on_time_month is None else f"{desk.on_time_month:g}",
            "" if desk.on_time_month is None else "%",
            _punctual(desk),
            filters.link(base, {"tab": Tab.DONE, "sort": "closed"}),
            charts.spark([item.on_time for item in months if item.on_time is not None]),
        ),
        FigureCard(
            "平均办理时长",
            "—" if desk.mean_days is None else f"{desk.mean_days:.1f}",
            "" if desk.mean_days is None else "天",
            _plain("法定 15 日（第十八条）"),
            filters.link(base, {"tab": Tab.DONE, "sort": "closed"}),
        ),
    ]


def _plain(words: str) -> Markup:
    return Markup("{}").format(words)


def _longest(desk: Workbench) -> str:
    late = [-row.days_left for row in desk.todo if row.is_overdue]
    if not desk.overdue:
        return "没有逾期的工单"
    return f"最长逾期 {max(late)} 天" if late else "请尽快作出决定并告知"


def _trend(values: list[int], unit: str) -> Markup:
    if len(values) < 2:
        return Markup("")
    step = values[-1] - values[-2]
    if step == 0:
        return Markup(" · 与上月持平")
    kind, arrow = ("up", "↑") if step > 0 else ("down", "↓")
    return Markup(' · 较上月 <b class="{}">{} {} {}</b>').format(kind, arrow, abs(step), unit)


TARGET = charts.TARGET


def _punctual(desk: Workbench) -> Markup:
    """What stands below the share: only closed cases count, so the overdue ones in hand are said beside it."""
    rate = desk.on_time_month
    if rate is None:
        return _plain(desk.months[-1].punctuality) + _still_late(desk)
    gap = round(rate - TARGET, 1)
    if gap < 0:
        words = Markup('目标 {:g}% · <b class="up">差 {:g} 个百分点</b>').format(TARGET, -gap)
    else:
        reached = "" if desk.overdue else Markup(' · <b class="down">已达到</b>')
        words = Markup("目标 {:g}%{}").format(TARGET, reached)
    return words + Markup(" · 仅计已办结") + _still_late(desk)


def _still_late(desk: Workbench) -> Markup:
    return (
        Markup('，<b class="up">另有 {} 件逾期未办结</b>').format(desk.overdue)
        if desk.overdue
        else Markup("")
    )


def _nothing(overdue: int, due_today: int, base: str) -> tuple[str, str, str, str]:
    """What stands where nothing is to be done first: title, words, address and its label.

    A handler's list is their own; what is late elsewhere in the unit is said, since the card above counts it.
    """
    if not overdue + due_today:
        return "没有要先办的投诉", "新的投诉受理后，会按剩余时限排在这里。", base, "翻看全部在办"
    parts = (("已逾期", overdue), ("今日到期", due_today))
    words = "，".join(f"{number} 件{label}" for label, number in parts if number)
    tab, label = (Tab.OVERDUE, "已逾期") if overdue else (Tab.DUE_SOON, "临期")
    return (
        "您名下没有要先办的投诉",
        f"本机构另有 {words}。",
        filters.link(base, {"tab": tab}),
        f"打开{label}的投诉",
    )


def _todo(row: Any) -> dict[str, Any]:
    line = line_of(row)
    return {"line": line, "ring": "" if line.due.kind == "late" else Markup(ring(line.due.percent))}  # noqa: S704


@dataclass(frozen=True, slots=True)
class LoadBar:
    """One handler's bar, in per cent of the widest track."""

    name: str
    initial: str
    cases: int
    weight: str
    percent: float
    tone: str
    over: bool
    href: str


def _loads(loads: tuple[Load, ...], mean: float) -> dict[str, Any]:
    """The heaviest bars by weighted load, and the line of the mean of everybody who carries a case."""
    if not loads:
        return {"mean": "", "bars": []}
    top = max(loads[0].weight, mean * 4 / 3, 1)
    bars = [
        LoadBar(
            load.name,
            load.name[:1],
            load.cases,
            _short(load.weight),
            round(load.weight / top * 100, 1),
            "cbad" if load.over else ("c4" if load.weight > mean else "c2"),
            load.over,
            filters.link(reverse("complaints:list"), {"handler": str(load.user_id)}),
        )
        for load in loads[:6]
    ]
    return {"mean": _short(mean), "line": round(mean / top * 100, 1), "bars": bars}


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
