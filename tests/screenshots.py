"""`make screenshots`: the pictures of the README, taken from the demo bank by a real browser."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.processes import served
from tests.browser import chromium, fresh_page
from xiaobao.demo.cast import PASSWORD

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"


def main() -> int:
    """Builds the demo bank where it is not there, serves it, and takes every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    xiaobao = Path(sys.executable).with_name("xiaobao")
    subprocess.run([xiaobao, "demo"], check=True)
    with served({"XIAOBAO_DEMO": "1"}) as server, chromium() as browser:
        base = f"http://127.0.0.1:{server.port}"
        _desk(browser, base)
        _phone(browser, base)
        _examiner(browser, base)
    print(f"{len(list(IMAGES.glob('*.png')))} pictures in {IMAGES.relative_to(ROOT)}", file=sys.stderr)
    return 0


@contextmanager
def _as(browser: Browser, base: str, username: str, **look: object) -> Iterator[Page]:
    with fresh_page(browser, **look) as page:  # type: ignore[arg-type]
        page.goto(f"{base}/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(re.compile(r"/$"))
        yield page


def _shoot(page: Page, name: str, *, full: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=full)


def _desk(browser: Browser, base: str) -> None:
    with _as(browser, base, "officer", width=1280, height=860) as page:
        _shoot(page, "workbench")
        page.goto(f"{base}/complaints/")
        _shoot(page, "list")
        page.goto(f"{base}/complaints/new/")
        _shoot(page, "register")
        page.goto(f"{base}/search/?q=违约金")
        _shoot(page, "search")
        page.goto(f"{base}/complaints/heat/")
        _shoot(page, "heat")
        page.goto(f"{base}/complaints/?tab=regulator")
        page.click("main a[data-open] >> nth=0")
        page.wait_for_url(re.compile(r"/complaints/\d+/$"))
        _shoot(page, "complaint", full=True)
    with _as(browser, base, "leader", width=1280, height=860, dark=True) as page:
        if page.get_attribute("html", "data-theme") != "dark":
            page.click(".prefs button[value=dark]")
            page.wait_for_selector("html[data-theme=dark]")
        _shoot(page, "workbench-dark")


def _phone(browser: Browser, base: str) -> None:
    with _as(browser, base, "outlet", width=390, height=844) as page:
        _shoot(page, "phone")
        page.goto(f"{base}/complaints/new/")
        _shoot(page, "phone-register")


def _examiner(browser: Browser, base: str) -> None:
    with _as(browser, base, "examiner", width=1280, height=860) as page:
        page.goto(f"{base}/report/2020/")
        _shoot(page, "report")
        page.goto(f"{base}/report/2020/F03/")
        _shoot(page, "figure")


if __name__ == "__main__":
    os.environ.setdefault("XIAOBAO_VAR", str(ROOT / "var"))
    sys.exit(main())
