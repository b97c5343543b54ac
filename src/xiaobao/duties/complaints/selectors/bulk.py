"""What a bulk command would do, before the click: the same table and guards the command asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xiaobao.duties.complaints.domain.bulk import LIMIT, REASON, BulkLine, BulkOutlook, stage_item
from xiaobao.duties.complaints.domain.masking import shown
from xiaobao.duties.complaints.domain.rows import Dossier, GuardItem
from xiaobao.duties.complaints.domain.values import Command, Stage
from xiaobao.duties.complaints.selectors.dossiers import dossier
from xiaobao.duties.complaints.selectors.guards import complaint_guards, next_command
from xiaobao.duties.complaints.selectors.papers import papers_of
from xiaobao.duties.complaints.selectors.routing import route_of
from xiaobao.duties.complaints.selectors.scope import visible
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor

_Routes = dict[tuple[str, int | None], bool]


def bulk_outlook(*, actor: Actor, command: Command, ids: Sequence[int]) -> BulkOutlook:
    """Every chosen complaint with its stage and conditions; two statements.

    An assignment asks besides, once a unit, whether the routing finds somebody.
    Raises: NotAllowed for a post that reads no complaints; InvalidInput past `LIMIT`.
    """
    chosen = list(dict.fromkeys(ids))
    if len(chosen) > LIMIT:
        raise InvalidInput("complaint.bulk.size", field="ids", limit=LIMIT, size=len(chosen))
    cases = _cases(actor, chosen)
    routes: _Routes = {}
    lines = [_line(actor, command, case, routes) for case in cases]
    ordered = sorted(lines, key=lambda line: not line.can)
    return BulkOutlook(command, tuple(ordered), len(chosen) - len(cases))


def _cases(actor: Actor, ids: Sequence[int]) -> list[Dossier]:
    """Those the asker may see, in the order they were chosen."""
    found = visible(actor).filter(pk__in=ids).select_related("org", "handler", "handling_org")
    rows = {row.pk: row for row in found}
    papers = papers_of(list(rows))
    return [dossier(rows[pk], papers[pk]) for pk in ids if pk in rows]


def _line(actor: Actor, command: Command, case: Dossier, routes: _Routes) -> BulkLine:
    items: tuple[GuardItem, ...] = (stage_item(command, case.stage, case.state, next_command(case)),)
    if items[0].ok:
        items = tuple(_conditions(actor, command, case, routes))
    return BulkLine(case.id, case.no, shown(case.title), case.state, command, items)


def _conditions(actor: Actor, command: Command, case: Dossier, routes: _Routes) -> Iterable[GuardItem]:
    claims: dict[str, Any] = {}
    if command is Command.ASSIGN:
        found = _routed(case, routes)
        claims = {"has_unit": found, "has_handler": found, "recusal_passed": True}
        if case.stage is Stage.HANDLING:
            yield REASON
    yield from complaint_guards(actor, case, command, claims).items


def _routed(case: Dossier, routes: _Routes) -> bool:
    key = (case.org_path, case.counterpart_id)
    if key not in routes:
        routes[key] = route_of(case) is not None
    return routes[key]
