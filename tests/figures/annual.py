"""A figure to stand trial: complaints of a fictional room, kept in a list the test changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from xiaobao.base.figures.registry import Figure, MemberId, MemberRow, Members, Scope, register, unregister
from xiaobao.kernel.identity import Actor, within


@dataclass
class Register:
    """Number -> (year, org path)."""

    rows: dict[str, tuple[int, str]] = field(default_factory=dict)

    def members(self, year: int, scope: Scope) -> Members:
        """The year's rows."""
        ids = [number for number, (at, path) in self.rows.items() if at == year and within(path, scope)]
        return Members(tuple(ids), len(ids))

    def shown(self, ids: Sequence[MemberId], actor: Actor) -> list[MemberRow]:
        """Those the actor may see."""
        return [
            MemberRow(str(number), "投诉", f"/complaints/{number}/")
            for number in ids
            if actor.sees(self.rows.get(str(number), (0, "none"))[1])
        ]


def figure_of(register_: Register) -> Figure:
    """F03 over that register."""
    return Figure(
        id="F99",
        section="summary",
        label="全年监测客户投诉",
        unit="笔",
        kind="computed",
        definition="收到日期在本年度内的投诉，不含咨询。",
        version=1,
        members=register_.members,
        sentence="全年监测客户投诉 {value} 笔",
        rows=register_.shown,
    )


@contextmanager
def registered_figure(register_: Register, **changes: object) -> Iterator[Figure]:
    """The figure, registered for the block."""
    figure = replace(figure_of(register_), **changes)  # type: ignore[arg-type]
    unregister(figure.id)
    register(figure)
    try:
        yield figure
    finally:
        unregister(figure.id)


def full(count: int = 4106, *, year: int = 2020) -> Register:
    """So many complaints, a third of them at a branch."""
    paths = ("0001.0002.", "0001.0007.", "0001.0008.")
    return Register({f"TS{year}{n:06d}": (year, paths[n % 3]) for n in range(count)})
