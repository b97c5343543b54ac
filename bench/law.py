"""The law library: importing the real texts, searching every article, the assembled list.

`python -m bench.law [FOLDER]`: on a database of its own (SQLite in a temporary folder, or XIAOBAO_DATABASE_URL).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from bench.table import Row, heading

FOLDER = Path(__file__).resolve().parents[2] / "shared/data/regulations"
# What officers look for: rare and common words, two words, a phrase, one hanzi, nothing at all.
QUERIES = (
    "处理决定", "告知投诉人", "个人信息", "敏感个人信息 单独同意", "\"应当自收到\"", "消费者", "六个月", "留存 日志", "利", "金融机构",
    "抽奖", "五万元", "违约金", "格式条款 不公平", "老年人", "身份资料 保存", "投诉处理 三十日", "火星", "调解", "行政处罚",
)  # fmt: skip
ROUNDS = 25
IMPORT_SECONDS = 2.0
SEARCH_MS = 10.0


def measure(folder: Path = FOLDER) -> list[Row]:
    """Import twice, then every query many times: the engine alone and the page's list with its excerpts."""
    from xiaobao.base.law import threads
    from xiaobao.base.law.services import SEARCH_KIND, folder_import
    from xiaobao.base.search import selectors as search
    from xiaobao.kernel.identity import system_actor

    actor = system_actor("bench", via="cli")
    began = time.process_time()
    texts = folder_import(actor=actor, folder=folder)
    first = time.process_time() - began
    began = time.process_time()
    folder_import(actor=actor, folder=folder)
    again = time.process_time() - began
    articles = sum(one.counts.get("articles", 0) for one in texts)
    engine = _times(lambda query: search.search(kind=SEARCH_KIND, query=query, scope="", limit=30))
    listed = _times(lambda query: threads.law_search(query))
    return [
        Row(f"import {len(texts)} texts, {articles} articles", first, "s CPU", IMPORT_SECONDS),
        Row("import again, nothing new", again, "s CPU", note="for information"),
        Row("search, engine, p50", _at(engine, 0.50), "ms"),
        Row("search, engine, p99", _at(engine, 0.99), "ms", SEARCH_MS),
        Row("search, list with excerpts, p50", _at(listed, 0.50), "ms"),
        Row("search, list with excerpts, p99", _at(listed, 0.99), "ms", SEARCH_MS, f"{len(listed)} searches"),
    ]


def _times(ask: object) -> list[float]:
    """Milliseconds of each search, the first round left out: it opens what the later ones find open."""
    taken = []
    for turn in range(ROUNDS + 1):
        for query in QUERIES:
            began = time.perf_counter()
            ask(query)  # type: ignore[operator]
            if turn:
                taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


def _at(taken: list[float], share: float) -> float:
    return taken[min(len(taken) - 1, int(len(taken) * share))]


def main() -> int:
    """Exit code 1 when a bar is missed."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    with tempfile.TemporaryDirectory(prefix="xb-bench-law-") as own:
        os.environ.setdefault("XIAOBAO_VAR", own)
        from xiaobao.site.boot import setup_with_database

        setup_with_database()
        rows = measure(folder)
    heading("law library: figure, bar, verdict")
    print("\n".join(row.line() for row in rows))
    return int(not all(row.passed for row in rows))


if __name__ == "__main__":
    sys.exit(main())
