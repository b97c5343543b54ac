"""`xiaobao pii …`: find personal information in a file, or write a masked copy. Never imports Django."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`scan`, `mask` and `train`."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar="scan|mask|train")
    find = tasks.add_parser("scan", help="找出个人信息 / find personal information")
    find.add_argument("file", nargs="?", metavar="FILE", help="文件，- 为标准输入 / a file, - for stdin")
    find.add_argument("--cases", metavar="FILE", help="逐行 {id, input} 的案例 / cases, one a line")
    find.add_argument("--json", action="store_true", help="以 JSON 输出，一行一处 / one object a line")
    find.add_argument(
        "--numbers",
        action="store_true",
        help="只找证件号、卡号、手机号，大文件用 / numbers alone, for large files",
    )
    _add_names(find)
    find.set_defaults(answer="scan")
    mask = tasks.add_parser("mask", help="写出遮蔽后的副本 / write a masked copy")
    mask.add_argument("source", metavar="IN", type=Path, help="原文件 / file to read")
    mask.add_argument("target", metavar="OUT", type=Path, help="遮蔽后的文件 / file to write")
    mask.add_argument("--policy", metavar="FILE", type=Path, help="策略文件（JSON） / policy")
    mask.add_argument("--role", default="", help="查看者的角色 / role of the reader")
    mask.add_argument("--purpose", default="", help="用途 / purpose")
    mask.add_argument(
        "--report", metavar="FILE", type=Path, help="报告写到此处（不含原值） / report without values"
    )
    _add_names(mask)
    mask.set_defaults(answer="mask")
    train = tasks.add_parser("train", help="由标注语料训练姓名模型 / learn names from labelled sentences")
    train.add_argument(
        "--data",
        metavar="FILE",
        type=Path,
        action="append",
        required=True,
        help='标注文件，一行一句，可多次给出 / {"text", "spans": [[start, end, "name"]], "from"} a line',
    )
    train.add_argument(
        "--out", metavar="MODEL", type=Path, required=True, help="模型写到此处 / model to write"
    )
    train.add_argument(
        "--check",
        metavar="PART",
        default="",
        help="from 为此值的行不学，用来检验 / lines held back, their figures shown",
    )
    train.set_defaults(answer="train")


def _add_names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--names",
        metavar="MODEL",
        type=Path,
        help="另用 pii train 训练的姓名模型 / names by a trained model too",
    )


def run(options: argparse.Namespace) -> int:
    """Answer; refusals are Chinese sentences on stderr. Raises: InvalidInput, NotFound, IllegalStep."""
    from xiaobao.site.commands import pii_answers  # the engine costs its start only where it works

    return pii_answers.run(options)
