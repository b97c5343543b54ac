"""To whom a complaint goes by itself: recusal first (CMP-015), then the lowest weighted load."""

from __future__ import annotations

from xiaobao.base.people import selectors as people
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.values import parent_path
from xiaobao.duties.complaints.domain.facts import recused
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.selectors.loads import candidates


def route_of(case: Dossier) -> tuple[User, str] | None:
    """The handler, and the unit's path where somebody was found, from the complained-of unit upward.

    None where nobody up to the head office may and can take it.
    """
    path = case.org_path
    while path:
        if not recused(case, unit_path=path, handler_id=None):
            unit = people.org_get(path)
            handler = lightest(case, unit) if unit.is_active else None
            if handler is not None:
                return handler, path
        path = parent_path(path)
    return None


def lightest(case: Dossier, unit: OrgUnit) -> User | None:
    """The handler with the lowest weighted open load, the person complained of left out."""
    ranked = [
        user for user, _ in candidates(unit) if not recused(case, unit_path=user.org.path, handler_id=user.pk)
    ]
    return ranked[0] if ranked else None
