"""Asks the rules command inside this process."""

from __future__ import annotations

import json
import shlex
from typing import Any

import pytest

from xiaobao.site import cli


def ask(capsys: pytest.CaptureFixture[str], line: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, the JSON answer (empty when there is none) and what stood on stderr."""
    code = cli.main(["rules", *shlex.split(line), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else {}, said.err
