"""The list as a workbook: masked, watermarked, no cell that a spreadsheet would run."""

from __future__ import annotations

import io
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from xiaobao.duties.complaints.services.daily import daily_export
from xiaobao.duties.complaints.services.exporting import complaints_export
from xiaobao.duties.complaints.web import filters
from xiaobao.duties.complaints.web.scope import sight_of, viewer_of
from xiaobao.duties.complaints.web.screen import Screen
from xiaobao.kernel import ports

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportView(Screen):
    """The same filters as the list, every page of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        asked = filters.filters_of(filters.asked(request.GET), ports.today())
        target = io.BytesIO()
        viewer = viewer_of(self.actor, sight_of(request, self.actor))
        done = complaints_export(actor=viewer, filters=asked, target=target)
        return _file(target, done.file_name)


class DailyView(Screen):
    """The day's desk as a workbook, in the scope the desk shows."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        sight = sight_of(request, self.actor)
        target = io.BytesIO()
        unit = sight.units[sight.chosen] if sight.chosen else sight.whole
        done = daily_export(actor=viewer_of(self.actor, sight), target=target, unit=unit)
        return _file(target, done.file_name)


def _file(body: io.BytesIO, name: str) -> HttpResponse:
    response = HttpResponse(body.getvalue(), content_type=WORKBOOK)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
