"""`xiaobao figures list|show|freeze`: the annual report's figures."""

from __future__ import annotations

import argparse
import json
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
        for key, value in answer.items():
            print(f"{key:<18}{json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value}")
