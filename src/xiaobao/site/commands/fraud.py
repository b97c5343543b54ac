"""`xiaobao fraud features|evaluate|train|replay|…`: the anti-fraud engine on files. Never imports Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotConfigured, XiaobaoError
from xiaobao.site.commands import fraud_control, fraud_reading, fraud_replay, fraud_serve
from xiaobao.site.commands.fraud_progress import progress

CHOICE = "features|evaluate|train|replay|approve|serve|reload|incidents|lift|snooze|decisions|prune|jdm"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command a task."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar=CHOICE)
    _features(tasks)
    _evaluate(tasks)
    _train(tasks)
    _jdm(tasks)
    _prune(tasks)
    fraud_control.add_tasks(partial(_task, tasks))
    fraud_serve.add_arguments(
        _task(tasks, "serve", "以 HTTP 提供实时决策 / decisions over HTTP", fraud_serve.answer)
    )
    fraud_replay.add_arguments(
        _task(tasks, "replay", "用历史事件回测规则与模型 / back-test", fraud_replay.answer)
    )


def run(options: argparse.Namespace) -> int:
    """Answer; refusals are Chinese sentences on stderr. Raises: InvalidInput, NotConfigured."""
    try:
        return int(options.answer(options) or 0)
    except ModuleNotFoundError as missing:
        raise NotConfigured(
            "fraud.extra", say=f"缺少 {missing.name}，请先安装：pip install 'xiaobao[fraud]'"
        ) from None
    except XiaobaoError:
        raise
    except ValueError as wrong:  # every refusal of the engine is one, with its sentence
        raise InvalidInput("fraud.refused", field="", say=str(wrong)) from None
    except OSError as wrong:
        raise InvalidInput(
            "fraud.file", field="", say=f"不能读写 {wrong.filename}：{wrong.strerror}"
        ) from None


def _task(tasks: Any, name: str, text: str, answer: Callable[[argparse.Namespace], int]) -> Any:
    parser = tasks.add_parser(name, help=text, description=text)
    parser.set_defaults(answer=answer)
    return parser


def _features(tasks: Any) -> None:
    parser = _task(
        tasks, "features", "由交易文件计算窗口特征 / window features of raw payments", answer_features
    )
    parser.add_argument("events", type=Path, nargs="+", metavar="EVENTS", help="csv、csv.gz 或 jsonl")
    parser.add_argument(
        "--rules",
        type=Path,
        metavar="FILE",
        help="计算规则文件自带的特征，而不是手册的十二个 / the features of a rule file",
    )
    fraud_reading.add_arguments(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".csv、.csv.gz 或 .parquet")
    parser.add_argument(
        "--delay-days",
        type=fraud_reading.days,
        default=7,
        help="欺诈确认所需天数，默认 7 / days until a fraud is known",
    )
    parser.add_argument("--json", action="store_true", help="结果以 JSON 输出")


def _evaluate(tasks: Any) -> None:
    parser = _task(tasks, "evaluate", "训练并按手册的口径评估 / train and evaluate", answer_evaluate)
    _split_arguments(parser)
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


def _train(tasks: Any) -> None:
    parser = _task(tasks, "train", "训练模型并写出 ONNX 与模型卡 / train a model", answer_train)
    _split_arguments(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="MODEL.onnx", help="写入的模型 / model to write"
    )
    parser.add_argument(
        "--rules-out",
        type=Path,
        metavar="RULES.json",
        help="另写一份规则骨架，带模型所需的窗口特征；已有的文件不覆盖 / rule file to begin with",
    )


def _jdm(tasks: Any) -> None:
    parser = _task(tasks, "jdm", "规则文件与 JDM（GoRules）互换 / rules to and from JDM", answer_jdm)
    parser.add_argument("direction", choices=("export", "import"), help="export 规则→JDM；import JDM→规则")
    parser.add_argument("file", type=Path, metavar="FILE", help="读入的文件 / file to read")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="写入的文件 / file to write")


def _prune(tasks: Any) -> None:
    text = "删除恢复不再需要且已过保留期的日志段 / remove journal segments past their retention"
    parser = _task(tasks, "prune", text, fraud_serve.answer_prune)
    parser.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="服务的数据目录 / data folder"
    )
    parser.add_argument(
        "--journal-days", type=float, required=True, metavar="N", help="保留最近几天 / days to keep"
    )


def _split_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--train", required=True, metavar="FROM:TO", help="训练期，首尾两天都算 / days to learn from"
    )
    parser.add_argument(
        "--test", required=True, metavar="FROM:TO", help="测试期，首尾两天都算 / days to test on"
    )
    parser.add_argument(
        "--delay-days",
        type=fraud_reading.days,
        default=7,
        help="欺诈确认所需天数，默认 7 / days until a fraud is known",
    )
    parser.add_argument(
        "--events", type=Path, nargs="+", required=True, metavar="FILE", help="事件文件 csv、csv.gz / events"
    )
    fraud_reading.add_arguments(parser)


def answer_features(options: argparse.Namespace) -> int:
    """The Handbook's columns for every payment, or a rule file's own features, to csv or parquet."""
    from xiaobao.engines.fraud.batch import in_chunks
    from xiaobao.engines.fraud.files import Sink
    from xiaobao.engines.fraud.handbook import handbook_features, own_columns, published_columns

    began = ports.stopwatch()
    features, wanted = handbook_features(options.delay_days), set[str]()
    if options.rules:
        features, wanted = _own_features(options.rules)
    columns = own_columns if options.rules else published_columns
    table, refused = fraud_reading.read(options, wanted)
    with Sink(options.out) as sink:
        for start, part in in_chunks(features, table):
            size = len(next(iter(part.values())).values)
            sink.add(columns(table.part(slice(start, start + size)), part))
            progress("计算特征", start + size, len(table))
    seconds = ports.stopwatch() - began
    lines = sum(refused.counts.values())
    answer = {"events": len(table), "out": str(options.out), "seconds": round(seconds, 2), "refused": lines}
    say = f"已写出 {options.out}：{len(table):,} 笔，{seconds:.1f} 秒"
    if lines:
        say = "\n".join([say, f"另有 {lines} 行没有计入：", *refused.first])
    print(json.dumps(answer, ensure_ascii=False) if options.json else say)
    return fraud_reading.verdict(refused)


def _own_features(path: Path) -> tuple[Any, set[str]]:
    from xiaobao.engines.fraud.documents import DocumentError, read_rules

    rules, features = read_rules(path)
    if features is None or not features.windows:
        raise DocumentError(f"规则文件 {path.name} 没有 features（窗口特征的定义），请补上或去掉 --rules")
    return features, fraud_reading.attributes(rules, features)


def _contest(options: argparse.Namespace) -> tuple[Any, Any, Any, Any]:
    from xiaobao.engines.fraud.contest import compare, prepare
    from xiaobao.engines.fraud.evaluation import period_from
    from xiaobao.engines.fraud.recipes import card_features, card_recipe

    periods = (period_from(options.train), period_from(options.test))
    table, refused = fraud_reading.read(options)
    if refused.counts:
        lines = sum(refused.counts.values())
        print("\n".join([f"有 {lines} 行没有计入：", *refused.first]), file=sys.stderr)
    features, recipe = card_features(options.delay_days), card_recipe()
    prepared = prepare(table, features, periods, options.delay_days, progress)
    report, fitted = compare(prepared, recipe, progress)
    return report, fitted, prepared, features


def answer_evaluate(options: argparse.Namespace) -> int:
    """Our model beside logistic regression and a random forest."""
    report, *_ = _contest(options)
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
        return 0
    print(f"训练 {report['train']['rows']:,} 笔（欺诈 {report['train']['frauds']}），", end="")
    print(f"测试 {report['test']['rows']:,} 笔（欺诈 {report['test']['frauds']}）")
    print(f"{'模型':<10}{'AUC':>8}{'平均精确率':>10}{'CP@100':>9}")
    for name, label in (
        ("ours", "本模型"),
        ("logistic_regression", "逻辑回归"),
        ("random_forest", "随机森林"),
    ):
        found = report[name]
        print(f"{label:<10}{found['auc']:>8.3f}{found['ap']:>12.3f}{found['cp100']:>10.3f}")
    return 0


def answer_train(options: argparse.Namespace) -> int:
    """A model file with its card, for `replay --model` and the engine."""
    from xiaobao.engines.fraud.contest import skeleton, write_model

    if options.rules_out and options.rules_out.exists():
        raise InvalidInput("fraud.train", field="rules_out", say=f"{options.rules_out} 已存在，不覆盖")
    report, fitted, prepared, features = _contest(options)
    data = write_model(report, fitted, prepared, features, made_at=ports.now().isoformat(timespec="seconds"))
    options.out.write_bytes(data)
    print(f"已写出 {options.out}（{len(data):,} 字节）：AUC {report['ours']['auc']:.3f}，待另一人复核后使用")
    if options.rules_out:
        document = skeleton(fitted, features)
        options.rules_out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
        print(
            f"已写出 {options.rules_out}：请填写 author、owner，改好规则，回测后由另一人复核（fraud approve）"
        )
    return 0


def answer_jdm(options: argparse.Namespace) -> int:
    """The same rules in the other format; what does not map is refused, never dropped."""
    from xiaobao.engines.fraud.documents import document_of, read_document, read_rules
    from xiaobao.engines.fraud.jdm import from_jdm, to_jdm

    if options.direction == "export":
        rules, _ = read_rules(options.file)
        document = to_jdm(rules)
    else:
        rules = from_jdm(read_document(options.file))
        document = document_of(rules)
    options.out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"已写出 {options.out}：{len(rules.rules)} 条规则，{len(rules.thresholds)} 档")
    bare = [rule.id for rule in rules.rules if not (rule.reason and rule.say and rule.owner)]
    if bare:
        print(
            f"其中 {'、'.join(bare[:10])} 等 {len(bare)} 条没有 reason、say（告诉客户的话）或 owner，补全后才能使用"
        )
    return 0
