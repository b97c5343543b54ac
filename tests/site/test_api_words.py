"""What the API says of a value of the wrong type: the Chinese name, the field as sent, and what to do."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from xiaobao.site import api


@pytest.mark.parametrize(
    ("kind", "place", "words"),
    [
        ("string_type", ("body", "told", "amount"), ("涉及金额（", "amount）", "加上引号")),
        ("missing", ("body", "told", "facts"), ("投诉事实（", "请补上")),
        ("bool_type", ("body", "told", "duplicates_seen"), ("“", "true 或 false")),
        ("a type of tomorrow", ("body", "told", "org_code"), ("责任机构编码（", "接口说明")),
    ],
)
def test_names_the_field_in_chinese_and_the_remedy(
    kind: str, place: tuple[str, ...], words: tuple[str, ...]
) -> None:
    said = api._told({"type": kind, "loc": place}).say
    assert all(word in said for word in words), said


def test_a_field_without_a_name_stands_as_it_was_sent() -> None:
    assert api._titled("no_such_field") == "no_such_field"


def test_every_answer_is_written_as_it_is_read(rf: RequestFactory) -> None:
    body = api.api.renderer.render(rf.get("/"), {"message": "缺少必填字段"}, response_status=422)
    assert body == '{"message": "缺少必填字段"}'
