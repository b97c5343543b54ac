"""One line of a list, ready to draw: every value a plain string."""

from __future__ import annotations

from dataclasses import dataclass

from xiaobao.duties.complaints.domain.codes import name_of, top_of
from xiaobao.duties.complaints.domain.rows import Row
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.duties.complaints.web.deadline import Deadline, deadline_of

STATE_CLASS: dict[Stage, str] = {
    Stage.REGISTERED: "new",
    Stage.ACCEPTED: "new",
    Stage.HANDLING: "do",
    Stage.PENDING: "wait",
    Stage.REPLIED: "wait",
    Stage.RECHECK: "up",
    Stage.CLOSED: "done",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as its words."""

    id: int
    no: str
    href: str
    title: str
    complainant: str
    channel: str
    channel_class: str
    business: str
    org: str
    state: str
    state_class: str
    handler: str
    initial: str
    version: int
    due: Deadline


def line_of(row: Row) -> Line:
    """The words of one row."""
    return Line(
        id=row.id,
        no=row.no,
        href=f"/complaints/{row.id}/",
        title=row.title,
        complainant=row.complainant,
        channel=row.channel.label,
        channel_class=" tag-reg" if row.is_regulator else "",
        business=_business(row),
        org=row.org_name,
        state=row.stage.label,
        state_class=STATE_CLASS.get(row.stage, "off"),
        handler=row.handler_name or "未分派",
        initial=row.handler_name[:1] or "—",
        version=row.version,
        due=deadline_of(row),
    )


def _business(row: Row) -> str:
    top = name_of(top_of(row.business_code))
    reason = short_reason(name_of(top_of(row.reason_code)))
    return " · ".join(part for part in (top or row.product or "未编码", reason) if part)


def short_reason(name: str) -> str:
    """The standard's reason without the words all of them share; the full name stays in filters and forms.

    >>> short_reason("因金融机构服务设施、设备、业务系统引起的投诉")
    '服务设施、设备、业务系统'
    """
    return name.removeprefix("因").removeprefix("金融机构").removesuffix("引起的投诉")
