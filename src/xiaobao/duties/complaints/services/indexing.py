"""What makes complaints findable by their words: put one, or put them again."""

from __future__ import annotations

from collections.abc import Iterator

from xiaobao.base.search.services import Entry, index_put_many
from xiaobao.duties.complaints.domain.masking import without_numbers
from xiaobao.duties.complaints.models import Complaint

SEARCH_KIND = "complaint"
COLUMNS = ("no", "title", "facts", "request", "product", "source_no", "org_path", "received_at")


def index(row: Complaint) -> None:
    """Make the complaint findable by its words, not by the personal numbers among them."""
    index_put_many([_entry(row)])


def complaints_reindex(*, path: str = "") -> int:
    """How many complaints were put into the index again: those of the subtree, or all. Memory stays flat.

    For texts indexed by an older release, and for units that moved in the tree.
    """
    rows = Complaint.objects.filter(org_path__startswith=path).only(*COLUMNS).order_by("pk")
    return index_put_many(_entries(rows.iterator(chunk_size=500)))


def _entries(rows: Iterator[Complaint]) -> Iterator[Entry]:
    return (_entry(row) for row in rows)


def _entry(row: Complaint) -> Entry:
    words = (without_numbers(text) for text in (row.title, row.facts, row.request, row.product))
    text = "\n".join(filter(None, (row.no, *words, row.source_no)))
    return Entry(SEARCH_KIND, row.pk, row.org_path, text, row.received_at)
