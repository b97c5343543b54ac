"""Whether every link of the README and the docs leads to a file or a heading that is there.

`python -m tests.house.links` prints the dead ones. Addresses on the web are not visited.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tests.house.source import ROOT, SRC, name_of

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
IMAGE = re.compile(r"<img[^>]+src=\"([^\"]+)\"")
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
OUTSIDE = ("http://", "https://", "mailto:")


def pages() -> list[Path]:
    """Every Markdown page of the project."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *SRC.rglob("*.md")])


def dead() -> list[str]:
    """One line for each link that leads nowhere."""
    return [line for page in pages() for line in dead_of(page)]


def dead_of(page: Path) -> Iterator[str]:
    """The page's dead links."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    for target in [*LINK.findall(text), *IMAGE.findall(text)]:
        if not target.startswith(OUTSIDE) and not _leads_somewhere(page, target):
            yield f"{page if ROOT not in page.parents else name_of(page)}: {target}"


def _leads_somewhere(page: Path, target: str) -> bool:
    place, _, anchor = unquote(target).partition("#")
    file = (page.parent / place).resolve() if place else page
    if not file.exists():
        return False
    return not anchor or file.suffix != ".md" or anchor in _anchors(file)


def _anchors(page: Path) -> set[str]:
    return {_anchor(title) for title in HEADING.findall(CODE.sub("", page.read_text(encoding="utf-8")))}


def _anchor(title: str) -> str:
    kept = re.sub(r"[^\w\- ]", "", title.strip().lower())
    return kept.replace(" ", "-")


def main() -> int:
    """Exit code 1 when a link is dead."""
    found = dead()
    print("\n".join([*found, f"links: {len(pages())} pages, {len(found)} dead links"]))
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
