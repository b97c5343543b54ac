"""A list as a workbook: masked, watermarked, formula-safe, and in the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any, BinaryIO

from django.db import transaction

from xiaobao.base.audit import services as audit
from xiaobao.base.people.selectors import org_get
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain.access import EXPORTERS
from xiaobao.duties.complaints.domain.codes import name_of
from xiaobao.duties.complaints.domain.rows import ListFilters, Row
from xiaobao.duties.complaints.domain.values import OPEN_STAGES
from xiaobao.duties.complaints.services.sheets import Column, Sheet, shown_at
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.masks import mask_text

LIMIT = 20_000
PAGE = 500
COLUMNS = (
    Column("投诉编号", 18),
    Column("收到日期", 12),
    Column("来源渠道", 14),
    Column("办理阶段", 10),
    Column("投诉人（已遮蔽）", 16),
    Column("投诉事项", 40),
    Column("产品或服务", 20),
    Column("业务类别", 20),
    Column("投诉原因", 28),
    Column("责任机构", 20),
    Column("经办人", 12),
    Column("办理期限", 12),
    Column("法定期限", 12),
    Column("剩余天数", 10),
    Column("移交次数", 10),
    Column("办结时间", 18),
    Column("是否逾期办结", 12),
    Column("在办是否逾期", 14),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """The finished file: how many complaints, its fingerprint, its name."""

    count: int
    sha256: str
    file_name: str


def complaints_export(*, actor: Actor, filters: ListFilters, target: BinaryIO, reason: str = "") -> Exported:
    """The list as an xlsx written to `target`; who, when and how many stand in it and in the journal.

    Raises: NotAllowed for a post that may not take lists out; InvalidInput past 20,000 rows.
    """
    require_exporter(actor)
    rows = list(rows_of(actor, filters))
    now = ports.now()
    name = f"投诉清单-{ports.local(now):%Y%m%d-%H%M%S}.xlsx"
    body = BytesIO()
    with Sheet(body, name="投诉清单", columns=COLUMNS, note=note_of(actor, len(rows)), at=now) as sheet:
        for row in rows:
            sheet.write(cells_of(row))
    done = Exported(len(rows), hashlib.sha256(body.getvalue()).hexdigest(), name)
    _trace(actor, filters, done, reason)
    target.write(body.getvalue())
    return done


def require_exporter(actor: Actor) -> None:
    """Nothing for a post that may take lists out of the house. Raises: NotAllowed."""
    if not actor.has(*EXPORTERS):
        raise NotAllowed(
            "complaint.export.not_allowed", say="您的岗位不能导出投诉清单，请由消保专员或机构负责人导出"
        )


def rows_of(actor: Actor, filters: ListFilters) -> Iterator[Row]:
    """Every row of the list, page by page. Raises: InvalidInput past 20,000."""
    cursor, seen = "", 0
    while True:
        page = selectors.complaint_list(actor=actor, filters=filters, cursor=cursor, limit=PAGE)
        seen += len(page.rows)
        if seen > LIMIT:
            raise InvalidInput(
                "complaint.export.size",
                field="filters",
                say=f"一次最多导出 {LIMIT:,} 件，请用筛选条件缩小范围后分次导出",
            )
        yield from page.rows
        if not page.next:
            return
        cursor = page.next


def note_of(actor: Actor, count: int, unit_of_count: str = "件") -> str:
    """The watermark: who, of which unit, when, how many (complaints, or lines of a sheet of figures)."""
    try:
        unit = org_get(actor.org_path).name
    except NotFound:
        unit = "系统"
    return (
        f"导出人：{actor.name}（{unit}） · 时间：{shown_at(ports.now())} · 共 {count} {unit_of_count} · "
        "内部资料，个人信息已遮蔽，不得外传"
    )


def cells_of(row: Row) -> list[str | int]:
    """A line of the list as cells, in the order of `COLUMNS`."""
    closed = shown_at(row.closed_at) if row.closed_at else ""
    return [
        row.no,
        row.received_on.isoformat(),
        row.channel.label,
        row.state,
        row.complainant,
        row.title,
        row.product,
        name_of(row.business_code),
        name_of(row.reason_code),
        row.org_name,
        row.handler_name,
        row.due_on.isoformat(),
        row.legal_due_on.isoformat() if row.legal_due_on else "",
        "" if row.closed_at else row.days_left,
        row.hand_overs,
        closed,
        "" if row.closed_at is None else _LATE[row.was_late],
        _standing(row),
    ]


_LATE = {True: "是", False: "否", None: ""}


def _standing(row: Row) -> str:
    """An open complaint against its clock; '' for a closed one, whose lateness stands in the column before.

    Told in time or late counts once it is told, although the closing itself is still to come.
    """
    if row.stage not in OPEN_STAGES:
        return ""
    if row.is_told:
        return "逾期告知，待办结" if row.was_late else "按期告知，待办结"
    if row.is_paused:
        return "暂停计时"
    return f"在办已逾期 {-row.days_left} 天" if row.is_overdue else "未逾期"


@transaction.atomic
def _trace(actor: Actor, filters: ListFilters, done: Exported, reason: str) -> None:
    audit.record(
        actor=actor,
        tag="complaints:list:export",
        object_id=done.file_name,
        org_path=actor.org_path,
        after={"count": done.count, "sha256": done.sha256, "filters": _told(filters)},
        reason=reason,
    )


def _told(filters: ListFilters) -> dict[str, Any]:
    """The filters that were set, as plain values without numbers of persons."""
    return {
        name: mask_text(str(value))
        for name, value in asdict(filters).items()
        if value not in ("", None, ()) and name != "ids"
    } | {"ids": len(filters.ids)}
