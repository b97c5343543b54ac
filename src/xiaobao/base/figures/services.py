"""Freezing a figure: the value, its members and its definition as they stand now."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from xiaobao.base.audit.services import record
from xiaobao.base.figures.digest import Frozen, digest_of, sorted_ids
from xiaobao.base.figures.models import FigureFreeze
from xiaobao.base.figures.registry import Figure
from xiaobao.base.figures.selectors import (
    WHOLE_BANK,
    YEARS,
    demand,
    figure_get,
    freeze_latest,
    shown,
)
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput
from xiaobao.kernel.identity import Actor


def figure_freeze(*, actor: Actor, figure_id: str, year: int, reason: str = "") -> FigureFreeze:
    """The freeze made. A figure frozen before is frozen again only with a reason; both stay.

    Raises: NotFound `figures.missing`, NotAllowed `figures.freeze`, InvalidInput
    `figures.freeze.year` or `figures.freeze.reason`, IllegalStep `figures.freeze.twice`.
    """
    demand(actor, "freeze")
    figure = figure_get(figure_id)
    if year not in YEARS or year > ports.today().year:
        raise InvalidInput("figures.freeze.year", field="year", say=f"{year} 年尚未开始，不能定稿")
    with transaction.atomic():
        last = freeze_latest(figure_id, year)
        if last and not reason.strip():
            raise InvalidInput(
                "figures.freeze.reason",
                field="reason",
                say=f"{figure_id} 已于 {ports.local(last.as_of):%Y-%m-%d} 定稿；再次定稿请写明原因，原定稿保留",
            )
        return _freeze(actor, figure, year, (last.revision if last else 0) + 1, reason.strip())


def _freeze(actor: Actor, figure: Figure, year: int, revision: int, reason: str) -> FigureFreeze:
    live = figure.members(year, WHOLE_BANK)
    value = shown(live.value)
    frozen = Frozen(figure.id, year, figure.version, ports.now(), value, sorted_ids(live.ids))
    row = FigureFreeze(
        figure_id=figure.id,
        year=year,
        revision=revision,
        label=figure.label,
        sentence=figure.say(year, value),
        definition=figure.definition,
        version=figure.version,
        value=value,
        unit=figure.unit,
        as_of=frozen.as_of,
        members="\n".join(frozen.ids),
        member_count=len(frozen.ids),
        digest=digest_of(frozen),
        frozen_by=actor.name,
        reason=reason,
    )
    _keep(row)
    record(
        actor=actor,
        tag="figures:figure:freeze",
        object_id=f"{figure.id}/{year}",
        org_path="",
        after={"revision": revision, "value": value, "members": len(frozen.ids), "digest": row.digest},
        reason=reason,
    )
    return row


def _keep(row: FigureFreeze) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise IllegalStep("figures.freeze.twice", say="另一位同事刚刚为同一数字定稿，请刷新后查看") from None
