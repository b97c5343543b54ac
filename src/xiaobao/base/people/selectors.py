"""Every read of the tree and of the people, limited to what the asker may see."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.values import NOWHERE, STEP, OrgKind, parent_path, path_range
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import ADMIN_ROLES, Role

__all__ = [
    "actor_of",
    "managed_path",
    "org_by_code",
    "org_get",
    "org_tree",
    "path_range",
    "scope_of",
    "user_get",
    "users_with_role",
]

WHOLE_BANK = frozenset({Role.INTERNAL_AUDIT, Role.EXAMINER})
OFFICE = frozenset({Role.OFFICER, Role.LEADER, Role.EXECUTIVE})


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


def org_by_code(code: str) -> OrgUnit:
    """The unit of this code. Raises: NotFound `people.org.missing`."""
    unit = OrgUnit.objects.filter(code=code).first()
    if unit is None:
        raise NotFound("people.org.missing", org=code)
    return unit


def org_tree(scope: str) -> QuerySet[OrgUnit]:
    """Units inside `scope`, parents before children."""
    low, high = path_range(scope)
    return OrgUnit.objects.filter(path__gte=low, path__lt=high).order_by("path")


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


def users_with_role(role: Role | str, org_path: str, *, below: bool = False) -> QuerySet[User]:
    """Active accounts that hold the role at the unit; with `below`, in its whole subtree."""
    users = users_in(org_path) if below else User.objects.filter(org__path=org_path)
    # JSON as text: the one containment test both databases know; role values never overlap in quotes.
    return (
        users.filter(is_active=True)
        .annotate(roles_text=Cast("roles", TextField()))
        .filter(roles_text__contains=f'"{role}"')
        .order_by("username")
    )
