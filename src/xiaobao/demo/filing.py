"""Lays papers into a complaint's file, each made for it and stored through the evidence room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xiaobao.base.evidence.services import evidence_store
from xiaobao.demo import papers
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor

if TYPE_CHECKING:
    from xiaobao.demo.cases import Case
    from xiaobao.demo.desk import Desk

PICTURES = ("截图", "照片", "录像", "影像")
STATEMENTS = ("流水", "明细", "还款计划表")


def lay_in(desk: Desk, case: Case, actor: Actor, owner: str) -> tuple[int, ...]:
    """Ids of the files stored for the complaint; none where its plan has none."""
    possible = case.matter.papers_of(case.telling)
    names = desk.rng.sample(possible, min(case.files, len(possible)))
    return tuple(
        evidence_store(
            actor=actor,
            org_path=desk.bank.unit_of(case.unit),
            owner=owner,
            kind="investigation",
            name=name,
            content=content,
        ).pk
        for name, content in (_made(desk, case, paper) for paper in names)
    )


def _made(desk: Desk, case: Case, paper: str) -> tuple[str, bytes]:
    """File name and content: a picture, a statement while there are some left, else a Word note."""
    day = ports.local(case.received_at)
    if any(word in paper for word in PICTURES):
        return f"{paper}.png", papers.screenshot(_rows(desk, case))
    lines = (
        f"示例银行 {paper}（示例文件，内容为虚构）",
        f"业务：{case.matter.product}",
        f"事项：{case.telling.title}",
        f"调取日期：{ports.today():%Y年%m月%d日}    涉及日期：{day:%Y年%m月%d日}",
        *(f"{left}    {right}" for left, right in _rows(desk, case)),
        "经核对与业务系统记录一致。",
    )
    if desk.statements_left and case.files > 1 and any(word in paper for word in STATEMENTS):
        desk.statements_left -= 1
        return f"{paper}.pdf", papers.statement(lines)
    return f"{paper}.docx", papers.word_note(lines)


def _rows(desk: Desk, case: Case) -> list[tuple[str, str]]:
    """Time and sum of a few invented transactions around the day."""
    day = ports.local(case.received_at)
    low, high = case.matter.yuan if case.matter.yuan[1] else (20, 5_000)
    return [
        (
            f"{day:%m-%d} {9 + number * 2:02d}:{desk.rng.randrange(60):02d}",
            f"-{desk.rng.randint(low, high):,}.00",
        )
        for number in range(desk.rng.randint(2, 5))
    ]
