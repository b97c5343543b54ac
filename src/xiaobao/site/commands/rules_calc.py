"""`xiaobao rules calc`: the calculators on the command line, generated from what they declare."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from xiaobao.site.commands.rules_output import add_json, add_own, own_of, pairs_of, print_json, print_trace

if TYPE_CHECKING:  # the calculators are only loaded when one is asked: `rules due` must start fast
    from xiaobao.rules.calculators import Calculator


def add_questions(questions: Any) -> None:
    """`calc`."""
    parser = questions.add_parser("calc", help="计算器：常问的期限和限额 / calculators")
    parser.add_argument("name", nargs="?", metavar="名称", help="如 recheck；--list 列出全部")
    parser.add_argument(
        "--list", action="store_true", help="列出计算器及其所问的事实 / list them with their facts"
    )
    parser.add_argument(
        "--fact", action="append", default=[], metavar="名称=值", help="已知的事实 / known facts"
    )
    parser.add_argument(
        "--calendar", metavar="版本", help="放假安排的版本，默认最新 / version of the calendar"
    )
    add_own(parser)
    add_json(parser)
    parser.set_defaults(answer=answer_calc)


def answer_calc(options: argparse.Namespace) -> int:
    """The answer of one calculator, what it asks when no fact is given, or the list of all."""
    from xiaobao.rules.calculators import CALCULATORS, calculator, desk, read

    if options.list or not options.name:
        chosen = [calculator(options.name)] if options.name else list(CALCULATORS.values())
        _list(chosen, as_json=options.json)
        return 0
    one = calculator(options.name)
    table = desk(one.name, calendar=options.calendar, own=own_of(options))
    found = one.ask(read(one, pairs_of(options.fact)), table)
    if options.json:
        print_json(found.as_dict())
    else:
        print_trace(found.as_dict() | {"missing": list(found.missing_zh)})
    return 0


def _list(chosen: list[Calculator], *, as_json: bool) -> None:
    if as_json:
        print_json([_as_dict(one) for one in chosen])
        return
    for one in chosen:
        print(f"{one.name}  {one.title}：{one.question}（{'、'.join(one.rules)}）")
        for each in one.inputs:
            said = "|".join(value for value, _ in each.choices) or each.type.label
            must = "，必填" if each.required else ""
            print(f"    {each.name}  {each.label}（{said}{must}）{each.help}")


def _as_dict(one: Calculator) -> dict[str, Any]:
    return {
        "name": one.name,
        "title": one.title,
        "question": one.question,
        "rules": one.rules,
        "inputs": [
            {
                "name": each.name,
                "label": each.label,
                "type": each.type.value,
                "help": each.help,
                "choices": dict(each.choices),
                "required": each.required,
                "unit": each.unit,
            }
            for each in one.inputs
        ],
    }
