"""A refusal in the shape its asker reads: a page, JSON, or a fragment for htmx."""

from __future__ import annotations

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from xiaobao.base import refusals
from xiaobao.kernel.errors import InvalidInput, NotConfigured, XiaobaoError

RETRY_SECONDS = 5

TITLES = {
    400: "填写的内容需要修改",
    401: "请先登录",
    403: "没有权限",
    404: "没有找到",
    405: "不支持这种操作",
    409: "这一步现在不能做",
    413: "提交的内容过大",
    422: "规则不允许",
    429: "操作过于频繁",
    500: "系统出了问题",
    503: "系统暂时不可用",
}

SENTENCES = {
    400: "提交的内容无法识别，请返回检查后重试。",
    401: "登录已失效，请重新登录；已自动保存的草稿不会丢失。",
    403: "您的岗位不含这项操作。如工作需要，请联系安全管理员调整角色。",
    404: "您要找的内容不存在，或不在您的查看范围内。",
    405: "这个地址不支持这种请求方式。",
    409: "内容已被他人更新或状态已变化，请刷新后再试。",
    413: "提交的内容超过系统限制，请减小后重试。",
    422: "该操作不符合适用的规则。",
    429: "请稍候再试。",
    500: "本次操作没有完成，也没有保存任何内容。请稍后重试；仍不成功请联系系统管理员。",
    503: "数据库暂时忙或无法连接。本次操作没有保存任何内容，不会只做一半，请稍候重试。",
}

BUSY = NotConfigured("site.database_away", say=SENTENCES[503])


def sentence_of(error: XiaobaoError) -> str:
    """What happened, which rule, what to do next: the caller's words, the room's, or the family's."""
    return refusals.sentence_of(error) or SENTENCES.get(error.status, SENTENCES[500])


def is_database_away(error: BaseException | None) -> bool:
    """Whether the database is locked or cannot be reached; trying again may help."""
    return isinstance(error, OperationalError | InterfaceError)


def wants_json(request: HttpRequest) -> bool:
    """Whether the asker is a program."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("application/json" in accept and "text/html" not in accept)


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a part of a page asks: htmx, or the dialog."""
    return "HX-Request" in request.headers or "X-Dialog" in request.headers


def answer(request: HttpRequest, error: XiaobaoError) -> HttpResponse:
    """The refusal as the asker reads it, with its status; 503 carries Retry-After."""
    response = _json(request, error) if wants_json(request) else _html(request, error)
    response.status_code = error.status
    if error.status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def body_of(error: XiaobaoError) -> dict[str, Any]:
    """The one shape programs read. `retryable`: the same request may pass later as it is.

    `faults` lists everything wrong with what was sent; it is empty where the input is not to blame.
    """
    every = error.every if isinstance(error, InvalidInput) else ()
    return {
        "code": error.code,
        "message": sentence_of(error),
        **_facts(error, "field", "rule", "source"),
        "retryable": error.status == 503,
        "faults": [
            {"code": one.code, "message": sentence_of(one), **_facts(one, "field", "rule")} for one in every
        ],
    }


def _facts(error: XiaobaoError, *names: str) -> dict[str, str | None]:
    return {name: str(error.facts.get(name) or "") or None for name in names}


def wrong_method(request: HttpRequest, plain: HttpResponse) -> HttpResponse:
    """405 in the shape programs read, with the methods the address knows."""
    error = XiaobaoError("site.wrong_method", say=SENTENCES[405])
    response = JsonResponse(body_of(error), status=405, json_dumps_params={"ensure_ascii": False})
    response["Allow"] = plain.get("Allow", "")
    return response


def _json(request: HttpRequest, error: XiaobaoError) -> HttpResponse:
    # The request's id is on the answer as X-Request-ID.
    return JsonResponse(body_of(error), json_dumps_params={"ensure_ascii": False})


def _html(request: HttpRequest, error: XiaobaoError) -> HttpResponse:
    name = "error_fragment.html" if wants_fragment(request) else "error.html"
    # Without a working database nothing about the asker can be read: a bare page.
    bare = error.status >= 500
    context = {
        "title": error.facts.get("title") or TITLES.get(error.status, TITLES[500]),
        "sentence": sentence_of(error),
        "rule": error.facts.get("rule", ""),
        "source": error.facts.get("source", ""),
        "remedy": error.facts.get("remedy", ""),
        "drafts": error.facts.get("drafts", ""),
        "reference": _reference(request) if bare else "",
        **({"request": None} if bare else {}),
    }
    return HttpResponse(render_to_string(name, context, request=None if bare else request, using="jinja2"))


def _reference(request: HttpRequest) -> str:
    return str(getattr(request, "request_id", ""))
