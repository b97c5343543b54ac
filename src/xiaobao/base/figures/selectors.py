"""Every read of figures: the live value, the frozen one, the members behind both."""

from __future__ import annotations

from django.db.models import Count

from xiaobao.base.figures.access import COMMANDS
from xiaobao.base.figures.digest import Frozen, digest_of, freeze_text, sorted_ids
from xiaobao.base.figures.models import FigureFreeze
from xiaobao.base.figures.registry import Figure, find, registered
from xiaobao.base.figures.values import (
    PAGE,
    FigureLine,
    FigureView,
    MemberPage,
    SinceFreeze,
    natural_order,
    page_of,
)
from xiaobao.kernel.errors import NotAllowed, NotFound
from xiaobao.kernel.identity import Actor

WHOLE_BANK = ""
YEARS = range(2000, 2101)
NOT_FROZEN = "尚未定稿"


def figure_list(year: int, actor: Actor) -> list[FigureLine]:
    """Every registered figure of the year in order; frozen values where there is a freeze."""
    demand(actor, "show")
    _known_year(year)
    frozen = {row.figure_id: row for row in FigureFreeze.objects.filter(year=year).order_by("revision")}
    return [_line(figure, year, frozen.get(figure.id)) for figure in registered()]


def report_years(actor: Actor, last: int) -> dict[int, int]:
    """Years a report can be opened for, newest first, with how many of its figures are frozen.

    Every year with a freeze, and the last five up to `last`.
    """
    demand(actor, "show")
    rows = FigureFreeze.objects.values_list("year").annotate(Count("figure_id", distinct=True))
    years = dict.fromkeys(range(last - 4, last + 1), 0) | dict(rows)
    return dict(sorted(years.items(), reverse=True))


def figure_show(figure_id: str, year: int, actor: Actor, *, after: str = "") -> FigureView:
    """The figure with its members (the page after `after`), and what changed since the freeze.

    Raises: NotFound `figures.missing`, NotAllowed `figures.show`.
    """
    demand(actor, "show")
    figure = figure_get(figure_id)
    _known_year(year)
    freeze = freeze_latest(figure_id, year)
    live = figure.members(year, WHOLE_BANK)
    live_ids = sorted_ids(live.ids)
    ids = freeze.member_ids if freeze else live_ids
    value = freeze.value if freeze else shown(live.value)
    return FigureView(
        figure=figure,
        year=year,
        sentence=freeze.sentence if freeze else figure.say(year, shown(live.value)),
        value=value,
        live_value=shown(live.value),
        freeze=freeze,
        digest_holds=freeze is not None and digest_of(frozen_of(freeze)) == freeze.digest,
        members=_page(figure, ids, actor, after),
        since=_since(figure, freeze, live_ids, actor) if freeze else None,
    )


def figure_get(figure_id: str) -> Figure:
    """The registered figure. Raises: NotFound `figures.missing`."""
    figure = find(figure_id)
    if figure is None:
        raise NotFound("figures.missing", say=f"没有编号为 {figure_id} 的年报数字")
    return figure


def freeze_latest(figure_id: str, year: int) -> FigureFreeze | None:
    """The latest freeze, or None."""
    return FigureFreeze.objects.filter(figure_id=figure_id, year=year).order_by("-revision").first()


def freeze_history(figure_id: str, year: int) -> list[FigureFreeze]:
    """Every freeze of the figure, newest first, without the member lists."""
    rows = FigureFreeze.objects.filter(figure_id=figure_id, year=year).defer("members")
    return list(rows.order_by("-revision"))


def freeze_file(figure_id: str, year: int, actor: Actor) -> str:
    """The text whose SHA-256 is the digest of the latest freeze, for those who may see every member.

    Raises: NotFound `figures.not_frozen`, NotAllowed `figures.members`.
    """
    demand(actor, "show")
    figure = figure_get(figure_id)
    freeze = freeze_latest(figure_id, year)
    if freeze is None:
        raise NotFound("figures.not_frozen", say=f"{figure_id} 的 {year} 年数字{NOT_FROZEN}")
    ids = freeze.member_ids
    if figure.count_visible(ids, actor) < len(ids):
        raise NotAllowed(
            "figures.members", say="成员清单含您查看范围以外的记录，请由总行消保办或检查人员下载"
        )
    return freeze_text(frozen_of(freeze))


def file_name(figure_id: str, year: int) -> str:
    """Name of the member file: F03-2020-members.txt."""
    return f"{figure_id}-{year}-members.txt"


def frozen_of(freeze: FigureFreeze) -> Frozen:
    """What the digest covers, as kept in the row."""
    return Frozen(
        freeze.figure_id, freeze.year, freeze.version, freeze.as_of, freeze.value, freeze.member_ids
    )


def shown(value: object) -> str:
    """A value as text, as it is frozen and hashed."""
    return str(value)


def demand(actor: Actor, command: str) -> None:
    """Raises: NotAllowed `figures.<command>` unless one of the actor's roles may do it."""
    if not actor.has(*COMMANDS[command]):
        raise NotAllowed(f"figures.{command}", say="您的岗位不能执行此操作，请联系消保办负责人")


def _known_year(year: int) -> None:
    if year not in YEARS:
        raise NotFound("figures.year", say=f"没有 {year} 年的年度报告")


def _line(figure: Figure, year: int, freeze: FigureFreeze | None) -> FigureLine:
    value = freeze.value if freeze else shown(figure.members(year, WHOLE_BANK).value)
    sentence = freeze.sentence if freeze else figure.say(year, value)
    return FigureLine(figure, year, sentence, value, freeze)


def _page(figure: Figure, ids: tuple[str, ...], actor: Actor, after: str = "") -> MemberPage:
    if not ids:
        return MemberPage(0, 0, (), 0, "")
    here, following = page_of(natural_order(ids), after)
    place = {item: index for index, item in enumerate(here)}
    rows = tuple(sorted(figure.rows(here, actor), key=lambda row: place.get(row.id, PAGE)))
    masked = len(ids) - figure.count_visible(ids, actor)
    return MemberPage(len(ids), masked, rows, len(here) - len(rows), following)


def _since(figure: Figure, freeze: FigureFreeze, live: tuple[str, ...], actor: Actor) -> SinceFreeze:
    frozen = freeze.member_ids
    return SinceFreeze(
        added=_page(figure, sorted_ids(set(live) - set(frozen)), actor),
        vanished=_page(figure, sorted_ids(set(frozen) - set(live)), actor),
        definition_changed=figure.version != freeze.version,
    )
