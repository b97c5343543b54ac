"""The shapes of the held texts (`articles.txt`): made from them, and compared with them.

`python -m tests.rules.shapes --write` renews the file after a text was added or exchanged.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.groups import SHARED
from xiaobao.engines.lawtext import LawText, split
from xiaobao.rules.articles import DIGITS, FILE

TEXTS = SHARED / "data/regulations"
HEAD = "# Shapes of the held texts: version | first article | paragraphs of each article | paragraphs with items. Generated.\n"


def line_of(name: str, text: LawText) -> str:
    """One line of the file. Raises: ValueError where numbers have a gap or a suffix, which the file cannot hold."""
    first = text.articles[0].number
    if [(one.number, one.suffix) for one in text.articles] != [
        (first + at, 0) for at in range(len(text.articles))
    ]:
        raise ValueError(f"{name}: articles are not numbered one by one")
    counts = "".join(DIGITS[len(one.paragraphs)] for one in text.articles)
    items = " ".join(
        f"{one.number}.{at}:{paragraph.items[-1].number}"
        for one in text.articles
        for at, paragraph in enumerate(one.paragraphs, 1)
        if paragraph.items
    )
    return f"{name}|{first}|{counts}|{items}"


def versions() -> Iterator[tuple[str, Path]]:
    """Every held text by instrument and version."""
    with (TEXTS / "index.csv").open(encoding="utf-8-sig", newline="") as opened:
        days = {row["file"]: row["effective_date"] for row in csv.DictReader(opened)}
    for file in sorted(TEXTS.glob("*_*.md")):
        yield f"{file.name.partition('_')[0]}@{days[file.name]}", file
    for file in sorted((TEXTS / "earlier").glob("*_*_*.md")):
        yield f"{file.name.partition('_')[0]}@{file.stem.rpartition('_')[2]}", file


def written() -> str:
    """The whole file, from the texts."""
    return HEAD + "".join(f"{line_of(name, split(file.read_text('utf-8')))}\n" for name, file in versions())


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        Path(FILE).write_text(written(), "ascii")
    else:
        sys.exit("usage: python -m tests.rules.shapes --write")
