"""`xiaobao topics …`: where a complaint belongs, training on closed ones, drift. Never imports Django."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from xiaobao.engines.topics import Verdict, triage
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.site.commands.cases import Case, answer_cases

Judge = Callable[[str], Verdict]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A text, cases, a training file or a file for the drift report."""
    parser.add_argument("text", nargs="?", help="一件投诉的文字 / the text of a complaint")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="逐行 {id, input} / cases, one a line")
    parser.add_argument("--model", type=Path, metavar="FILE", help="用自己训练的模型 / a model of your own")
    parser.add_argument("--train", type=Path, metavar="FILE", help="csv：text,label，按时间先后 / learn from")
    parser.add_argument("--out", type=Path, metavar="FILE", help="模型写到此处 / write the model here")
    parser.add_argument(
        "--promise", type=float, default=0.9, metavar="P", help="承诺的准确率 / promised precision"
    )
    parser.add_argument(
        "--drift", type=Path, metavar="FILE", help="csv：date,topic，按周比较 / weekly report"
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Answer one of the four questions. Raises: InvalidInput, NotFound."""
    if options.train:
        return _train(options)
    if options.drift:
        return _drift(options)
    judge = _judge(options.model)
    if options.cases:
        return answer_cases(options.cases, lambda case: answer_case(case, judge), shape='{"id", "input"}')
    if not options.text:
        raise InvalidInput(
            "topics.input", field="text", say="请给出文字，或者 --cases、--train、--drift 文件"
        )
    verdict = judge(options.text)
    print(json.dumps(_object(verdict), ensure_ascii=False) if options.json else _line(verdict))
    return 0


def answer_case(case: Case, judge: Judge = triage) -> Case:
    """{"id", "primary", "secondary", "abstain", "flags", …} for one case."""
    return {"id": case["id"], **_object(judge(str(case["input"])))}


def _judge(path: Path | None) -> Judge:
    """The house's rules; with a model its label first, the rules where it abstains, flags from the rules."""
    if path is None:
        return triage
    from dataclasses import replace

    from xiaobao.engines.topics.learning import TooFewError, load

    try:
        model = load(path)
    except TooFewError as error:
        raise InvalidInput("topics.model", field="model", say=str(error)) from None

    def judge(text: str) -> Verdict:
        by_rules, guess = triage(text), model.guess(text)
        if guess.label is None or by_rules.primary in {"咨询", "表扬", "测试数据"}:
            return by_rules
        primary, _, secondary = guess.label.partition("/")
        return replace(
            by_rules,
            primary=primary,
            secondary=secondary or None,
            confidence=round(guess.probability, 2),
            why=guess.terms,
        )

    return judge


def _train(options: argparse.Namespace) -> int:
    from xiaobao.engines.topics.learning import TooFewError, as_dict, train

    if not options.out:
        raise InvalidInput("topics.out", field="out", say="训练需要 --out 指定模型文件")
    samples = [(row["text"], row["label"]) for row in _rows(options.train, ("text", "label"))]
    try:
        model, report = train(samples, promise=options.promise)
    except TooFewError as error:
        raise InvalidInput("topics.train", field="train", say=str(error)) from None
    model.save(options.out)
    if options.json:
        print(json.dumps(as_dict(report)))
    else:
        print(
            f"已写出 {options.out}：{report.samples} 条、{report.classes} 类；最新的 {report.tested} 条上，"
            f"全部作答准确率 {report.accuracy:.1%}；按承诺作答 {report.coverage:.1%}，其中准确 {report.precision:.1%}"
        )
    return 0


def _drift(options: argparse.Namespace) -> int:
    from xiaobao.engines.topics.drift import weekly

    rows = _rows(options.drift, ("date", "topic"))
    try:
        weeks = weekly((date.fromisoformat(row["date"]), row["topic"] or None) for row in rows)
    except ValueError as error:
        raise InvalidInput("topics.drift", field="date", say=f"日期应为 2026-03-02 的写法：{error}") from None
    for week in weeks:
        risen = "、".join(f"{topic} +{gain:.0%}" for topic, gain in week.risen)
        if options.json:
            answer = {
                "week": week.monday.isoformat(),
                "count": week.count,
                "abstained": round(week.abstained, 4),
                "index": None if week.index is None else round(week.index, 4),
                "moved": week.has_moved,
                "risen": dict(week.risen),
            }
            print(json.dumps(answer, ensure_ascii=False))
        else:
            mark = "  ← 请看一看" if week.has_moved else ""
            print(f"{week.monday} 起一周  {week.count} 件  未判定 {week.abstained:.0%}  {risen}{mark}")
    return 0


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise InvalidInput("topics.columns", field="file", say=f"{path} 缺少列：{'、'.join(missing)}")
            yield from reader
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise NotFound("topics.no_file", say=f"找不到或不能读文件：{path}") from None
    except UnicodeDecodeError:
        raise InvalidInput("topics.encoding", field="file", say=f"文件应为 UTF-8 编码：{path}") from None


def _object(verdict: Verdict) -> dict[str, Any]:
    return {
        "primary": verdict.primary,
        "secondary": verdict.secondary,
        "abstain": verdict.abstains,
        "flags": list(verdict.flags),
        "urgent": verdict.is_urgent,
        "confidence": verdict.confidence,
        "business": verdict.business,
        "reason": verdict.reason,
        "channel": verdict.channel,
        "why": list(verdict.why),
    }


def _line(verdict: Verdict) -> str:
    topic = (
        " / ".join(word for word in (verdict.primary, verdict.secondary) if word) or "不能判定，请人工阅读"
    )
    parts = [topic, verdict.business, verdict.reason, verdict.channel]
    flags = f"  标记：{'、'.join(verdict.flags)}" if verdict.flags else ""
    why = f"  依据：{'、'.join(verdict.why)}" if verdict.why else ""
    return "  ".join(part for part in parts if part) + flags + why
