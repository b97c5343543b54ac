"""The JSON API under /api/v1/: one shape of error, OpenAPI, and a page that shows it without foreign scripts."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from xiaobao.base.integrations.api import Gate
from xiaobao.duties.complaints.api import router as complaints
from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound, XiaobaoError
from xiaobao.site import refusals
from xiaobao.site.middleware import record_refusal

log = logging.getLogger("xiaobao.api")

DESCRIPTION = (
    "与页面相同的命令与清单。每个请求在 Authorization: Bearer 中带接口令牌；每个写入带 Idempotency-Key："
    "同一个值得到同一个答复，换了内容则拒绝（422）。个人信息一律遮蔽。拒绝只有一种形状："
    "code、message、field、rule、source、retryable、faults（逐项列出全部不合格的字段，"
    "如 persons[0].phone）。检索的 total 为准确件数；升级后检索正在重建时 total 为 null，"
    "结果可能不全，一分钟后再问。"
)
TYPES = {
    "missing": "缺少必填字段“{field}”，请补上",
    "extra_forbidden": "不认识的字段“{field}”，请核对字段名",
    "string_too_long": "“{field}”过长，最多 {max_length} 个字符，请删减",
    "string_too_short": "“{field}”不能为空，请填写",
    "too_long": "“{field}”最多 {max_length} 项，请分批",
    "too_short": "“{field}”至少 {min_length} 项，请补上",
    "enum": "“{field}”的值不在代码表中，可用：{expected}",
    "literal_error": "“{field}”的值不在代码表中，可用：{expected}",
    "int_parsing": "“{field}”应为整数，请改正",
    "int_type": "“{field}”应为整数，请改正",
    "greater_than_equal": "“{field}”不能小于 {ge}",
    "less_than_equal": "“{field}”不能大于 {le}",
    "date_from_datetime_parsing": "“{field}”应为日历上存在的日期，例如 2026-01-10",
    "date_parsing": "“{field}”应为日历上存在的日期，例如 2026-01-10",
    "datetime_from_date_parsing": "“{field}”应为时间，例如 2026-01-10T09:30:00+08:00",
    "timezone_aware": "“{field}”须带时区，例如 2026-01-10T09:30:00+08:00",
    "string_type": '“{field}”应为文字，请在 JSON 中加上引号，例如 "1234.50"',
    "bool_type": "“{field}”应为 true 或 false，请改正",
    "bool_parsing": "“{field}”应为 true 或 false，请改正",
    "list_type": '“{field}”应为列表，请用方括号写，例如 ["…"]',
    "dict_type": "“{field}”应为键值结构，请用花括号写",
    "model_attributes_type": "“{field}”应为键值结构，请用花括号写",
}

PLACES = {"path": "路径", "query": "查询串", "header": "请求头", "body": "正文"}


class Utf8Renderer(JSONRenderer):
    """Chinese as it is read, not as \\uXXXX: a refusal is often read in a log."""

    json_dumps_params = {"ensure_ascii": False}


class HouseApi(NinjaAPI):
    """NinjaAPI whose document is made once: it does not change while the program runs."""

    _document: OpenAPISchema | None = None

    def get_openapi_schema(self, **told: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        if self._document is None:
            self._document = super().get_openapi_schema(**told)
        return self._document


api = HouseApi(
    title="小保 xiaobao",
    version="1.0.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
    renderer=Utf8Renderer(),
)
api.add_router("/complaints", complaints)


Gate.error_body = staticmethod(refusals.body_of)
Gate.trace = staticmethod(record_refusal)


def refused(request: HttpRequest, error: XiaobaoError, status: int | None = None) -> HttpResponse:
    """The refusal as JSON, with Retry-After where trying again helps."""
    response = api.create_response(request, refusals.body_of(error), status=status or error.status)
    if error.status == 503:
        response["Retry-After"] = str(refusals.RETRY_SECONDS)
    return response


@api.exception_handler(XiaobaoError)
def _kernel(request: HttpRequest, error: XiaobaoError) -> HttpResponse:
    if isinstance(error, NotAllowed):
        record_refusal(request, error)
    return refused(request, error)


@api.exception_handler(AuthenticationError)
def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = refused(request, NotAllowed("api.token_needed"), status=401)
    response["WWW-Authenticate"] = 'Bearer realm="xiaobao"'
    return response


@api.exception_handler(ValidationError)
def _unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return refused(request, _all(error))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    say = "请求内容不是有效的 JSON" if error.status_code == 400 else ""
    return refused(request, InvalidInput("api.unreadable", say=say), status=error.status_code)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, error: Http404) -> HttpResponse:
    return refused(request, NotFound("site.not_found"))


@api.exception_handler(Exception)
def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    if refusals.is_database_away(error):
        log.error("database away: %s", error)
        return refused(request, refusals.BUSY)
    log.error("api fault", exc_info=error)
    return refused(request, XiaobaoError("api.failed"))


def _all(error: ValidationError) -> InvalidInput:
    """The first thing wrong with a request, the others with it."""
    first, *others = map(_told, error.errors)
    first.also = tuple(others)
    return first


def _told(told: dict[str, Any]) -> InvalidInput:
    """One thing wrong with a request, in Chinese, naming the field."""
    field = ".".join(str(part) for part in told["loc"][1:] if part != "body") or str(told["loc"][-1])
    template = TYPES.get(told["type"], "“{field}”的值不符合要求，请对照接口说明（/api/v1/docs）改正")
    facts = {**told.get("ctx", {}), "field": _titled(field)}
    if "expected" in facts:
        # pydantic joins the codes in English: 'a', 'b' or 'c'.
        facts["expected"] = "、".join(re.findall(r"'([^']*)'", facts["expected"]))
    return InvalidInput("api.invalid", field=field, say=template.format_map(_Blank(facts)))


def _titled(field: str) -> str:
    """The field with its Chinese name, e.g. 涉及金额（amount）; the bare name where the document has none."""
    name = _names().get(field.rsplit(".", 1)[-1], "")
    return f"{name}（{field}）" if name else field


@cache
def _names() -> dict[str, str]:
    """Field to the first words of its description; a field told in two ways in two bodies has none."""
    told: dict[str, set[str]] = {}
    for schema in api.get_openapi_schema()["components"]["schemas"].values():
        for key, field in schema.get("properties", {}).items():
            if "description" in field:
                told.setdefault(key, set()).add(re.split("[，。；：（]", field["description"])[0])
    return {key: names.pop() for key, names in told.items() if len(names) == 1}


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


def docs(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document as a page of the house: no script, no foreign style."""
    schema = api.get_openapi_schema()
    groups: list[dict[str, Any]] = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            groups.append(_operation(path, method, operation, schema))
    context = {"api": schema["info"], "operations": groups, "places": PLACES}
    return render(request, "api_docs.html", context, using="jinja2")


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation.get("summary", ""),
        "parameters": operation.get("parameters", []),
        "fields": _fields(body, schema),
    }


def _fields(body: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    name = body.get("$ref", "").rsplit("/", 1)[-1]
    known = schema.get("components", {}).get("schemas", {}).get(name, {})
    needed = set(known.get("required", []))
    return [
        {"name": key, "needed": key in needed, "about": told.get("description", ""), "type": _type(told)}
        for key, told in known.get("properties", {}).items()
    ]


def _type(told: dict[str, Any]) -> str:
    if "anyOf" in told:
        return " | ".join(_type(one) for one in told["anyOf"])
    if "$ref" in told:
        return str(told["$ref"]).rsplit("/", 1)[-1]
    return str(told.get("type", ""))
