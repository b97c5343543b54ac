"""Reading the whole journal again: every row, every leaf, every head. Names each broken link.

Goes on after a break from the peaks the next head was signed with, so that a second attack does
not hide behind the first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from xiaobao.base.audit.body import moment
from xiaobao.base.audit.heads import head_holds, head_tree
from xiaobao.base.audit.models import AuditLeaf, TreeHead
from xiaobao.base.audit.terms import Problem
from xiaobao.engines.ledger import Tree, leaf_hash

CHUNK = 2_000
MOST_BREAKS = 100
COLUMNS = (
    "number",
    "hash",
    "entry__salt",
    "entry__body",
    "entry__at",
    "entry__tag",
    "entry__object_id",
    "entry__org_path",
    "entry__actor_id",
    "entry__actor_name",
)


@dataclass(frozen=True, slots=True)
class Break:
    """A broken link: `number` is the first row that may be wrong, `last` the last one."""

    problem: Problem
    number: int
    last: int
    detail: str
    seen: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same break found again; another one when the row is altered again."""
        return hashlib.sha256(f"{self.problem}:{self.number}:{self.last}:{self.seen}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Result:
    """What a verification read and found, the first broken link first."""

    rows: int
    heads: int
    breaks: tuple[Break, ...]


def journal_verify(trusted: frozenset[str], *, progress: Callable[[int, int], None] | None = None) -> Result:
    """Check rows, leaves and heads from the beginning; memory stays flat."""
    heads = TreeHead.objects.order_by("size").iterator(chunk_size=CHUNK)
    walk = _Walk(heads, trusted)
    for row in AuditLeaf.objects.order_by("number").values_list(*COLUMNS).iterator(chunk_size=CHUNK):
        walk.row(row)
        if progress and walk.rows % CHUNK == 0:
            progress(walk.rows, 0)
    walk.end()
    breaks = sorted(walk.breaks, key=lambda found: (found.number, found.last))
    return Result(walk.rows, walk.heads, tuple(breaks[:MOST_BREAKS]))


class _Walk:
    """The state of one pass over the rows."""

    def __init__(self, heads: Iterator[TreeHead], trusted: frozenset[str]) -> None:
        self.breaks: list[Break] = []
        self.rows = 0
        self.heads = 0
        self._heads = heads
        self._trusted = trusted
        self._tree = Tree()
        self._fresh: list[bytes] = []
        self._base = 0
        self._expected = 0
        self._next = next(heads, None)

    def row(self, row: tuple[Any, ...]) -> None:
        """One leaf with its entry, in the order of numbers."""
        number, leaf = row[0], row[1]
        while self._next and number >= self._next.size:
            self._head(self._next)
        if number != self._expected:
            detail = f"树中序号 {self._expected} 至 {number - 1} 的记录缺失"
            self._found(Problem.GAP, self._expected, number - 1, detail)
        problem = row_problem(row)
        if problem:
            seen = hashlib.sha256(repr(row).encode()).hexdigest()
            self._found(problem, number, number, f"树中序号 {number} 的{problem.label}", seen)
        self._fresh.append(_bytes(leaf))
        if len(self._fresh) >= CHUNK:
            self._fold()
        self._expected = number + 1
        self.rows += 1

    def end(self) -> None:
        """After the last row: the heads that are left must not speak of rows that are gone."""
        while self._next:
            head = self._next
            if head.size > self._expected:
                detail = f"树头记载 {head.size} 条，现存 {self._expected} 条"
                self._found(Problem.MISSING, self._expected, head.size - 1, detail)
                return
            self._head(head)

    def _head(self, head: TreeHead) -> None:
        self._fold()
        if not head_holds(head, self._trusted):
            detail = f"{head.size} 条处的树头签名或内容不符"
            self._found(Problem.HEAD, head.size - 1, head.size - 1, detail, head.signature + head.root)
        elif (self._tree.size, self._tree.root.hex()) != (head.size, head.root):
            self._mismatch(head)
            self._tree = head_tree(head)
        self._base = head.size
        self._expected = max(self._expected, head.size)
        self.heads += 1
        self._next = next(self._heads, None)

    def _mismatch(self, head: TreeHead) -> None:
        """The leaves since the last head are not those that were signed."""
        if head.size > self._expected:
            detail = f"树中序号 {self._expected} 至 {head.size - 1} 的记录缺失"
            self._found(Problem.GAP, self._expected, head.size - 1, detail)
        elif not any(self._base <= found.number < head.size for found in self.breaks):
            detail = f"树中序号 {self._base} 至 {head.size - 1} 之间的指纹与树头不符"
            self._found(Problem.LEAF, self._base, head.size - 1, detail, self._tree.root.hex())

    def _fold(self) -> None:
        self._tree = self._tree.grown(self._fresh)
        self._fresh.clear()

    def _found(self, problem: Problem, number: int, last: int, detail: str, seen: str = "") -> None:
        self.breaks.append(Break(problem, number, last, detail, seen))


def row_problem(row: tuple[Any, ...]) -> Problem | None:
    """What is wrong with one row (in the order of COLUMNS; a leaf of None is not there yet)."""
    _, leaf, salt, body, *columns = row
    try:
        if leaf is not None and leaf_hash(bytes.fromhex(salt), body.encode()).hex() != leaf:
            return Problem.BODY
        return None if _said(json.loads(body)) == [moment(columns[0]), *columns[1:]] else Problem.COLUMNS
    except (ValueError, KeyError, TypeError):
        return Problem.BODY


def _said(facts: dict[str, Any]) -> list[Any]:
    actor = facts["actor"]
    return [facts["at"], facts["tag"], facts["object"], facts["org"], actor["id"], actor["name"]]


def _bytes(text: str) -> bytes:
    """The hash as kept; what is no hash any more stands for itself, so that the head differs."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return text.encode()
