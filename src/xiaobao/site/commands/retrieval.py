"""`xiaobao retrieval …`: earlier opinions like this question, or none. Never imports Django."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaobao.kernel.errors import InvalidInput
from xiaobao.site.commands.cases import Case, answer_cases, read_lines

if TYPE_CHECKING:  # the engine is loaded by those who ask it, not for the help
    from xiaobao.engines.retrieval import Document, Hit

_SHAPE = '{"id", "corpus": [{"id", "text"}], "query"}'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A question and a corpus, or cases."""
    parser.add_argument("query", nargs="?", help="要找的问题 / the question")
    parser.add_argument(
        "--corpus", type=Path, metavar="FILE", help="逐行 {id, text, …} 的语料 / texts, one JSON a line"
    )
    parser.add_argument("--material", default="", help="只找这类材料 / only this material")
    parser.add_argument("--product", default="", help="只找这个产品 / only this product")
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="只找这一天有效的 / in force on"
    )
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="最多几条 / at most")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="逐行案例 / cases, one a line")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the hits, best first. Raises: InvalidInput, NotFound."""
    if options.cases:
        return answer_cases(options.cases, answer_case, shape=_SHAPE)
    if not (options.query and options.corpus):
        raise InvalidInput(
            "retrieval.input", field="query", say="请给出问题和 --corpus 语料文件，或者 --cases 案例文件"
        )
    from xiaobao.engines.retrieval import Index, Wanted

    wanted = Wanted(options.material, options.product, options.on)
    hits = Index(_corpus(options.corpus)).search(options.query, wanted=wanted, limit=options.limit)
    if options.json:
        print(json.dumps([_object(hit) for hit in hits], ensure_ascii=False))
    else:
        print("\n".join(_line(hit) for hit in hits) or "没有相近的")
    return 0


def answer_case(case: Case) -> Case:
    """{"id", "top", "none", "hits"} for one case."""
    from xiaobao.engines.retrieval import Index

    hits = Index(document_of(row) for row in case["corpus"]).search(str(case["query"]))
    return {
        "id": case["id"],
        "top": [hit.key for hit in hits],
        "none": not hits,
        "hits": [_object(hit) for hit in hits],
    }


def document_of(row: dict[str, Any]) -> Document:
    """A document from one JSON object. Raises: KeyError, ValueError, TypeError for another shape."""
    from xiaobao.engines.retrieval import Document

    return Document(
        key=str(row["id"]),
        text=str(row["text"]),
        material=str(row.get("material", "")),
        product=str(row.get("product", "")),
        since=_day(row.get("since")),
        until=_day(row.get("until")),
        is_superseded=bool(row.get("superseded", False)),
        accepted=int(row.get("accepted", 0)),
        rejected=int(row.get("rejected", 0)),
    )


def _corpus(path: Path) -> Iterable[Document]:
    return read_lines(path, document_of, shape='{"id", "text"}', field="corpus", what="语料")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _object(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.key,
        "score": round(hit.score, 3),
        "superseded": hit.is_superseded,
        "shared": list(hit.shared),
    }


def _line(hit: Hit) -> str:
    mark = "  已被替代" if hit.is_superseded else ""
    return f"{hit.key}  {hit.score:.2f}  {'、'.join(hit.shared)}{mark}"
