"""A request that is too large is refused by its announced length, before a byte of it is read."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from xiaobao.base.evidence.limits import LIMITS, megabytes
from xiaobao.kernel.errors import InvalidInput
from xiaobao.site import refusals


class UploadLimit:
    """Stands innermost, where the asker is known and nothing has been read yet; answers 413."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site, or the refusal."""
        size = _announced(request)
        if size <= LIMITS.request_bytes:
            return self.get_response(request)
        limit = megabytes(LIMITS.request_bytes)
        error = InvalidInput("evidence.request_too_large", field="file", size=megabytes(size), limit=limit)
        response = refusals.answer(request, error)
        response.status_code = 413
        response["Connection"] = "close"
        return response


def _announced(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isascii() and length.isdigit() else 0
