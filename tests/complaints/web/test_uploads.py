"""A file that is too large, or of a wrong kind, costs nothing that was typed: told before sending, and after."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import complaints as make
from xiaobao.base.evidence.limits import MIB

if TYPE_CHECKING:
    from playwright.sync_api import Page

Text = Callable[..., str]


def large(size: int, name: str = "录像.pdf") -> SimpleUploadedFile:
    """A file of so many MiB."""
    return SimpleUploadedFile(name, bytes(size * MIB), "application/pdf")


@pytest.fixture
def form(crew: make.Cast) -> str:
    """The form of an investigation."""
    return f"/complaints/{make.handling(crew).complaint_id}/investigate/"


@pytest.mark.django_db
def test_a_file_of_fifty_megabytes_brings_the_form_back_with_its_text(
    office: Client, form: str, text_of: Text
) -> None:
    body = text_of(office.post(form, {"text": "调阅合同与双录", "attachments": large(50)}), 400)
    assert "调阅合同与双录</textarea>" in body
    field = body.split('id="f_attachments"')[1].split("</div>")[0]
    assert "“录像.pdf”：文件有 50 MB，超过单个文件 20 MB 的上限" in field
    assert "请重新选择" in body


@pytest.mark.django_db
def test_files_too_large_together_are_told_beside_the_field_too(
    office: Client, form: str, text_of: Text
) -> None:
    files = [large(15, "一.pdf"), large(15, "二.pdf")]
    body = text_of(office.post(form, {"text": "调阅合同", "attachments": files}), 400)
    assert "“二.pdf”：本次提交共 30" in body
    assert "一.pdf”：" not in body


@pytest.mark.django_db
def test_what_the_evidence_room_refuses_stands_beside_the_field(
    office: Client, form: str, text_of: Text
) -> None:
    program = SimpleUploadedFile("a.jpg", b"MZ" + bytes(99))
    body = text_of(office.post(form, {"text": "调阅合同", "attachments": program}), 400)
    assert "可执行程序" in body.split('id="f_attachments"')[1].split("</div>")[0]


@pytest.mark.django_db
def test_beyond_what_is_read_a_page_tells_the_limit_and_the_ways_back(
    office: Client, form: str, text_of: Text
) -> None:
    kind = "multipart/form-data; boundary=x"
    answer = office.post(form, b"short", content_type=kind, CONTENT_LENGTH=150 * MIB)
    body = text_of(answer, 413)
    for words in ("共 150 MB", "25 MB 的上限", "浏览器的返回键", 'href="/complaints/new/"'):
        assert words in body


@pytest.mark.django_db
def test_the_control_tells_the_browser_the_limits(office: Client, form: str, text_of: Text) -> None:
    body = text_of(office.get(form))
    assert f'data-file-bytes="{20 * MIB}"' in body
    assert f'data-request-bytes="{25 * MIB}"' in body
    assert 'accept=".jpg,' in body
    assert "录音" not in body


@pytest.fixture
def case(transactional_db: Any, page: Page, sign_in: Callable[..., None], live_server: Any) -> str:
    """The address of a complaint in hand; the page is the officer's."""
    from django.core.cache import cache

    cache.clear()
    crew = make.cast()
    done = make.handling(crew)
    sign_in(crew.xiaomin, page)
    return f"{live_server.url}/complaints/{done.complaint_id}/"


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A file of 50 MiB on the disk."""
    path = tmp_path / "录像.pdf"
    with path.open("wb") as file:
        file.truncate(50 * MIB)
    return path


@pytest.mark.browser
def test_the_browser_warns_beside_the_field_and_sends_nothing(page: Page, case: str, film: Path) -> None:
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method == "POST" else None)
    page.goto(case)
    page.locator(".case-main a[data-dialog]", has_text="记录调查").click()
    page.fill("dialog #id_text", "调阅合同与双录")
    page.set_input_files("dialog #id_attachments", film)
    assert "50 MB，超过单个文件 20 MB" in page.inner_text("dialog #f_attachments .msg")
    page.click("dialog .btn-p")
    assert page.evaluate("document.activeElement.id") == "id_attachments"
    assert (sent, page.input_value("dialog #id_text")) == ([], "调阅合同与双录")
    page.set_input_files("dialog #id_attachments", {"name": "a.exe", "mimeType": "", "buffer": b"MZ"})
    assert "不接受扩展名为 .exe 的文件" in page.inner_text("dialog #f_attachments .msg")
    page.set_input_files("dialog #id_attachments", [])
    assert page.locator("dialog #f_attachments .msg").count() == 0


@pytest.mark.browser
def test_without_script_the_form_comes_back_with_its_text(
    page: Page, case: str, film: Path, browser: Any
) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(case + "investigate/")
    plain.fill("#id_text", "调阅合同与双录")
    plain.set_input_files("#id_attachments", film)
    plain.click(".sheet .btn-p")
    assert plain.input_value("#id_text") == "调阅合同与双录"
    assert "50 MB，超过单个文件 20 MB" in plain.inner_text("#f_attachments .msg")
    context.close()
