"""`xiaobao law …`: count and read statutes in a folder of Markdown files. Never imports Django.

Statutes are not part of the project; the folder (one file an instrument, named `N00_标题.md`, and index.csv) is
given on the command line or by `XIAOBAO_LAW`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.rules.instruments import cite_zh, parse_cite
from xiaobao.rules.statute import Statute, counts, split, text_at


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`count` and `show`."""
    questions = parser.add_subparsers(dest="question", required=True, metavar="问题 / question")
    count = questions.add_parser("count", help="条、款、项、章的数目 / how many articles")
    count.add_argument(
        "--folder", default=os.environ.get("XIAOBAO_LAW", ""), help="法规文件夹 / folder of texts"
    )
    count.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")
    count.set_defaults(answer=answer_count)
    show = questions.add_parser("show", help="读一处条文，如 N00:18.1 / read one place")
    show.add_argument("cite", metavar="出处")
    show.add_argument(
        "--folder", default=os.environ.get("XIAOBAO_LAW", ""), help="法规文件夹 / folder of texts"
    )
    show.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")
    show.set_defaults(answer=answer_show)


def run(options: argparse.Namespace) -> int:
    """Answer; JSON goes to stdout alone."""
    return int(options.answer(options) or 0)


def answer_count(options: argparse.Namespace) -> int:
    """One line a file; gaps in the numbers are named on stderr and make the exit code 1."""
    answers, gaps = [], 0
    for file in _files(options.folder, "*"):
        statute = split(file.read_text("utf-8"))
        answers.append({"file": file.name, **counts(statute)})
        for missing in statute.gaps:
            gaps += 1
            print(f"{file.name}：第{missing}条缺", file=sys.stderr)
    if options.json:
        print(json.dumps(answers, ensure_ascii=False))
    else:
        for one in answers:
            print(
                f"{one['file']}  {one['articles']}条 {one['paragraphs']}款 {one['items']}项 {one['chapters']}章"
            )
    return 1 if gaps else 0


def answer_show(options: argparse.Namespace) -> int:
    """The words at a place. Raises: NotFound `law.no_text`, `law.no_place`."""
    try:
        cite = parse_cite(options.cite)
    except ValueError:
        raise InvalidInput(
            "law.cite", field="cite", say=f"“{options.cite}”不是出处，应写成 N00:18.1 的样子"
        ) from None
    files = _files(options.folder, f"{cite.instrument}_*")
    if not files:
        raise NotFound("law.no_text", cite=str(cite), say=f"{cite_zh(cite)}：尚无原文")
    statute = split(files[0].read_text("utf-8"))
    words = text_at(statute, cite.loc)
    if words is None:
        raise NotFound("law.no_place", cite=str(cite), say=f"{statute.title}没有{cite_zh(cite)}")
    if options.json:
        print(json.dumps(_answer(statute, str(cite), cite_zh(cite), words), ensure_ascii=False))
    else:
        print(f"{cite_zh(cite)}\n{words}")
    return 0


def _answer(statute: Statute, cite: str, place: str, words: str) -> dict[str, str]:
    return {"cite": cite, "place": place, "title": statute.title, "text": words}


def _files(folder: str, pattern: str) -> list[Path]:
    if not folder or not Path(folder).is_dir():
        raise InvalidInput("law.folder", field="folder", say="请用 --folder 或者 XIAOBAO_LAW 指明法规文件夹")
    return sorted(Path(folder).glob(f"{pattern}.md"))
