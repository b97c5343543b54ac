"""What `xiaobao pii scan|mask|train` do, and their refusals. Never imports Django."""

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


def run(options: argparse.Namespace) -> int:
    """Answer; refusals are Chinese sentences on stderr. Raises: InvalidInput, NotFound, IllegalStep."""
    try:
        return _ANSWERS[options.answer](options)
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


_ANSWERS = {"scan": answer_scan, "mask": answer_mask, "train": answer_train}
