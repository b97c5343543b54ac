"""Messages of citizens to a city government, with or without the answer (data set `gov_zh`).

They are not banking complaints: business and reason are 其他 of JR/T 0169, and the source's
own class is kept. Date and time are Shanghai's.
"""

from __future__ import annotations

from datetime import datetime

from xiaobao.duties.complaints.domain.intake_formats.cells import Cells
from xiaobao.duties.complaints.domain.intake_formats.formats import IntakeFormat
from xiaobao.duties.complaints.domain.intake_formats.values import IntakeRow, with_original
from xiaobao.duties.complaints.domain.values import Channel, Intake, Person

REQUIRED = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
_KEPT = ("一级分类", "反对数", "点赞数")


def parse(cells: Cells, line: int, now: datetime) -> IntakeRow | None:
    """The row as a complaint, or None when `cells.faults` tells why not."""
    received_at = cells.moment("留言时间", now=now, required=True)
    replied_at = cells.moment("答复时间", now=now)
    reply = cells.prose("答复意见")
    cells.before("留言时间", received_at, "答复时间", replied_at)
    if bool(reply) != bool(cells.raw("答复时间")) and not cells.faults:
        cells.fault(
            "答复时间",
            "reply_half",
            "答复意见与答复时间缺一（规则：两项同有或同无）",
            "请补齐两项，或两项都留空",
        )
    intake = _intake(cells, received_at)
    if intake is None:
        return None
    return IntakeRow(line, intake, is_history=bool(reply), replied_at=replied_at, reply=reply)


def _intake(cells: Cells, received_at: datetime | None) -> Intake | None:
    number = cells.text("留言编号", limit=60, required=True)
    title = cells.text("留言主题", required=True)
    facts = cells.prose("留言详情", required=True)
    name = cells.text("留言用户", limit=60, required=True)
    if cells.faults or received_at is None:
        return None
    return Intake(
        channel=Channel.IMPORT,
        received_at=received_at,
        org_code="",
        title=title,
        facts=with_original(facts, cells.kept(_KEPT)),
        persons=(Person(name),),
        channel_code="A1.3.4",
        business_code="B99",
        reason_code="C99",
        source_system="gov_zh",
        source_no=number,
        duplicates_seen=True,
    )


COLUMNS = {"name": "留言用户", "title": "留言主题", "facts": "留言详情", "received_at": "留言时间"}
GOV_ZH = IntakeFormat("gov_zh", REQUIRED, "留言编号", parse, columns=COLUMNS)
