"""`xiaobao pii …`: find personal information in a file, or write a masked copy. Never imports Django."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from xiaobao.engines.pii import LeftoverError, Masker, Options, Policy, PolicyError, Span, policy_from, scan
from xiaobao.engines.pii.classes import class_of
from xiaobao.engines.pii.detectors.learned import LearnedNameDetector
from xiaobao.engines.pii.files import (
    Piece,
    UnreadableFileError,
    mask_file,
    scan_file,
    scan_numbers,
    scan_numbers_stream,
    scan_stream,
)
from xiaobao.engines.pii.learned import training
from xiaobao.engines.pii.learned.model import NameModelError, load
from xiaobao.engines.pii.partial import partial
from xiaobao.engines.pii.policy import DEFAULT
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound
from xiaobao.site.commands.cases import Case, answer_cases

_SHAPE = '{"id", "input"}'
_EVERY = 1000
_DEFAULT = Options()


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
    find.set_defaults(answer=answer_scan)
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
    mask.set_defaults(answer=answer_mask)
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
    train.set_defaults(answer=answer_train)


def _add_names(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--names",
        metavar="MODEL",
        type=Path,
        help="另用 pii train 训练的姓名模型 / names by a trained model too",
    )


def run(options: argparse.Namespace) -> int:
    """Answer; refusals are Chinese sentences on stderr. Raises: InvalidInput, NotFound, IllegalStep."""
    try:
        return int(options.answer(options) or 0)
    except FileNotFoundError as error:
        raise NotFound("pii.no_file", say=f"找不到文件：{error.filename}") from None
    except (IsADirectoryError, PermissionError) as error:
        raise NotFound("pii.no_access", say=f"不能读写：{error.filename}") from None
    except PolicyError as error:
        raise InvalidInput("pii.policy", field="policy", say=str(error)) from None
    except (UnreadableFileError, LeftoverError, NameModelError) as error:
        raise IllegalStep("pii.refused", say=str(error)) from None


def answer_scan(options: argparse.Namespace) -> int:
    """Findings on stdout. Raises: InvalidInput when neither a file nor cases are named."""
    if bool(options.file) == bool(options.cases):
        raise InvalidInput(
            "pii.scan.input", field="file", say="请给出一个文件（- 为标准输入），或者 --cases 文件"
        )
    ours = _ours(options.names)
    if options.cases:
        return answer_cases(Path(options.cases), lambda case: answer_case(case, ours), shape=_SHAPE)
    of_stream, of_file = (scan_numbers_stream, scan_numbers) if options.numbers else (scan_stream, scan_file)
    found = of_stream(_stdin(), ours) if options.file == "-" else of_file(Path(options.file), ours)
    total = 0
    for total, (piece, span) in enumerate(found, 1):
        print(json.dumps(_object(piece, span), ensure_ascii=False) if options.json else _line(piece, span))
        _progress(total)
    _progress_end()
    if not options.json:
        print(f"共 {total} 处")
    return 0


def answer_mask(options: argparse.Namespace) -> int:
    """A masked copy, and the count of what was done. Raises: InvalidInput for a policy that cannot be read."""
    ours = _ours(options.names)
    masker = Masker(policy=_policy(options.policy), role=options.role, purpose=options.purpose, options=ours)
    report = mask_file(options.source, options.target, masker)
    if options.report:
        options.report.write_text(json.dumps(report.document(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"已写出 {options.target}：{report.total} 处，输出经复查无遗留")
    for (kind, action), count in sorted(report.counts.items()):
        print(f"  {kind:<12}{action:<8}{count}")
    return 0


def answer_train(options: argparse.Namespace) -> int:
    """A model of names in a file, and how it reads the sentences held back. Raises: NameModelError."""
    labelled = list(training.sentences(options.data, without=options.check))
    print(f"学习 {len(labelled)} 句，请稍候（每万句约一分钟）", file=sys.stderr)
    model = training.train(labelled)
    model.save(options.out)
    print(f"已写出 {options.out}：{options.out.stat().st_size // 1024} KB")
    if options.check:
        tally = training.tally(training.sentences(options.data, only=options.check), model.names)
        print(
            f"检验 {options.check}：标注 {tally.gold}，找出 {tally.got}，相符 {tally.hit}；"
            f"准确率 {tally.precision:.3f}，召回率 {tally.recall:.3f}，F1 {tally.f1:.3f}"
        )
    return 0


def _ours(path: Path | None) -> Options:
    return Options() if path is None else Options(further=(LearnedNameDetector(load(path)),))


def answer_case(case: Case, ours: Options = _DEFAULT) -> Case:
    """{"id", "spans"} for one case."""
    name, text = case["id"], str(case["input"])
    titles = (case.get("policy") or {}).get("staff_titles", "keep")
    spans = scan(text, options=replace(ours, staff_titles=titles == "mask"))
    wanted = ("type", "text", "start", "end", "confidence")
    return {"id": name, "spans": [{key: _object(Piece(text), span)[key] for key in wanted} for span in spans]}


def _object(piece: Piece, span: Span) -> dict[str, Any]:
    found = {
        "start": piece.offset + span.start,
        "end": piece.offset + span.end,
        "type": span.kind.value,
        "class": class_of(span.kind).value,
        "confidence": span.confidence.label,
        "text": span.text,
        "why": span.why,
    }
    return found | ({"place": piece.place} if piece.place else {})


def _line(piece: Piece, span: Span) -> str:
    """For eyes on a screen: the value stays masked."""
    where = piece.place or str(piece.offset + span.start)
    return f"{where}  {span.kind.value:<10} {partial(span.kind, span.text)}  {span.why}"


def _policy(path: Path | None) -> Policy:
    if path is None:
        return DEFAULT
    try:
        document = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        raise InvalidInput("pii.policy.json", field="policy", say=f"策略文件不是 JSON：{path}") from None
    if not isinstance(document, dict):
        raise InvalidInput("pii.policy.json", field="policy", say="策略文件应为带 rows 的键值对")
    return policy_from(document)


def _stdin() -> BinaryIO:
    return sys.stdin.buffer


def _progress(count: int) -> None:
    if count % _EVERY == 0 and sys.stderr.isatty():
        print(f"\r已找到 {count} 处", end="", file=sys.stderr, flush=True)


def _progress_end() -> None:
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr)
