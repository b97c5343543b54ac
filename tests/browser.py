"""Debian's chromium, driven by Playwright, with nothing fetched from outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests.groups import CHROMIUM

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running headless browser."""
    # Playwright keeps an event loop in this thread; the tests beside it talk to the database plainly.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Under that loop Django keeps connections apart from those opened before: let go of them now.
    # (`make screenshots` drives a server of its own and knows no database.)
    if settings.configured:
        connections.close_all()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield running
        finally:
            running.close()


@contextmanager
def fresh_page(
    browser: Browser, *, width: int = 1280, height: int = 800, dark: bool = False
) -> Iterator[Page]:
    """A page with cookies of its own."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", color_scheme=scheme
    )
    page = context.new_page()
    try:
        yield page
    finally:
        context.close()


def errors_of(page: Page) -> list[str]:
    """A list that fills with the page's script errors and refused resources as they happen."""
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda line: found.append(line.text) if line.type == "error" else None)
    return found
