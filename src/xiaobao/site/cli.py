"""The console command `xiaobao`: one sub-command a module, loaded only when it is asked for."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from xiaobao.site.exits import FAILED, OK, WRONG_USE

# name: (module, Chinese help, English help). The modules of rules and engines never import Django.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "serve": ("serve", "启动服务", "serve the product"),
    "demo": ("demo", "建示例银行", "build the demo bank"),
    "tick": ("tick", "执行到期的定时工作", "run scheduled work that is due"),
    "rules": ("rules", "规则查询与期限计算", "ask the rule book"),
    "law": ("law", "法规库", "the law library"),
    "scan": ("scan", "材料审查：对照规则找问题", "read material against the review rules"),
    "pii": ("pii", "找出、遮蔽个人信息", "find and mask personal information"),
    "topics": ("topics", "投诉归类", "where a complaint belongs"),
    "neardup": ("neardup", "群体性投诉的发现", "complaints that say the same"),
    "retrieval": ("retrieval", "找出相近的意见", "find earlier opinions like this one"),
    "fraud": ("fraud", "反欺诈引擎：特征、评估、回测", "the anti-fraud engine on files"),
    "complaints": ("complaints", "投诉导入与统计", "import and count complaints"),
    "figures": ("figures", "年报数字", "figures of the annual report"),
    "people": ("people", "首批管理员、换密钥", "first administrators, a new key"),
    "audit": ("audit", "审计日志导出与核验", "export and verify the audit log"),
    "manage": ("manage", "Django 管理命令", "Django's own commands"),
}

WIDTH = 100
PRIVATE = 0o077
"""What a command makes is for the account alone that runs it: databases, files, exports."""


HEADINGS = {"positional arguments": "参数 / arguments", "options": "选项 / options"}
# What argparse says first -> what it means; what follows in its sentence are names.
WRONG = (
    ("the following arguments are required: ", "缺少必填的 "),
    ("unrecognized arguments: ", "不认识 "),
    ("one of the arguments ", "须给出其中之一 "),
    ("argument ", "这一项的值有误或缺少 "),
)


class Help(argparse.RawDescriptionHelpFormatter):
    """Help with its lines as written, as wide as COLUMNS says; asking the terminal would load archivers."""

    def __init__(self, prog: str) -> None:
        columns = os.environ.get("COLUMNS", "")
        super().__init__(prog, width=int(columns) - 2 if columns.isdigit() else WIDTH)


class Parser(argparse.ArgumentParser):
    """A parser whose sub-commands, too, are set up without the slow part of the library's help."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": Help} | options)
        for group in self._action_groups:
            group.title = HEADINGS.get(group.title or "", group.title)

    def error(self, message: str) -> NoReturn:
        """Wrong use, in both languages, with exit code 2."""
        self.print_usage(sys.stderr)
        said = next((chinese + rest for english, chinese in WRONG if (rest := _after(message, english))), "")
        self.exit(WRONG_USE, f"{self.prog}：{said or '用法有误'} / {message}\n")


def _after(message: str, start: str) -> str:
    """The names behind `start`, or '' where the message begins otherwise."""
    return message.removeprefix(start).partition(":")[0] if message.startswith(start) else ""


def main(argv: list[str] | None = None) -> int:
    """Run one sub-command; exit code 0 done, 1 refused or failed, 2 wrong use or no place to run in."""
    os.umask(PRIVATE)
    arguments = sys.argv[1:] if argv is None else argv
    name = next((word for word in arguments if not word.startswith("-")), "")
    if name not in COMMANDS:
        return _overview(arguments, name)
    rest = arguments[arguments.index(name) + 1 :]
    command = importlib.import_module(f"xiaobao.site.commands.{COMMANDS[name][0]}")
    if hasattr(command, "run_raw"):
        return _run(command.run_raw, rest)
    parser = Parser(prog=f"xiaobao {name}", description=f"{COMMANDS[name][1]} / {COMMANDS[name][2]}")
    command.add_arguments(parser)
    return _run(command.run, parser.parse_args(rest))


def _run(command: Callable[[Any], int | None], options: Any) -> int:
    try:
        return int(command(options) or OK)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return FAILED
    except Exception as error:
        from xiaobao.site.failures import explain  # not before something fails

        told = explain(error)
        if told is None:
            raise
        print(told[0], file=sys.stderr)
        return told[1]


def _overview(arguments: list[str], name: str) -> int:
    lines = [f"  {key:<12}{zh} / {en}" for key, (_, zh, en) in COMMANDS.items()]
    text = "用法：xiaobao 命令 [选项]；每个命令都有 --help\nusage: xiaobao COMMAND [options]\n\n" + "\n".join(
        lines
    )
    if {"-h", "--help"} & set(arguments) and not name:
        print(text)
        return OK
    print(f"没有命令“{name}”\n{text}" if name else text, file=sys.stderr)
    return WRONG_USE
