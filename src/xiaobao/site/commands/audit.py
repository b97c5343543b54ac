"""`xiaobao audit export|verify|head|verifier`: the journal and its proof."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xiaobao.kernel.identity import system_actor
from xiaobao.site.boot import setup_with_database

BAR = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command each for handing out and checking."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="export|verify|head|verifier")
    for name, text, out in (
        ("export", "导出全部日志（.gz 则压缩）/ export every row", True),
        ("verify", "核验本库日志 / verify this journal", None),
        ("head", "签发当前树头 / sign a head now", False),
        ("verifier", "取出独立核验程序 / copy out the stand-alone verifier", True),
    ):
        action = actions.add_parser(name, help=text)
        if out is not None:
            action.add_argument("--out", type=Path, required=out, help="写入的文件 / file to write")
        action.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Exit code 1 when the verification finds a broken link."""
    if options.action == "verifier":
        return _verifier(options)
    setup_with_database()
    answer, say = {"export": _export, "verify": _verify, "head": _head}[options.action](options)
    print(json.dumps(answer, ensure_ascii=False) if options.json else say)
    return int(answer.get("sound") is False)


def _export(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from xiaobao.base.audit.export import journal_export
    from xiaobao.base.audit.heads import head_document

    head = journal_export(options.out, progress=_progress("导出"))
    answer = {"file": str(options.out), "rows": head.size, "head": head_document(head)}
    return answer, f"已导出 {head.size} 条到 {options.out}，树根 {head.root}"


def _verify(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from xiaobao.base.audit.selectors import audit_alarm
    from xiaobao.base.audit.services import journal_check

    check = journal_check(actor=system_actor("命令行", via="cli"), progress=_progress("核验"))
    answer = {
        "sound": check.breaks == 0,
        "rows": check.rows,
        "heads": check.heads,
        "breaks": check.breaks,
        "first_bad": check.first_bad,
        "seconds": check.seconds,
        "alarm": audit_alarm(),
    }
    if check.breaks:
        return answer, f"核验未通过：第一处断裂在树中序号 {check.first_bad}，共 {check.breaks} 处"
    return answer, f"核验通过：{check.rows} 条，{check.heads} 个树头，用时 {check.seconds} 秒"


def _head(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    from xiaobao.base.audit.heads import head_document
    from xiaobao.base.audit.services import head_sign

    document = head_document(head_sign(actor=system_actor("命令行", via="cli")))
    if options.out:
        options.out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return document, f"{document['size']} 条，树根 {document['root']}，密钥 {document['key_id']}"


def _verifier(options: argparse.Namespace) -> int:
    source = Path(__file__).parents[2] / "base" / "audit" / "verifier.py"
    shutil.copyfile(source, options.out)
    print(json.dumps({"file": str(options.out)}) if options.json else f"已写入 {options.out}")
    return 0


def _progress(word: str) -> Callable[[int, int], None] | None:
    """A bar on stderr, only where a person watches."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        share = f"{'█' * (BAR * done // total):<{BAR}} " if total else ""
        print(f"\r{word} {share}{done:,}", end="", file=sys.stderr, flush=True)

    return show
