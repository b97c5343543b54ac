"""The documentation tells the truth about commands and tests: each is there, and takes what it is given."""

from __future__ import annotations

import contextlib
import importlib
import io
import re
import shlex
from typing import Any

import pytest

from tests.house.source import ROOT
from xiaobao.site import cli

PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^```[a-z]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
TEST_PATH = re.compile(r"`(tests/[\w/]+(?:\.py)?)`")
PLACEHOLDERS = {"FILE": "f.csv", "FOLDER": "f"}
RUNS = ("rules", "pii")
"""Commands cheap and harmless enough to be run as they stand in the documentation."""


def documented() -> list[str]:
    """Every `xiaobao …` line of a code block, without options in brackets, comments and pipes."""
    found = set()
    for page in PAGES:
        for block in FENCE.findall(page.read_text(encoding="utf-8")):
            for line in block.replace("\\\n", " ").splitlines():
                words = re.sub(r"\[[^\]]*\]", "", line).split(" #")[0].split(" | ")[0].split(" > ")[0].strip()
                if re.match(r"(\S*/)?xiaobao ", words):
                    found.add(words.partition("xiaobao ")[2].strip())
    return sorted(found)


def parsed(line: str) -> tuple[Any, Any]:
    """The command's module and its options. Raises: SystemExit where the command would refuse them."""
    name, *rest = shlex.split(line)
    command: Any = importlib.import_module(f"xiaobao.site.commands.{cli.COMMANDS[name][0]}")
    if hasattr(command, "run_raw"):
        return command, None
    parser = cli.Parser(prog=name)
    command.add_arguments(parser)
    with contextlib.redirect_stderr(io.StringIO()):
        return command, parser.parse_args([PLACEHOLDERS.get(word, word) for word in rest])


def test_there_is_something_to_check() -> None:
    assert len(documented()) > 10


@pytest.mark.parametrize("line", documented())
def test_a_documented_command_is_understood(line: str) -> None:
    if "--help" in line:
        with contextlib.redirect_stdout(io.StringIO()), pytest.raises(SystemExit, match="0"):
            parsed(line)
        return
    command, options = parsed(line)
    if line.split()[0] in RUNS and "IN" not in line.split() and "/" not in line:
        assert cli._run(command.run, options) == 0


def test_a_command_that_is_not_there_would_be_found() -> None:
    with pytest.raises((SystemExit, KeyError)):
        parsed("rules nothing --such")


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_stands_in_the_reference(name: str) -> None:
    assert f"`xiaobao {name}" in (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")


def test_every_test_the_security_page_names_is_there() -> None:
    named = TEST_PATH.findall((ROOT / "docs/reference/security.md").read_text(encoding="utf-8"))
    assert len(named) > 25
    assert [path for path in named if not (ROOT / path).exists()] == []
