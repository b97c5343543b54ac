"""What each handler carries: open complaints, weighted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Case, Count, F, FloatField, Q, Sum, Value, When

from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.selectors import users_in, users_with_role
from xiaobao.duties.complaints.domain.rows import Dossier, Load
from xiaobao.duties.complaints.domain.values import Complexity
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.selectors.scope import WAITING, visible
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

OVER, AHEAD = 1.25, 2.0
"""超出: a weighted load more than a quarter above the mean, and at least two simple cases above it."""


def weights(today: date) -> Sum:
    """One for a simple case, two and three for harder ones; one more each for regulator and overdue."""
    zero = Value(0.0, FloatField())
    return Sum(
        Case(
            When(complexity=Complexity.SPECIAL, then=Value(3.0)),
            When(complexity=Complexity.COMPLEX, then=Value(2.0)),
            default=Value(1.0),
            output_field=FloatField(),
        )
        + Case(When(is_regulator=True, then=Value(1.0)), default=zero)
        + Case(When(WAITING & Q(due_on__lt=today), then=Value(1.0)), default=zero)
    )


def candidates(unit: OrgUnit) -> list[tuple[User, float]]:
    """Handlers of the unit (for the head office and branches: of its departments too), lightest first.

    Equal loads: by username, so that the choice repeats.
    """
    users = list(users_with_role(Role.HANDLER, unit.path)) or _of_departments(unit)
    carried = dict(
        Complaint.objects.filter(is_open=True, handler__in=users)
        .values("handler_id")
        .annotate(weight=weights(ports.today()))
        .values_list("handler_id", "weight")
    )
    ranked = [(user, float(carried.get(user.pk, 0.0))) for user in users]
    return sorted(ranked, key=lambda pair: (pair[1], pair[0].username))


def _of_departments(unit: OrgUnit) -> list[User]:
    units = OrgUnit.objects.filter(parent=unit, kind="department", is_active=True)
    return [
        user
        for user in users_in(unit.path).filter(org__in=units, is_active=True).order_by("username")
        if Role.HANDLER in user.roles
    ]


def handlers_for(*, actor: Actor, complaint: Dossier) -> tuple[Load, ...]:
    """Handlers a person may choose for this complaint, lightest first; the recused are left out.

    Those of the responsible unit and of every unit above it that the actor may assign to.
    """
    path = complaint.org_path
    paths = [path[:end] for end in range(5, len(path) + 1, 5)]
    units = Q(org__path__in=paths) | Q(org__parent__path__in=paths, org__kind="department")
    if actor.scope:
        units |= Q(org__path=actor.scope)
    users = [
        user
        for user in User.objects.filter(units, is_active=True).order_by("username")
        if Role.HANDLER in user.roles
        and user.pk != complaint.counterpart_id
        and not (complaint.counterpart_id and user.org.path.startswith(path))
    ]
    return _loads(users)


def load_of_handlers(*, actor: Actor, limit: int = 12) -> tuple[Load, ...]:
    """The heaviest loads in the asker's subtree, heaviest first. One statement."""
    rows = (
        visible(actor)
        .filter(is_open=True, handler__isnull=False)
        .values("handler_id", name=F("handler__display_name"))
        .annotate(cases=Count("pk"), weight=weights(ports.today()))
    )
    return ranked_loads(
        [(f"{row['handler_id']}|{row['name']}", row["cases"], row["weight"]) for row in rows], limit
    )


def mean_of(weights: Sequence[float]) -> float:
    """The mean weighted load of everybody who carries a case, 0 for nobody."""
    return sum(weights) / len(weights) if weights else 0.0


def is_over(weight: float, mean: float) -> bool:
    """Whether a load is marked 超出.

    >>> is_over(2.0, 1.5), is_over(4.0, 2.0), is_over(20.0, 18.0)
    (False, True, False)
    """
    return weight > OVER * mean and weight - mean >= AHEAD


def ranked_loads(rows: Sequence[tuple[str, int, float]], limit: int = 12) -> tuple[Load, ...]:
    """Loads from (`id|name`, cases, weight), heaviest first; those far over the mean are marked."""
    mean = mean_of([weight for _, _, weight in rows])
    loads = []
    for key, cases, weight in rows:
        user_id, _, name = key.partition("|")
        loads.append(Load(int(user_id), name, cases, weight, is_over(weight, mean)))
    return tuple(sorted(loads, key=lambda load: (-load.weight, load.user_id))[:limit])


def _loads(users: Iterable[User]) -> tuple[Load, ...]:
    known = list(users)
    carried: dict[int | None, tuple[int, float]] = {
        row["handler_id"]: (row["cases"], row["weight"])
        for row in Complaint.objects.filter(is_open=True, handler__in=known)
        .values("handler_id")
        .annotate(cases=Count("pk"), weight=weights(ports.today()))
    }
    rows = [(user, *carried.get(user.pk, (0, 0.0))) for user in known]
    mean = mean_of([weight for _, _, weight in rows])
    loads = [
        Load(user.pk, f"{user} · {user.org.name}", cases, weight, is_over(weight, mean))
        for user, cases, weight in rows
    ]
    return tuple(sorted(loads, key=lambda load: (load.weight, load.user_id)))
