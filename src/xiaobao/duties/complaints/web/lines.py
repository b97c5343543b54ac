"""One line of a list, ready to draw.

What people typed is escaped here, once, so that the row's template may write values as they are
(fifty rows of twelve values are two thirds of a list's time); `test_lines.py` holds it to that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

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


class Line(NamedTuple):
    """A row as its words, safe to write into a page: typed text is Markup, the rest are our own terms."""

    id: int
    no: Markup
    href: str
    title: Markup
    complainant: Markup
    channel: str
    channel_class: str
    business: Markup
    org: Markup
    state: str
    state_class: str
    handler: Markup
    initial: Markup
    version: int
    due: Deadline


def line_of(row: Row) -> Line:
    """The words of one row."""
    return Line(
        id=row.id,
        no=escape(row.no),
        href=f"/complaints/{row.id}/",
        title=escape(row.title),
        complainant=escape(row.complainant),
        channel=row.channel.label,
        channel_class=" tag-reg" if row.is_regulator else "",
        business=_business(row.business_code, row.reason_code, row.product),
        org=_escaped(row.org_name),
        state=row.state,
        state_class=STATE_CLASS.get(row.stage, "off"),
        handler=_escaped(row.handler_name or "未分派"),
        initial=_escaped(row.handler_name[:1] or "—"),
        version=row.version,
        due=deadline_of(row),
    )


@lru_cache(maxsize=2048)
def _escaped(text: str) -> Markup:
    return escape(text)


@lru_cache(maxsize=2048)
def _business(business_code: str, reason_code: str, product: str) -> Markup:
    top = name_of(top_of(business_code))
    reason = short_reason(name_of(top_of(reason_code)))
    small = Markup("<small>{}</small>").format(reason) if reason else Markup("")
    return escape(top or product or "未编码") + small


def short_reason(name: str) -> str:
    """The standard's reason without the words all of them share; the full name stays in filters and forms.

    >>> short_reason("因金融机构服务设施、设备、业务系统引起的投诉")
    '服务设施、设备、业务系统'
    """
    return name.removeprefix("因").removeprefix("金融机构").removesuffix("引起的投诉")
