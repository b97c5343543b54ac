"""Whose complaints desk and list show: all the asker sees, or one unit of it; kept for the session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, cast

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from xiaobao.base.people.selectors import org_names
from xiaobao.base.people.values import OrgKind
from xiaobao.duties.complaints.selectors.scope import is_whole_bank
from xiaobao.duties.complaints.web.screen import Screen
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor, within

KEPT = "complaints_scope"
UNITS_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Sight:
    """What the selector shows: the name of the whole, units by path, the chosen path ('' for the whole)."""

    whole: str
    units: dict[str, str]
    chosen: str

    @property
    def words(self) -> str:
        """`只看杭州分行`, '' where nothing is left out."""
        return f"只看{self.units[self.chosen]}" if self.chosen else ""

    def below(self, scope: str) -> dict[str, str]:
        """Those of the units that lie within this scope."""
        return {path: name for path, name in self.units.items() if within(path, scope)}


def sight_of(request: HttpRequest, actor: Actor) -> Sight:
    """The selector for this asker; a unit that is gone, or not theirs any more, is not chosen."""
    units = _units(actor.scope)
    kept = request.session.get(KEPT, "")
    whole = "全行 · 总行视角" if is_whole_bank(actor.scope) else f"{cast(Any, request.user).org.name} · 全部"
    return Sight(whole, units, kept if kept in units else "")


def viewer_of(actor: Actor, sight: Sight) -> Actor:
    """The asker as the lists see them: no further than the chosen unit."""
    return replace(actor, scope=sight.chosen) if sight.chosen else actor


def _units(scope: str) -> dict[str, str]:
    """Branches of the bank, or outlets of a branch: path -> name. At most one statement a minute."""
    key = f"complaints:units:{scope}"
    found: dict[str, str] | None = cache.get(key)
    if found is None:
        found = org_names(scope, OrgKind.BRANCH if is_whole_bank(scope) else OrgKind.OUTLET)
        found.pop(scope, None)
        cache.set(key, found, UNITS_SECONDS)
    return found


class ScopeView(Screen):
    """Chooses what desk and list show from now on."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Back to the page the selector stood on. Raises: NotFound for a unit that is not offered."""
        unit = request.POST.get("unit", "")
        if unit and unit not in _units(self.actor.scope):
            raise NotFound("complaint.unit.unknown")
        request.session[KEPT] = unit
        wanted = request.POST.get("next", "")
        return self.on_to(wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/")
