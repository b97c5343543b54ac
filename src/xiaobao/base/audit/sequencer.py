"""The one place that gives committed entries their number in the tree, and signs its heads.

An entry is numbered after its commit, by whoever comes first: the worker thread of a serving
process (seconds later) or tick. A lock makes it one at a time: PostgreSQL's advisory lock, or
SQLite's write lock, which every transaction here takes at its start.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

from django.db import close_old_connections, connection, transaction
from django.db.models import QuerySet

from xiaobao.base.audit import signing
from xiaobao.base.audit.body import moment
from xiaobao.base.audit.heads import head_tree
from xiaobao.base.audit.models import AuditEntry, AuditLeaf, TreeHead
from xiaobao.engines.ledger import Tree, leaf_hash
from xiaobao.kernel import ports

LOCK_NUMBER = 0x7862_6175_6469  # "xbaudi"
BATCH = 2_000
# On PostgreSQL a transaction with lower ids may commit after later ones were numbered; so far back
# each run looks for such stragglers. Heads on demand and the nightly verification look at all.
LOOK_BACK = 10_000
HEAD_SECONDS = 60
DELAY_SECONDS = 2.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sequenced:
    """What one run did: leaves added, the head signed (or None), leaves no head covers yet."""

    leaves: int
    head: TreeHead | None
    uncovered: int


def sequence(*, everything: bool = False, sign: bool = False) -> Sequenced:
    """Number what is committed and sign a head when one is due; idempotent, safe in parallel.

    `everything` looks at the whole journal for stragglers; `sign` makes a head even if the last
    one is younger than a minute.
    """
    added = 0
    while True:
        with transaction.atomic():
            _lock()
            fresh = _number_batch(everything=everything)
            added += fresh
            if fresh < BATCH:
                head, uncovered = _head_if_due(sign=sign)
                return Sequenced(added, head, uncovered)


def _lock() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_NUMBER])


def _number_batch(*, everything: bool) -> int:
    last = AuditLeaf.objects.order_by("-number").values_list("number", "entry_id").first()
    head = TreeHead.objects.order_by("-size").first()
    number = max(last[0] + 1 if last else 0, head.size if head else 0)
    floor = 0 if everything or last is None else last[1] - _look_back()
    waiting = _unnumbered(floor)[:BATCH]
    leaves = [
        AuditLeaf(number=number + place, entry_id=pk, hash=_hash(salt, body))
        for place, (pk, salt, body) in enumerate(waiting)
    ]
    AuditLeaf.objects.bulk_create(leaves, batch_size=500)
    return len(leaves)


def _look_back() -> int:
    return LOOK_BACK if connection.vendor == "postgresql" else 0


def _unnumbered(floor: int) -> QuerySet[AuditEntry, tuple[int, str, str]]:
    entries = AuditEntry.objects.filter(id__gt=floor, leaf__isnull=True).order_by("id")
    return entries.values_list("id", "salt", "body")


def _hash(salt: str, body: str) -> str:
    return leaf_hash(bytes.fromhex(salt), body.encode()).hex()


def _head_if_due(*, sign: bool) -> tuple[TreeHead | None, int]:
    last = TreeHead.objects.order_by("-size").first()
    tree = head_tree(last) if last else Tree()
    fresh = AuditLeaf.objects.filter(number__gte=tree.size)
    if not fresh.exists():
        return None, 0
    now = ports.now()
    if last and not sign and abs((now - last.at).total_seconds()) < HEAD_SECONDS:
        return None, fresh.count()
    hashes = fresh.order_by("number").values_list("hash", flat=True).iterator(chunk_size=BATCH)
    return _sign(tree.grown(map(bytes.fromhex, hashes))), 0


def _sign(tree: Tree) -> TreeHead:
    signer = signing.signer()
    at = ports.now()
    text = signing.head_text(tree.size, tree.root.hex(), moment(at), signer.key_id)
    return TreeHead.objects.create(
        size=tree.size,
        root=tree.root.hex(),
        peaks=[peak.hex() for peak in tree.peaks],
        at=at,
        key_id=signer.key_id,
        public_key=signer.public_key,
        signature=signer.sign(text),
    )


class Worker(threading.Thread):
    """A serving process's own sequencer: waits to be nudged, then numbers a little later."""

    def __init__(self, delay: float = DELAY_SECONDS) -> None:
        super().__init__(name="audit-sequencer", daemon=True)
        self.delay = delay
        self._wake = threading.Event()
        self._halt = threading.Event()

    def wake(self) -> None:
        """There is something to number."""
        self._wake.set()

    def stop(self) -> None:
        """End the thread after the run it is in."""
        self._halt.set()
        self._wake.set()

    def run(self) -> None:
        """Serve nudges until stopped."""
        pause: float | None = None
        while not self._halt.is_set():
            self._wake.wait(pause)
            if self._halt.wait(self.delay):
                return
            self._wake.clear()
            pause = self._once()

    def _once(self) -> float | None:
        """Seconds after which to look again even without a nudge."""
        try:
            return HEAD_SECONDS if sequence().uncovered else None
        except Exception:
            log.exception("audit entries are not numbered yet; trying again")
            return HEAD_SECONDS
        finally:
            close_old_connections()


_worker: Worker | None = None


def start() -> None:
    """Give this process its worker; once a serving process."""
    global _worker
    if _worker is None:
        _worker = Worker()
        _worker.start()


def nudge() -> None:
    """Ask this process's worker to sequence soon; returns at once, and does nothing without one."""
    if _worker is not None:
        _worker.wake()
