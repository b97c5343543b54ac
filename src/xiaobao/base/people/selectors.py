"""Every read of the tree and of the people, limited to what the asker may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast

from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.values import NOWHERE, STEP, OrgKind, parent_path, path_range
from xiaobao.base.statements import Given, Statement
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import ADMIN_ROLES, Role

__all__ = [
    "Branch",
    "User",
    "UserFilter",
    "actor_of",
    "factor_count",
    "managed_path",
    "org_branches",
    "org_by_code",
    "org_get",
    "org_line",
    "org_names",
    "org_seen",
    "org_tree",
    "path_range",
    "scope_of",
    "session_get",
    "user_get",
    "user_list",
    "users_in",
    "users_with_role",
]

WHOLE_BANK = frozenset({Role.INTERNAL_AUDIT, Role.EXAMINER})
OFFICE = frozenset({Role.OFFICER, Role.LEADER, Role.EXECUTIVE})

_BY_CODE = Statement(lambda: OrgUnit.objects.filter(code=Given("code")).order_by())
_NAMES = Statement(
    lambda: (
        OrgUnit.objects.filter(path__gte=Given("low"), path__lt=Given("high"), kind=Given("kind"))
        .order_by("path")
        .values_list("path", "name")
    )
)


def actor_of(
    user: AbstractBaseUser | AnonymousUser, *, via: str = "web", ip: str = "", request_id: str = ""
) -> Actor:
    """The person as an actor: roles, unit and how far they see. Costs no statement when org is joined."""
    if not isinstance(user, User):
        raise NotFound("people.user.missing")
    roles = frozenset(Role(role) for role in user.roles)
    return Actor(
        user_id=user.pk,
        name=user.display_name,
        roles=roles,
        org_path=user.org.path,
        scope=scope_of(roles, user.org.path, OrgKind(user.org.kind)),
        org_id=user.org_id,
        via=via,
        ip=ip,
        request_id=request_id,
    )


def scope_of(roles: frozenset[Role], org_path: str, kind: OrgKind) -> str:
    """Path prefix of the business the roles may see from this unit.

    The consumer-protection office and the management look after the unit their department
    belongs to; internal audit and examiners see the whole bank; admin posts see nothing.
    """
    if roles & ADMIN_ROLES:
        return NOWHERE
    if roles & WHOLE_BANK:
        return org_path[:STEP]
    if roles & OFFICE and kind is OrgKind.DEPARTMENT:
        return parent_path(org_path)
    return org_path


def managed_path(actor: Actor) -> str:
    """Path prefix of the units and accounts the actor may list or manage.

    Admin posts stand at the head office alone and manage the whole bank; everybody else
    lists the own scope. '' is everything (scheduled work).
    """
    return actor.org_path[:STEP] if actor.roles & ADMIN_ROLES else actor.scope


def org_get(path: str) -> OrgUnit:
    """The unit at this path. Raises: NotFound `people.org.missing`."""
    unit = OrgUnit.objects.filter(path=path).first()
    if unit is None:
        raise NotFound("people.org.missing", org=path)
    return unit


def head_path() -> str:
    """Path of the head office; '' while there is no unit yet."""
    return OrgUnit.objects.filter(parent=None).order_by("path").values_list("path", flat=True).first() or ""


def org_by_code(code: str) -> OrgUnit:
    """The unit of this code. Raises: NotFound `people.org.missing`."""
    unit = _BY_CODE.first(code=code)
    if unit is None:
        raise NotFound("people.org.missing", org=code)
    return unit


def org_tree(scope: str) -> QuerySet[OrgUnit]:
    """Units inside `scope`, parents before children."""
    low, high = path_range(scope)
    return OrgUnit.objects.filter(path__gte=low, path__lt=high).order_by("path")


def org_names(scope: str, kind: OrgKind) -> dict[str, str]:
    """Path -> name of the units of this kind inside `scope`, by path. One statement."""
    low, high = path_range(scope)
    return dict(_NAMES.rows(low=low, high=high, kind=kind.value))


def users_in(scope: str) -> QuerySet[User]:
    """Accounts of the units inside `scope`."""
    low, high = path_range(scope)
    return User.objects.filter(org__path__gte=low, org__path__lt=high)


def user_get(actor: Actor, user_id: int) -> User:
    """The account, if it lies where the actor may look. Raises: NotFound `people.user.missing`."""
    user = users_in(managed_path(actor)).filter(pk=user_id).first()
    if user is None:
        raise NotFound("people.user.missing")
    return user


def user_active(username: str) -> User | None:
    """The account of this name, if it may be used."""
    return User.objects.filter(username=username, is_active=True).select_related("org").first()


def users_with_role(role: Role | str, org_path: str, *, below: bool = False) -> QuerySet[User]:
    """Active accounts that hold the role at the unit; with `below`, in its whole subtree."""
    users = users_in(org_path) if below else User.objects.filter(org__path=org_path)
    return _holding(users.filter(is_active=True), str(role)).order_by("username")


def _holding(users: QuerySet[User], role: str) -> QuerySet[User]:
    """Those of `users` who hold the role."""
    # JSON as text: the one containment test both databases know; role values never overlap in quotes.
    return users.annotate(roles_text=Cast("roles", TextField())).filter(roles_text__contains=f'"{role}"')


@dataclass(frozen=True, slots=True)
class UserFilter:
    """What a list of accounts is narrowed by; '' is not narrowed."""

    q: str = ""
    role: str = ""
    state: str = ""
    org: str = ""
    after: str = ""


def user_list(scope: str, wanted: UserFilter, limit: int) -> QuerySet[User]:
    """Accounts inside `scope` by user name, after the name `wanted.after`."""
    inside = wanted.org if wanted.org.startswith(scope) and wanted.org else scope
    users = users_in(inside)
    if wanted.state != "all":
        users = users.filter(is_active=wanted.state != "off")
    if wanted.q:
        users = users.filter(Q(username__contains=wanted.q.lower()) | Q(display_name__contains=wanted.q))
    if wanted.role:
        users = _holding(users, wanted.role)
    if wanted.after:
        users = users.filter(username__gt=wanted.after)
    return users.order_by("username")[:limit]


@dataclass(slots=True)
class Branch:
    """A unit of the tree with the people at it, the people of its whole subtree, and what is below."""

    unit: OrgUnit
    own: int
    total: int = 0
    below: list[Branch] = field(default_factory=list)


def org_branches(scope: str) -> list[Branch]:
    """The tree inside `scope` with counts of active people: two statements, whatever its size."""
    units = org_tree(scope).annotate(people=Count("users", filter=Q(users__is_active=True)))
    known: dict[str, Branch] = {}
    roots: list[Branch] = []
    for unit in units:
        branch = known[unit.path] = Branch(unit, unit.people)
        above = known.get(parent_path(unit.path))
        (above.below if above else roots).append(branch)
    _count(known)
    return roots


def _count(known: dict[str, Branch]) -> None:
    totals: Counter[str] = Counter()
    for path, branch in sorted(known.items(), reverse=True):
        branch.total = branch.own + totals[path]
        totals[parent_path(path)] += branch.total


def org_seen(actor: Actor, org_id: int) -> OrgUnit:
    """The unit, if it lies where the actor may look. Raises: NotFound `people.org.missing`."""
    unit = org_tree(managed_path(actor)).filter(pk=org_id).first()
    if unit is None:
        raise NotFound("people.org.missing")
    return unit


def org_line(path: str) -> list[OrgUnit]:
    """The units above `path`, head office first."""
    above = [path[: STEP * level] for level in range(1, len(path) // STEP)]
    return list(OrgUnit.objects.filter(path__in=above).order_by("path"))


def session_get(actor: Actor, session_id: int) -> UserSession:
    """A login session of the actor's own account. Raises: NotFound `people.session.missing`."""
    session = UserSession.objects.filter(pk=session_id, user_id=actor.user_id or 0).first()
    if session is None:
        raise NotFound("people.session.missing")
    return session


def factor_count(user: User) -> int:
    """How many second factors the account has, recovery codes apart."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return int(Authenticator.objects.filter(user=user, type__in=kinds).count())
