"""`xiaobao law import|list|show|count|search|diff|impact`: the law library.

Statutes are not part of the project: `import` reads a folder (index.csv, one file an instrument, earlier
versions in `earlier/`). `count FOLDER` and `show CITE --folder FOLDER` read the folder itself and need no database.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xiaobao.kernel.errors import InvalidInput, NotFound, XiaobaoError
from xiaobao.kernel.identity import system_actor
from xiaobao.site.commands import law_impact

FOLDER = "XIAOBAO_LAW"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One sub-command a question."""
    questions = parser.add_subparsers(dest="question", required=True, metavar="问题 / question")
    take = _question(questions, "import", "导入文件夹里的法规 / import a folder of texts", answer_import)
    take.add_argument("folder", type=Path, metavar="文件夹", help="含 index.csv / with index.csv")
    _question(questions, "list", "法规库目录 / the library", answer_list)
    show = _question(questions, "show", "读一处条文，如 N00:18.1 / read one place", answer_show)
    show.add_argument("cite", metavar="出处", help="条文位置，如 N00:18.1、L02:44..50、CC:201.2 / place")
    show.add_argument("--folder", type=Path, default=None, help="直接读文件夹 / read a folder, no database")
    count = _question(questions, "count", "条、款、项、章的数目 / how many articles", answer_count)
    count.add_argument(
        "folder", nargs="?", type=Path, metavar="文件夹", help="不给则数库里的 / else the library"
    )
    count.add_argument("--folder", dest="folder_option", type=Path, help=argparse.SUPPRESS)
    count.add_argument("--earlier", action="store_true", help="连同旧版 / earlier versions too")
    search = _question(questions, "search", "全文检索 / search all articles", answer_search)
    search.add_argument("words", nargs="+", metavar="词", help="要找的词 / words")
    diff = _question(questions, "diff", "比较两个版本，如 L04@2017-06-01..2026-01-01 / compare", answer_diff)
    diff.add_argument("versions", metavar="代号@旧版..新版", help="两个版本 / two versions")
    impact = _question(questions, "impact", "换版影响什么 / what a change touches", answer_impact)
    law_impact.add_arguments(impact)


def _question(questions: Any, name: str, text: str, answer: Callable[[Any], int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = questions.add_parser(name, help=text)
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")
    parser.set_defaults(answer=answer)
    return parser


def run(options: argparse.Namespace) -> int:
    """Answer on stdout; JSON goes to stdout alone."""
    try:
        return int(options.answer(options))
    except XiaobaoError as error:
        if error.say:
            raise
        from xiaobao.base.law.messages import MESSAGES

        facts = {**error.facts, "say": MESSAGES[error.code].format_map(error.facts)}
        raise type(error)(error.code, **facts) from None


def _print(options: argparse.Namespace, answer: Any, lines: list[str]) -> None:
    print(json.dumps(answer, ensure_ascii=False) if options.json else "\n".join(lines))


def _database() -> None:
    from xiaobao.site.boot import setup_with_database

    setup_with_database()


def answer_import(options: argparse.Namespace) -> int:
    """One line a text; exit code 1 where a text could not be taken."""
    _database()
    from xiaobao.base.law.services import State, folder_import

    done = folder_import(actor=system_actor("命令行", via="cli"), folder=options.folder)
    tally = {state.value: sum(1 for one in done if one.state is state) for state in State}
    texts = [
        {
            "file": one.file,
            "instrument": one.code,
            "version": one.version,
            "state": one.state.value,
            "articles": one.counts.get("articles", 0),
            "gaps": [
                remark.say for remark in one.remarks if remark.code in {"gap", "loss", "order", "empty"}
            ],
            "remarks": [remark.say for remark in one.remarks],
            "why": one.why,
        }
        for one in done
    ]
    lines = [f"{one['file']}：{remark}" for one in texts for remark in one["remarks"]]  # type: ignore[attr-defined]
    lines.append(
        "，".join(f"{state.label} {tally[state.value]} 部" for state in State if tally[state.value])
        or "没有法规"
    )
    _print(options, {"folder": str(options.folder), **tally, "texts": texts}, lines)
    for one in done:
        if one.state is State.REFUSED:
            print(f"未导入：{one.why}", file=sys.stderr)
    return int(bool(tally[State.REFUSED.value]))


def answer_list(options: argparse.Namespace) -> int:
    """Every instrument, those without a text among them."""
    _database()
    from xiaobao.base.law.selectors import library

    shelves = library()
    answer = [
        {
            "instrument": shelf.code,
            "title": shelf.title,
            "versions": [held.name for held in shelf.held],
            "shown": shelf.shown.name if shelf.shown else None,
            "leaning": shelf.leaning_count,
        }
        for shelf in shelves
    ]
    lines = [
        f"{shelf.code}  {'、'.join(held.name for held in shelf.held) or '尚无原文'}  {shelf.title}（被引用 {shelf.leaning_count}）"
        for shelf in shelves
    ]
    _print(options, answer, lines)
    return 0


def answer_show(options: argparse.Namespace) -> int:
    """The words of a place under its headings, and what leans on it."""
    folder = options.folder or (Path(os.environ[FOLDER]) if os.environ.get(FOLDER) else None)
    return _show_file(options, folder) if folder else _show_stored(options)


def _show_stored(options: argparse.Namespace) -> int:
    _database()
    from xiaobao.base.law.links import cite_words
    from xiaobao.base.law.selectors import cite_parse, place_show

    answers, lines = [], []
    for shown in place_show(cite_parse(options.cite)):
        code, version = shown.reading.shelf.code, shown.reading.held.name
        cite = f"{code}@{version}:{shown.place.loc}"
        heads = [head.name for head in shown.article.heads] if shown.article else []
        leaning = sorted({one.id for one in shown.leaning})
        answers.append(
            {
                "cite": cite,
                "place": cite_words(cite),
                "title": shown.reading.shelf.title,
                "version": version,
                "heads": heads,
                "text": shown.text,
                "lines": _lines(shown),
                "leaning": leaning,
            }
        )
        lines += [
            f"《{shown.reading.shelf.title}》 {version} 版",
            *heads,
            *([] if shown.place.appendix else [shown.place.chinese]),  # an appendix opens with its title
            *_lines(shown),
        ]
        lines += [f"依据它的规则：{'、'.join(leaning)}" if leaning else "没有规则引用它", ""]
    _print(options, answers[0] if len(answers) == 1 else answers, lines[:-1])
    return 0


def _lines(shown: Any) -> list[str]:
    """The place line by line: 款 and 项 each on their own."""
    from xiaobao.engines.lawtext import chinese

    if shown.article is None or shown.place.item:
        return list(shown.text.split("\n"))
    lines = []
    for at, paragraph in enumerate(shown.article.paragraphs, 1):
        if shown.place.paragraph in {0, at}:
            lines.append(paragraph.text)
            lines += [
                f"（{chinese(item.number)}）{item.text}{''.join(item.subs)}" for item in paragraph.items
            ]
    return lines


def _show_file(options: argparse.Namespace, folder: Path) -> int:
    from xiaobao.base.law import files
    from xiaobao.engines.lawtext import CitationError, parse, settle, split, text_at

    try:
        cite = parse(options.cite)
    except CitationError as error:
        raise InvalidInput("law.cite", field="cite", say=str(error)) from None
    found = [
        one
        for one in files.texts(folder)
        if isinstance(one, files.Source) and one.code == cite.instrument
        if not cite.version or one.effective_on.isoformat() == cite.version
    ]
    if not found:
        raise NotFound("law.no_text", say=f"{options.cite}：尚无原文")
    try:
        law = split(files.text_of(found[0], files.read(found[0])))
    except files.TextError as error:
        raise InvalidInput("law.no_text", say=f"{options.cite}：{error}") from None
    place = settle(law, cite.spans[0].first)
    text = text_at(law, place)
    if text is None:
        raise NotFound("law.no_place", say=f"《{law.title}》没有{place.chinese}")
    answer = {"cite": cite.full, "place": place.chinese, "title": law.title, "text": text}
    _print(options, answer, [f"《{law.title}》{place.chinese}", text])
    return 0


def answer_count(options: argparse.Namespace) -> int:
    """One line a text, of the library or of a folder; gaps are told on stderr and make the exit code 1."""
    folder = options.folder or options.folder_option
    rows, gaps = _count_folder(folder, options.earlier) if folder else (_count_stored(options.earlier), [])
    lines = [
        f"{r['file']}  {r['articles']}条 {r['paragraphs']}款 {r['items']}项 {r['chapters']}章" for r in rows
    ]
    _print(options, rows, lines or ["库里还没有法规。用 xiaobao law import 文件夹 导入"])
    for gap in gaps:
        print(gap, file=sys.stderr)
    return int(bool(gaps))


def _count_stored(earlier: bool) -> list[dict[str, object]]:
    _database()
    from xiaobao.base.law.selectors import counts_list

    return counts_list(earlier=earlier)


def _count_folder(folder: Path, earlier: bool) -> tuple[list[dict[str, object]], list[str]]:
    from xiaobao.base.law import files
    from xiaobao.engines.lawtext import counts, split

    rows: list[dict[str, object]] = []
    gaps = []
    for one in files.texts(folder):
        if not isinstance(one, files.Source):
            gaps.append(f"{one[0]}：{one[1]}")
        elif earlier or not one.is_earlier:
            try:
                law = split(files.text_of(one, files.read(one)))
            except files.TextError as error:
                gaps.append(f"{one.path.name}：{error}")
                continue
            names = ("articles", "paragraphs", "items", "chapters")
            rows.append({"file": one.path.name, **{name: getattr(counts(law), name) for name in names}})
            gaps += [f"{one.path.name}：{remark.say}" for remark in law.remarks if remark.grave]
    return rows, gaps


def answer_search(options: argparse.Namespace) -> int:
    """Articles that have every word; the exact count first."""
    _database()
    from xiaobao.base.law.threads import law_search

    asked = " ".join(options.words).strip()
    if not asked:
        raise InvalidInput("law.no_query")
    found = law_search(asked)
    hits = [
        {
            "cite": f"{hit.code}@{hit.held.name}:{hit.loc}",
            "title": hit.title,
            "place": hit.name,
            "text": hit.text,
        }
        for hit in found.hits
    ]
    lines = [
        f"{found.count} 条",
        *(f"{hit['cite']}  《{hit['title']}》{hit['place']}  {hit['text']}" for hit in hits),
    ]
    _print(options, {"count": found.count, "hits": hits}, lines)
    return 0


def answer_impact(options: argparse.Namespace) -> int:
    """The three layers of a change of the law."""
    _database()
    _print(options, *law_impact.answer(options))
    return 0


def answer_diff(options: argparse.Namespace) -> int:
    """What became of every article between two versions."""
    code, at, versions = options.versions.strip().partition("@")
    old, dots, new = versions.partition("..")
    if not (at and dots):
        raise InvalidInput("law.diff", say=f"“{options.versions}”应写作 L04@2017-06-01..2026-01-01")
    _database()
    from xiaobao.base.law.selectors import diff_get

    code = code.upper()
    diff = diff_get(code, old, new)
    pairs = [
        {
            "change": pair.change.value,
            "old": pair.old.loc if pair.old else None,
            "new": pair.new.loc if pair.new else None,
            "likeness": round(pair.likeness, 2),
        }
        for pair in diff.pairs
    ]
    answer = {"instrument": code, "old": old, "new": new, "counts": diff.counts, "pairs": pairs}
    words = {"same": "未变", "moved": "只改条号", "amended": "修改", "new": "新增", "gone": "删去"}
    lines = ["，".join(f"{label} {diff.counts[name]} 条" for name, label in words.items())]
    lines += [
        f"{words[str(one['change'])]}  {one['old'] or '—'} → {one['new'] or '—'}"
        for one in pairs
        if one["change"] != "same"
    ]
    _print(options, answer, lines)
    return 0
