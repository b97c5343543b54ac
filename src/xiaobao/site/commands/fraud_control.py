"""`xiaobao fraud approve|…`: who may go live, and the reins of a running server."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable
from pathlib import Path

from xiaobao.kernel import ports

Task = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add_tasks(task: Task) -> None:
    """One sub-command each."""
    _approve(task)


def _approve(task: Task) -> None:
    text = "由第二人复核规则文件 / a second person approves a rule file"
    parser = task("approve", text, answer_approve)
    parser.add_argument("file", type=Path, metavar="RULES", help="规则文件（写明 author） / rule file")
    parser.add_argument("--by", required=True, metavar="NAME", help="复核人姓名 / who approves")
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="RULE", help="只复核这些规则 / these rules only"
    )
    parser.add_argument("--model", type=Path, metavar="FILE", help="一并复核的模型 / the model to go with it")
    parser.add_argument("--author", default="", metavar="NAME", help="模型的训练人 / who trained the model")


def answer_approve(options: argparse.Namespace) -> int:
    """The file with the approvals written into it. Raises: DocumentError, LifecycleError."""
    from xiaobao.engines.fraud.approvals import Trained, approve, write
    from xiaobao.engines.fraud.documents import read_document

    model = hashlib.sha256(options.model.read_bytes()).hexdigest() if options.model else ""
    document, done = approve(
        read_document(options.file),
        options.by,
        on=ports.today().isoformat(),
        model=Trained(model, options.author),
        only=options.only,
    )
    write(options.file, document)
    names = "、".join(part.label for part in done)
    print(f"{options.by} 已复核 {len(done)} 项：{names}" if done else "没有待复核的内容")
    return 0
