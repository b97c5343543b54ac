"""The whole journal as one file for an outsider: heads first, then every row in tree order.

JSON lines, UTF-8, no blanks, each line exactly as `json.dumps(..., ensure_ascii=False,
separators=(",", ":"))` writes it; a name that ends in .gz is compressed:

    {"format":"xiaobao-audit-export/1","size":N,"heads":K}
    {"head":{...}}                      K lines (at most 200 of all heads), smallest size first
    [number,"salt","leaf hash","body"]  N lines
    {"end":N}
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from xiaobao.base.audit.heads import head_document
from xiaobao.base.audit.models import AuditLeaf, TreeHead
from xiaobao.base.audit.sequencer import sequence
from xiaobao.kernel.errors import InvalidInput, NotFound

FORMAT = "xiaobao-audit-export/1"
CHUNK = 2_000
MOST_HEADS = 200
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def journal_export(path: Path, *, progress: Callable[[int, int], None] | None = None) -> TreeHead:
    """The head the export ends with; the file holds every row up to it.

    Numbers what is committed and signs a head first. The file appears whole or not at all.
    Raises: NotFound `audit.empty` for an empty journal, InvalidInput `audit.export.no_folder`.
    """
    if not path.parent.is_dir():
        raise InvalidInput("audit.export.no_folder", say=f"文件夹 {path.parent} 不存在，请先建立")
    sequence(everything=True, sign=True)
    head = TreeHead.objects.order_by("-size").first()
    if head is None:
        raise NotFound("audit.empty", say="审计日志还没有记录，没有可导出的内容")
    aside = path.with_name(path.name + ".part")
    with _open(path, aside) as file:
        for count, line in enumerate(_lines(head.size)):
            file.write(line + "\n")
            if progress and count % CHUNK == 0:
                progress(count, head.size)
    os.replace(aside, path)
    return head


def _open(path: Path, aside: Path) -> IO[str]:
    if path.name.endswith(".gz"):
        return gzip.open(aside, "wt", encoding="utf-8", compresslevel=6, newline="\n")
    return open(aside, "w", encoding="utf-8", newline="\n")


def _lines(size: int) -> Iterator[str]:
    sizes = _thinned(
        list(TreeHead.objects.filter(size__lte=size).order_by("size").values_list("size", flat=True))
    )
    yield _line({"format": FORMAT, "size": size, "heads": len(sizes)})
    for head in TreeHead.objects.filter(size__in=sizes).order_by("size"):
        yield _line({"head": head_document(head)})
    rows = AuditLeaf.objects.filter(number__lt=size).order_by("number")
    for row in rows.values_list("number", "entry__salt", "hash", "entry__body").iterator(chunk_size=CHUNK):
        yield _line(row)
    yield _line({"end": size})


def _thinned(sizes: list[int]) -> list[int]:
    """At most MOST_HEADS of them, evenly, the last one always: enough to narrow a break down."""
    step = -(-len(sizes) // MOST_HEADS)
    return sizes[::-1][:: max(1, step)][::-1]


def _line(value: Any) -> str:
    return _encode(value)
