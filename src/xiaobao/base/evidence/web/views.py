"""A file leaves the house as an attachment, after its scope and its digest were checked."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from xiaobao.base.evidence import storage
from xiaobao.base.evidence.selectors import evidence_get
from xiaobao.base.evidence.services import evidence_read
from xiaobao.base.people.web.asker import actor_of_request
from xiaobao.kernel.errors import IllegalStep, NotConfigured


@require_safe
def download(request: HttpRequest, evidence_id: int) -> FileResponse:
    """The file under the name it came with; never shown in the browser, never kept by it."""
    actor = actor_of_request(request)
    evidence = evidence_get(actor, evidence_id)
    path = storage.root() / evidence.path
    if not path.is_file():
        raise NotConfigured("evidence.gone")
    if storage.digest_of(path) != evidence.sha256:
        raise IllegalStep("evidence.altered")
    evidence_read(actor=actor, evidence=evidence)
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=evidence.name, content_type=evidence.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
