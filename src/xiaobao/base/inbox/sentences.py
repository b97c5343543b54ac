"""What a reminder says, in one sentence a tired person understands."""

from __future__ import annotations

from datetime import datetime, timedelta

from xiaobao.base.inbox.values import Step
from xiaobao.kernel import ports

TEXT_LENGTH = 400
_REMEDY = {
    75: "请尽快办理。",
    90: "请优先办理，机构负责人请督促。",
    100: "请立即办理并说明原因，机构负责人和消保办负责人请督办。",
}


def sentence(title: str, step: Step, due_at: datetime, now: datetime) -> str:
    """The reminder's text: what, how far, until when, what to do."""
    due = f"{ports.local(due_at):%Y-%m-%d %H:%M}"
    if step.percent == 100:
        late = now - due_at
        state = f"已逾期{span(late)}" if late >= timedelta(minutes=1) else "已到期"
        return _cut(title, f"{state}（到期时间 {due}）。{_REMEDY[100]}")
    if now >= due_at:
        return _cut(title, f"办理时限已用完（到期时间 {due}）。{_REMEDY[step.percent]}")
    rest = f"剩余{span(due_at - now)}，{due} 到期"
    return _cut(title, f"办理时限已用 {step.percent}%，{rest}。{_REMEDY[step.percent]}")


def span(length: timedelta) -> str:
    """A length of time in the two largest units that say something.

    >>> span(timedelta(days=3, hours=5)), span(timedelta(minutes=40)), span(timedelta(seconds=20))
    (' 3 天 5 小时', ' 40 分钟', '不足 1 分钟')
    """
    minutes = int(length.total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [f"{days} 天" if days else "", f"{hours} 小时" if hours else ""]
    if not days and rest:
        parts.append(f"{rest} 分钟")
    words = " ".join(filter(None, parts))
    return f" {words}" if words else "不足 1 分钟"


def _cut(title: str, rest: str) -> str:
    room = TEXT_LENGTH - len(rest) - 2
    shown = title if len(title) <= room else title[: room - 1] + "…"
    return f"“{shown}”{rest}"
