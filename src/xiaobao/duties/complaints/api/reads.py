"""Lists, single complaints, guards, clocks, search and the workbook, limited to the token's subtree."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Literal
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Schema

from xiaobao.base.integrations.api import READ
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.api import answers, bodies
from xiaobao.duties.complaints.api.gate import REFUSALS, actor_of, command_of, router
from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.rows import (
    ClockView,
    Dossier,
    Duplicate,
    ListFilters,
    Page,
    TimelineItem,
)
from xiaobao.duties.complaints.domain.values import Channel, Stage, Tab
from xiaobao.duties.complaints.selectors.sources import replies_lateness
from xiaobao.duties.complaints.services.exporting import complaints_export

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FilterIn(Schema):
    """The list's filters; empty means no filter."""

    tab: Tab = Tab.OPEN
    org: str = Field("", max_length=120, description="机构路径，在令牌范围之内")
    channel: Channel | None = None
    stage: Stage | None = None
    business: str = Field("", description="JR/T 0169 业务类别，例如 B2")
    reason: str = Field("", description="JR/T 0169 投诉原因，例如 C3")
    handler_id: int | None = Field(None, ge=0, le=bodies.MAX_ID)
    due_from: date | None = None
    due_until: date | None = None
    received_from: date | None = None
    received_until: date | None = None
    q: str = Field("", max_length=200, description="全文检索")
    sort: Literal["due", "received", "closed"] = "due"
    waiting: bool = Field(False, description="只要计时中、尚未答复的")

    def filters(self) -> ListFilters:
        """The same as the pages use. Raises: InvalidInput for a code JR/T 0169 does not know."""
        codes.check_one("B", self.business, field="business", label="业务类别")
        codes.check_one("C", self.reason, field="reason", label="投诉原因")
        told = self.model_dump(exclude={"cursor", "limit"})
        told |= {"scope": told.pop("org"), "text": told.pop("q")}
        return ListFilters(**told | {"channel": self.channel or "", "stage": self.stage or ""})


class ListIn(FilterIn):
    """Filters and the page."""

    cursor: str = Field("", max_length=400)
    limit: int = Field(50, ge=1, le=200)


class SearchIn(Schema):
    """The words, and the page."""

    q: str = Field(min_length=1, max_length=200, description="检索词，一字、两字亦可")
    cursor: str = Field("", max_length=400)
    limit: int = Field(50, ge=1, le=200)


class SourceIn(Schema):
    """One source system, or all."""

    source: str = Field("", max_length=40)


@router.get(
    "",
    auth=READ,
    response={200: Page, **REFUSALS},
    operation_id="complaint_list",
    summary="投诉清单",
)
def complaint_list(request: HttpRequest, asked: Query[ListIn]) -> Page:
    """Lines of the list in its order; `next` leads on. With `q`, `total` is told as by the search."""
    return selectors.complaint_list(
        actor=actor_of(request), filters=asked.filters(), cursor=asked.cursor, limit=asked.limit
    )


@router.get(
    "/search",
    auth=READ,
    response={200: Page, **REFUSALS},
    operation_id="complaint_search",
    summary="全文检索",
)
def search(request: HttpRequest, asked: Query[SearchIn]) -> Page:
    """Every complaint of the subtree that holds the words, open or not; `total` is exact.

    `total` null: the index is being made anew after an upgrade (检索正在重建，结果可能不全); the rows are
    those found so far. Ask again after the next tick.
    """
    filters = ListFilters(tab=Tab.EVERY, text=asked.q, sort="received")
    return selectors.complaint_list(
        actor=actor_of(request), filters=filters, cursor=asked.cursor, limit=asked.limit
    )


@router.get("/export.xlsx", auth=READ, operation_id="complaints_export", summary="导出清单（xlsx）")
def export(request: HttpRequest, asked: Query[FilterIn]) -> HttpResponse:
    """The list as a workbook: masked, watermarked, in the journal. Only posts that may export."""
    body = BytesIO()
    done = complaints_export(actor=actor_of(request), filters=asked.filters(), target=body)
    response = HttpResponse(body.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(done.file_name)}"
    response["X-Row-Count"], response["X-Content-SHA256"] = str(done.count), done.sha256
    return response


@router.get(
    "/replies",
    auth=READ,
    response={200: answers.LatenessOut, **REFUSALS},
    operation_id="replies_report",
    summary="答复时效统计",
)
def replies(request: HttpRequest, asked: Query[SourceIn]) -> answers.LatenessOut:
    """Answers later than 15, 30 and 60 natural days after receipt."""
    found = replies_lateness(actor=actor_of(request), source=asked.source)
    return answers.LatenessOut(**found.as_json())


@router.post(
    "/duplicates",
    auth=READ,
    response={200: list[Duplicate], **REFUSALS},
    operation_id="complaint_duplicates",
    summary="疑似重复",
)
def duplicates(request: HttpRequest, body: bodies.DuplicatesIn) -> list[Duplicate]:
    """Likely duplicates of what is being typed. A question, not a write: no key is needed."""
    return list(selectors.complaint_duplicates(actor=actor_of(request), **body.model_dump()))


@router.get(
    "/by-no/{no}",
    auth=READ,
    response={200: Dossier, **REFUSALS},
    operation_id="complaint_by_no",
    summary="按编号查询",
)
def by_no(request: HttpRequest, no: str) -> Dossier:
    """The complaint of this number."""
    return selectors.complaint_by_no(actor=actor_of(request), no=no)


@router.get(
    "/{int:complaint_id}",
    auth=READ,
    response={200: Dossier, **REFUSALS},
    operation_id="complaint_get",
    summary="投诉详情",
)
def get(request: HttpRequest, complaint_id: int) -> Dossier:
    """The complaint with its papers, parties masked."""
    return selectors.complaint_get(actor=actor_of(request), complaint_id=complaint_id)


@router.get(
    "/{int:complaint_id}/timeline",
    auth=READ,
    response={200: list[TimelineItem], **REFUSALS},
    operation_id="complaint_timeline",
    summary="办理经过",
)
def timeline(request: HttpRequest, complaint_id: int) -> list[TimelineItem]:
    """What happened, newest first."""
    return list(selectors.complaint_timeline(actor=actor_of(request), complaint_id=complaint_id))


@router.get(
    "/{int:complaint_id}/clock",
    auth=READ,
    response={200: ClockView, **REFUSALS},
    operation_id="complaint_clock",
    summary="为什么是这一天",
)
def clock(request: HttpRequest, complaint_id: int) -> ClockView:
    """The due date with every day counted, paused or skipped."""
    return selectors.complaint_clock(actor=actor_of(request), complaint_id=complaint_id)


@router.get(
    "/{int:complaint_id}/guards/{command}",
    auth=READ,
    response={200: answers.GuardsOut, **REFUSALS},
    operation_id="complaint_guards",
    summary="办理条件",
)
def guards(request: HttpRequest, complaint_id: int, command: str) -> answers.GuardsOut:
    """The conditions of a command before it is tried, each with rule and article."""
    named = command_of(command)
    actor = actor_of(request)
    case = selectors.complaint_get(actor=actor, complaint_id=complaint_id)
    return answers.GuardsOut.from_orm(selectors.complaint_guards(actor, case, named))
