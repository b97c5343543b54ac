"""A request that is too large: a form keeps what was typed in it, anything else is refused unread."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaobao.base.evidence.limits import LIMITS
from xiaobao.base.evidence.uploading import request_too_large
from xiaobao.site import refusals

WAYS_BACK = "按浏览器的返回键可以回到刚才的表单，填写的文字还在，请另选较小的文件。登记投诉时填写的内容已自动存为草稿。"


class UploadLimit:
    """Stands innermost, where the asker is known and nothing has been read yet; answers 413.

    A form of somebody signed in passes up to `LIMITS.readable_bytes`: its large files are thrown
    away as they come (`evidence.uploading.Sieve`) and the form comes back with its text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site, or the refusal."""
        size = _announced(request)
        if size <= _limit(request):
            return self.get_response(request)
        error = request_too_large(size)
        error.facts |= {"remedy": WAYS_BACK, "drafts": reverse("complaints:receive")}
        response = refusals.answer(request, error)
        response.status_code = 413
        response["Connection"] = "close"
        return response


def _limit(request: HttpRequest) -> int:
    is_form = request.content_type == "multipart/form-data" and getattr(request, "actor", None) is not None
    return LIMITS.readable_bytes if is_form else LIMITS.request_bytes


def _announced(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isascii() and length.isdigit() else 0
