"""Addresses of the room. One a command: the name is the command's."""

from __future__ import annotations

from django.urls import path

from xiaobao.duties.complaints.web.bulk import BulkView
from xiaobao.duties.complaints.web.desk import WorkbenchView
from xiaobao.duties.complaints.web.export import DailyView, ExportView
from xiaobao.duties.complaints.web.heat import HeatView
from xiaobao.duties.complaints.web.listing import ListView, SaveViewView
from xiaobao.duties.complaints.web.notices import NoticeIssueView, NoticesView
from xiaobao.duties.complaints.web.page import ClockPageView, PageView
from xiaobao.duties.complaints.web.receive import DraftView, DropDraftsView, DropDraftView, ReceiveView
from xiaobao.duties.complaints.web.reveal import RevealTextView, RevealView
from xiaobao.duties.complaints.web.scope import ScopeView
from xiaobao.duties.complaints.web.search import SearchView
from xiaobao.duties.complaints.web.steps import answering, handling, intake, joining, timing

app_name = "complaints"

STEPS = (
    intake.AcceptView,
    intake.DeclineView,
    intake.TransferView,
    intake.WithdrawView,
    intake.MergeView,
    intake.CorrectView,
    intake.ReferView,
    intake.ReportView,
    handling.AssignView,
    handling.InvestigateView,
    handling.CodeView,
    handling.ProposeView,
    handling.ApproveView,
    handling.ReturnView,
    answering.ReplyView,
    answering.DeliverView,
    answering.CloseView,
    answering.ReopenView,
    answering.RecheckView,
    answering.ConcludeView,
    timing.ExtendView,
    timing.GrantView,
    timing.DenyView,
    timing.NotifyView,
    timing.SuspendView,
    timing.ResumeView,
    timing.RestartView,
    joining.AskView,
    joining.MeetView,
    joining.MajorView,
)

urlpatterns = [
    path("", WorkbenchView.as_view(), name="workbench"),
    path("search/", SearchView.as_view(), name="search"),
    path("complaints/", ListView.as_view(), name="list"),
    path("complaints/export.xlsx", ExportView.as_view(), name="export"),
    path("complaints/daily.xlsx", DailyView.as_view(), name="daily"),
    path("complaints/scope/", ScopeView.as_view(), name="scope"),
    path("complaints/views/", SaveViewView.as_view(), name="view"),
    path("complaints/bulk/", BulkView.as_view(), name="bulk"),
    path("complaints/heat/", HeatView.as_view(), name="heat"),
    path("complaints/notices/", NoticesView.as_view(), name="notices"),
    path("complaints/notices/issue/", NoticeIssueView.as_view(), name="notice_issue"),
    path("complaints/new/", ReceiveView.as_view(), name="receive"),
    path("complaints/new/draft/", DraftView.as_view(), name="draft"),
    path("complaints/new/drafts/drop/", DropDraftsView.as_view(), name="drafts_drop"),
    path("complaints/new/draft/<str:key>/drop/", DropDraftView.as_view(), name="draft_drop"),
    path("complaints/<int:complaint_id>/", PageView.as_view(), name="page"),
    path("complaints/<int:complaint_id>/clock/", ClockPageView.as_view(), name="clock"),
    path("complaints/<int:complaint_id>/reveal/", RevealTextView.as_view(), name="reveal_text"),
    path("complaints/<int:complaint_id>/parties/<int:party_id>/reveal/", RevealView.as_view(), name="reveal"),
    *(
        path(f"complaints/<int:complaint_id>/{view.command.value}/", view.as_view(), name=view.command.value)
        for view in STEPS
    ),
]
