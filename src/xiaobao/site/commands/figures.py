"""`xiaobao figures list|show|freeze`: the annual report's figures."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from typing import Any

from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.site.boot import setup_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command and its figure."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="list|show|freeze")
    year = ports.today().year - 1
    for name, text in (
        ("list", "列出全部数字 / list"),
        ("show", "数字、口径、成员 / show"),
        ("freeze", "定稿 / freeze"),
    ):
        action = actions.add_parser(name, help=text)
        if name != "list":
            action.add_argument("figure", help="编号，如 F03 / number, such as F03")
        if name == "freeze":
            action.add_argument("--reason", default="", help="再次定稿的原因 / why it is frozen again")
        action.add_argument("--year", type=int, default=year, help=f"年度，默认 {year} / year")
        action.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Answer on stdout."""
    setup_with_database()
    actor = system_actor("命令行", via="cli")
    answer = {"list": _list, "show": _show, "freeze": _freeze}[options.action](options, actor)
    if options.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        _print(answer)
    return 0


def _list(options: argparse.Namespace, actor: Actor) -> dict[str, Any]:
    from xiaobao.base.figures.selectors import figure_list

    lines = [
        {
            "figure": line.figure.id,
            "sentence": line.sentence,
            "value": line.value,
            "unit": line.figure.unit,
            "frozen": line.freeze is not None,
        }
        for line in figure_list(options.year, actor)
    ]
    return {"year": options.year, "figures": lines}


def _show(options: argparse.Namespace, actor: Actor) -> dict[str, Any]:
    from xiaobao.base.figures.document import figure_document
    from xiaobao.base.figures.selectors import figure_show

    return figure_document(figure_show(options.figure, options.year, actor))


def _freeze(options: argparse.Namespace, actor: Actor) -> dict[str, Any]:
    from xiaobao.base.figures.services import figure_freeze

    figure_freeze(actor=actor, figure_id=options.figure, year=options.year, reason=options.reason)
    return _show(options, actor)


def _print(answer: dict[str, Any]) -> None:
    for line in answer.get("figures", ()):
        mark = "已定稿" if line["frozen"] else "未定稿"
        print(f"{line['figure']}  {mark}  {line['sentence']}")
    if "figure" in answer:
        print("\n".join(_lines(answer)))


LABELS = {
    "figure": "编号",
    "year": "年度",
    "label": "名称",
    "sentence": "数字",
    "value": "数值",
    "unit": "单位",
    "kind": "来源",
    "definition": "口径",
    "version": "口径版本",
    "members": "成员数",
    "masked": "无权查看的成员",
    "live_value": "当前数值",
}
KINDS = {"computed": "系统计算", "recorded": "人工登记"}


def _lines(answer: dict[str, Any]) -> list[str]:
    """The document in Chinese, one line a value; the freeze and what changed since in a sentence each."""
    lines = [f"{label}：{KINDS.get(answer[key], answer[key])}" for key, label in LABELS.items()]
    freeze, since = answer["freeze"], answer["since_the_freeze"]
    if freeze is None:
        return [*lines, "定稿：未定稿"]
    at = ports.local(datetime.fromisoformat(freeze["as_of"]))
    holds = "一致" if freeze["digest_holds"] else "不一致"
    lines.append(
        f"定稿：{at:%Y-%m-%d %H:%M}，{freeze['by']}，第 {freeze['revision']} 次，"
        f"成员 {freeze['members']} 条，校验{holds}（{freeze['digest']}）"
    )
    return [*lines, f"定稿以来：{_since(since)}"] if since else lines


def _since(since: dict[str, Any]) -> str:
    parts = [f"{label} {since[key]['count']} 条" for key, label in (("added", "新增"), ("vanished", "减少"))]
    parts.append("口径已变更" if since["definition_changed"] else "口径未变")
    return "，".join(parts)
