"""The list as a workbook: masked, watermarked, no cell that a spreadsheet would run."""

from __future__ import annotations

import io

from django.http import HttpRequest, HttpResponse

from xiaobao.duties.complaints.services.exporting import complaints_export
from xiaobao.duties.complaints.web import filters
from xiaobao.duties.complaints.web.screen import Screen
from xiaobao.kernel import ports

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportView(Screen):
    """The same filters as the list, every page of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        asked = filters.filters_of(filters.asked(request.GET), ports.today())
        target = io.BytesIO()
        done = complaints_export(actor=self.actor, filters=asked, target=target)
        response = HttpResponse(target.getvalue(), content_type=WORKBOOK)
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{_quoted(done.file_name)}"
        return response


def _quoted(name: str) -> str:
    from urllib.parse import quote

    return quote(name)
