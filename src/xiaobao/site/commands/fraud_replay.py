"""`xiaobao fraud replay`: a rule file and a model over past events, before anybody approves them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput
from xiaobao.site.commands import fraud_reading
from xiaobao.site.commands.fraud_progress import progress

_LISTS = (("black", "黑名单"), ("white", "白名单"), ("gray", "灰名单"), ("watch", "关注"))
_WORDS = (("allow", "放行"), ("challenge", "加验"), ("hold", "暂缓"), ("refuse", "拒绝"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Events, rules, a model, and where the decisions go."""
    parser.add_argument(
        "events",
        type=Path,
        nargs="+",
        metavar="EVENTS",
        help="csv、csv.gz（一行一笔交易）或 jsonl（事件约定）",
    )
    parser.add_argument("--rules", type=Path, required=True, metavar="FILE", help="规则文件（JSON）")
    parser.add_argument("--model", type=Path, metavar="FILE", help="ONNX 模型（附模型卡）")
    parser.add_argument(
        "--beside",
        type=Path,
        metavar="FILE",
        help="另一套规则（影子），报告两者的差异 / other rules, differences told",
    )
    parser.add_argument(
        "--settings",
        type=Path,
        metavar="FILE",
        help="设置文件：回测时按其中的名单处置 / settings whose lists apply",
    )
    parser.add_argument("--out", type=Path, metavar="DECISIONS", help=".csv、.csv.gz 或 .parquet")
    parser.add_argument(
        "--delay-days",
        type=fraud_reading.days,
        default=7,
        help="规则文件未带特征时，欺诈确认所需天数 / days until a fraud is known",
    )
    parser.add_argument("--json", action="store_true", help="报告以 JSON 输出")
    fraud_reading.add_arguments(parser)


def answer(options: argparse.Namespace) -> int:
    """Decisions to a file, the report to stdout. Raises: InvalidInput."""
    from xiaobao.engines.fraud.approvals import faults
    from xiaobao.engines.fraud.documents import read_document, read_rules
    from xiaobao.engines.fraud.listed import list_columns
    from xiaobao.engines.fraud.model import load
    from xiaobao.engines.fraud.recipes import card_features
    from xiaobao.engines.fraud.replay import truth_of
    from xiaobao.engines.fraud.setup import lists_from

    began = ports.stopwatch()
    rules, own = read_rules(options.rules)
    features = own or card_features(options.delay_days)
    model = load(options.model, features) if options.model else None
    table, refused = fraud_reading.read(options, fraud_reading.attributes(rules, features))
    if own is None and "type" in table.columns:
        raise InvalidInput(
            "fraud.replay.features", field="rules", say="事件为 jsonl 时，规则文件须自带 features"
        )
    table = table.plus({"truth": truth_of(table)} | list_columns(lists_from(options.settings), table))
    tally = _run(options, rules, features, table, model)
    seconds = ports.stopwatch() - began
    beside = _beside(options, rules, features, table, model) if options.beside else {}
    report = (
        tally.report()
        | beside
        | {
            "refused": {
                "lines": sum(refused.counts.values()),
                "by_code": refused.counts,
                "first": refused.first,
            },
            "versions": {
                "rules": rules.hash,
                "features": features.hash,
                "model": model.hash if model else "",
            },
            "unapproved": list(faults(read_document(options.rules), model.hash if model else "")),
            "seconds": round(seconds, 2),
            "events_a_second": round(len(table) / seconds),
        }
    )
    print(json.dumps(report, ensure_ascii=False) if options.json else "\n".join(_lines(report)))
    return fraud_reading.verdict(refused)


def _run(options: argparse.Namespace, rules: Any, features: Any, table: Any, model: Any) -> Any:
    from contextlib import nullcontext

    from xiaobao.engines.fraud.files import Sink
    from xiaobao.engines.fraud.replay import Tally, answers, decision_columns

    tally, done = Tally(rules), 0
    with Sink(options.out) if options.out else nullcontext() as sink:
        for found in answers(rules, features, table, model=model):
            tally.add(found)
            if sink is not None:
                sink.add(decision_columns(found, rules))
            done += len(found)
            progress("回测", done, len(table))
    progress("回测", len(table), len(table))
    return tally


def _beside(options: argparse.Namespace, rules: Any, features: Any, table: Any, model: Any) -> dict[str, Any]:
    """Where the other rule set would have answered otherwise."""
    from xiaobao.engines.fraud.documents import read_rules
    from xiaobao.engines.fraud.replay import answers
    from xiaobao.engines.fraud.shadow import Comparison

    other, _ = read_rules(options.beside)
    comparison, done = Comparison(), 0
    pairs = zip(
        answers(rules, features, table, model=model),
        answers(other, features, table, model=model),
        strict=True,
    )
    for live, shadow in pairs:
        columns = live.table.columns
        comparison.add(live.outcome, shadow.outcome, columns["amount_fen"].values, columns["truth"].values)
        done += len(live)
        progress("影子比较", done, len(table))
    progress("影子比较", len(table), len(table))
    return {"shadow": comparison.report()}


def _lines(report: dict[str, Any]) -> list[str]:
    money, outcomes = report["money"], report["outcomes"]
    lines = [
        f"事件 {report['events']:,} 笔，{report['first_day']} 至 {report['last_day']} 有交易的 {report['days']} 天，"
        f"欺诈 {report['frauds']:,} 笔；用时 {report['seconds']} 秒",
        "处置 " + "，".join(f"{word} {outcomes[name]:,}" for name, word in _WORDS),
        f"每天预警 {report['alerts_a_day']:,} 笔；预警命中欺诈 {report['frauds_alerted']:,} 笔",
        f"欺诈金额 {_yuan(money['fraud_fen'])}，其中拦下 {_yuan(money['fraud_stopped_fen'])}，"
        f"加验 {_yuan(money['fraud_challenged_fen'])}；误拦正常金额 {_yuan(money['honest_stopped_fen'])}",
        f"每天核查 100 张卡的命中率 {report['precision_at_100_cards']:.1%}{_by_score(report)}"
        if report["labelled"]
        else "文件里没有一笔已知的欺诈：金额拦截、命中率、准确率无从计算，只看预警量",
        _row(("规则", "命中", "欺诈", "准确率", "仅此规则")),
    ]
    for rule in report["rules"]:
        known = rule["precision"] is not None and report["labelled"]
        precision = f"{rule['precision']:.1%}" if known else "—"
        counts = (f"{rule['hits']:,}", f"{rule['frauds']:,}", precision, f"{rule['only_this']:,}")
        lines.append(_row((rule["id"], *counts)))
    if any(report["list_hits"].values()):
        lines.append("名单命中 " + "，".join(f"{w} {report['list_hits'][n]:,}" for n, w in _LISTS))
    for name, word in (("stricter", "更严"), ("milder", "更松")) if "shadow" in report else ():
        found = report["shadow"][name]
        lines.append(
            f"影子{word} {found['events']:,} 笔，金额 {_yuan(found['fen'])}；"
            f"其中欺诈 {found['frauds']:,} 笔，{_yuan(found['fraud_fen'])}"
        )
    if report["unapproved"]:
        lines.append(f"回测可以，上线还不行：{'；'.join(report['unapproved'][:10])}")
    if report["refused"]["lines"]:
        lines += [f"另有 {report['refused']['lines']} 行不是有效事件：", *report["refused"]["first"]]
    return lines


def _row(cells: Sequence[str]) -> str:
    """One line of the table; a Chinese character is two columns wide."""
    first, *rest = cells
    return first + " " * max(1, 14 - _width(first)) + "".join(" " * max(1, 12 - _width(c)) + c for c in rest)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _by_score(report: dict[str, Any]) -> str:
    found = report["precision_at_100_cards_by_score"]
    return "" if found is None else f"；只按模型分排 {found:.1%}"


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f} 元"
