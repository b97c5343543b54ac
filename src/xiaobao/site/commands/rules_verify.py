"""`xiaobao rules verify`: the book loads, its citations stand in the texts, the bank's overlays are no looser."""

from __future__ import annotations

import argparse
import csv
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.book import book
from xiaobao.site.commands.rules_output import add_json, add_own, own_of, print_json

if TYPE_CHECKING:
    from xiaobao.engines.lawtext import LawText
    from xiaobao.rules.citations import Look

FAILED = 1


def add_questions(questions: Any) -> None:
    """`verify`."""
    parser = questions.add_parser(
        "verify", help="核对规则、引用和本行规定 / check the book against the texts"
    )
    parser.add_argument(
        "--law", metavar="文件夹", help="法规文件夹，默认为 XIAOBAO_LAW 所指 / folder of texts with index.csv"
    )
    add_own(parser)
    add_json(parser)
    parser.set_defaults(answer=answer_verify)


def answer_verify(options: argparse.Namespace) -> int:
    """What was checked and every fault with file, row and rule; exit code 1 where there is one."""
    rules = book()
    own = own_of(options)
    answer: dict[str, Any] = {
        "rules": len(rules),
        "versions": sum(len(rule.versions) for rule in rules),
        "overlays": len(own),
        "faults": [],
    }
    folder = options.law or os.environ.get("XIAOBAO_LAW", "")
    if folder:
        answer |= _against(Path(folder))
    if options.json:
        print_json(answer)
    else:
        _say(answer)
    return FAILED if answer["faults"] else 0


def _against(folder: Path) -> dict[str, Any]:
    from xiaobao.rules.citations import check_citations

    found = check_citations(book(), reader(folder))
    return {
        "standing": found.standing,
        "not_held": found.not_held,
        "not_given": found.not_given,
        "faults": [fault._asdict() for fault in found.faults],
    }


def reader(folder: Path) -> Look:
    """How to look a citation up in a folder of texts. Raises: InvalidInput where there is no index.csv."""
    from xiaobao.engines.lawtext import parse_place, split, text_at

    index = folder / "index.csv"
    if not index.is_file():
        raise InvalidInput("rules.law_folder", say=f"文件夹{folder}里没有 index.csv")
    with index.open(encoding="utf-8-sig", newline="") as opened:
        since = {row["file"]: row["effective_date"] for row in csv.DictReader(opened)}

    @cache
    def text(instrument: str, version: str) -> LawText:
        current = (
            folder / name
            for name, day in since.items()
            if name.startswith(f"{instrument}_") and day == version
        )
        earlier = (folder / "earlier").glob(f"{instrument}_*_{version}.md")
        file = next((path for path in (*current, *earlier) if path.is_file()), None)
        if file is None:
            raise LookupError(instrument)
        return split(file.read_text("utf-8"))

    return lambda cite: text_at(text(cite.instrument, cite.version), parse_place(cite.loc))


def _say(answer: dict[str, Any]) -> None:
    print(f"规则{answer['rules']}条，{answer['versions']}个版本，本行规定{answer['overlays']}条：可以载入")
    if "standing" in answer:
        print(
            f"引用：{answer['standing']}处与原文相符，{answer['not_held']}处尚无原文，"
            f"{answer['not_given']}处文件夹里没有原文，{len(answer['faults'])}处有误"
        )
    for fault in answer["faults"]:
        place = f"（{fault['place']}）" if fault["place"] else ""
        print(f"  {fault['rule']}@{fault['version']}  {fault['cite']}  {fault['say']}{place}")
