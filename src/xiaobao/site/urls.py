"""Every address of the site: one line a room."""

from __future__ import annotations

from django.urls import include, path

from xiaobao.site.api import api, docs

urlpatterns = [
    path("rules/", include("xiaobao.base.rulebook.web.urls")),
    path("", include("xiaobao.duties.complaints.web.urls")),
    path("accounts/", include("xiaobao.site.accounts")),
    path("api/v1/docs", docs, name="api_docs"),
    path("api/v1/", api.urls),
    path("audit/", include("xiaobao.base.audit.web.urls")),
    path("events/", include("xiaobao.base.events.web.urls")),
    path("evidence/", include("xiaobao.base.evidence.web.urls")),
    path("impact/", include("xiaobao.base.impact.web.urls")),
    path("inbox/", include("xiaobao.base.inbox.web.urls")),
    path("law/", include("xiaobao.base.law.web.urls")),
    path("report/", include("xiaobao.base.figures.web.urls")),
    path("people/", include("xiaobao.base.people.web.urls")),
]

handler400 = "xiaobao.site.views.bad_request"
handler403 = "xiaobao.site.views.forbidden"
handler404 = "xiaobao.site.views.not_found"
handler500 = "xiaobao.site.views.server_error"
