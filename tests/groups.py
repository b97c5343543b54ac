"""Groups of tests that need something of the machine, and what to say where it is absent."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("XIAOBAO_SHARED") or ROOT.parent / "shared")
CHROMIUM = Path("/usr/bin/chromium")
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def absent(group: str) -> str:
    """One line saying what the group lacks here, or '' when it can run."""
    if group == "browser":
        return _browser()
    if group == "postgres" and postgres.tools() is None:
        return f"PostgreSQL is absent: apt-get install {postgres.PACKAGE}"
    if group == "real" and not (SHARED / "data").is_dir():
        return f"the real data is absent: {SHARED}"
    return ""


def _browser() -> str:
    if not CHROMIUM.exists():
        return "chromium is absent: apt-get install chromium fonts-noto-cjk"
    if importlib.util.find_spec("playwright") is None:
        return "playwright is absent: make install, then make test"
    return ""
