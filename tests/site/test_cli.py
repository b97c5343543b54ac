"""The console command: what it offers, in both languages, and that asking the rules starts quickly."""

from __future__ import annotations

import argparse
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from xiaobao.site import cli

CHINESE, ENGLISH = re.compile(r"[一-鿿]"), re.compile(r"[A-Za-z]{2}")
RULES = ["rules", "due", "CMP-003", "--received", "2026-01-10", "--json"]


def parsers() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command's parser by name; `manage` hands everything to Django."""
    for name, (module, _, _) in cli.COMMANDS.items():
        command: Any = importlib.import_module(f"xiaobao.site.commands.{module}")
        if not hasattr(command, "run_raw"):
            parser = cli.Parser(prog=name)
            command.add_arguments(parser)
            yield name, parser


def words(parser: argparse.ArgumentParser, path: str) -> Iterator[tuple[str, str]]:
    """Each option and sub-command with the sentence that explains it, down to the last level."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                yield f"{path} {choice.dest}", str(choice.help or "")
            for name, below in action.choices.items():
                yield from words(below, f"{path} {name}")
        elif not isinstance(action, argparse._HelpAction) and action.help != argparse.SUPPRESS:
            yield f"{path} {'/'.join(action.option_strings) or action.dest}", str(action.help or "")


def test_every_option_is_explained_in_chinese_and_english() -> None:
    wrong = [
        place
        for name, parser in parsers()
        for place, text in words(parser, name)
        if not (CHINESE.search(text) and ENGLISH.search(text))
    ]
    assert wrong == []


def test_every_command_stands_in_the_overview(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr()
    assert all(f"  {name} " in shown.out for name in cli.COMMANDS)
    assert shown.err == ""


@pytest.mark.parametrize("arguments", [[], ["nothing-such"], ["--what"]])
def test_no_command_is_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "usage" in shown.err


def test_help_is_as_wide_as_the_terminal_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert cli.Help("x")._width == 58
    monkeypatch.setenv("COLUMNS", "wide")
    assert cli.Help("x")._width == cli.WIDTH


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "export"], "缺少必填的 --out / the following arguments are required: --out"),
        (["audit", "export", "--out", "a", "b"], "不认识 b / unrecognized arguments: b"),
        (["serve", "--port", "x"], "这一项的值有误或缺少 --port / argument --port"),
    ],
)
def test_wrong_use_is_said_in_both_languages(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(arguments)
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_headings_of_help_are_in_both_languages() -> None:
    text = cli.Parser(prog="x").format_help()
    assert "选项 / options:" in text


def test_asking_for_a_deadline_loads_little() -> None:
    code = (
        f"import sys; from xiaobao.site.cli import main; main({RULES!r}); "
        "print(len(sys.modules), {'django', 'shutil', 'inspect', 'dataclasses', 'decimal', 'tempfile', 'yaml'}"
        " & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    number, _, heavy = done.stderr.partition(" ")
    assert heavy.strip() == "set()"
    assert int(number) < 150


def test_a_reader_that_stops_early_is_no_fault() -> None:
    def stops(options: Any) -> int:
        raise BrokenPipeError

    assert cli._run(stops, None) == 1


def test_ctrl_c_is_said_by_its_exit_code() -> None:
    def stops(options: Any) -> int:
        raise KeyboardInterrupt

    assert cli._run(stops, None) == 130


def test_a_fault_of_our_own_is_raised() -> None:
    def fails(options: Any) -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cli._run(fails, None)
