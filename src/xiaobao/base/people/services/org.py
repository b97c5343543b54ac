"""Commands on org units."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from xiaobao.base.audit import services as audit
from xiaobao.base.events import services as events
from xiaobao.base.people.access import require
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.selectors import managed_path, org_get, org_tree, users_in
from xiaobao.base.people.values import (
    HEAD_OFFICE_DEPTH,
    HEAD_OFFICE_ROLES,
    MAX_CHILDREN,
    PARENTS,
    STEP,
    OrgKind,
)
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound
from xiaobao.kernel.identity import Actor, within
from xiaobao.kernel.roles import Role


@transaction.atomic
def org_create(*, actor: Actor, code: str, name: str, kind: OrgKind | str, parent_path: str = "") -> OrgUnit:
    """The new unit, placed below `parent_path` ('' makes the head office, once).

    Raises: InvalidInput for an unknown kind, an empty name, a code in use, a kind that must not
    stand there; NotFound for a parent the actor may not manage.
    """
    require(actor, "org:create")
    kind = _kind(kind)
    parent = _managed(actor, parent_path) if parent_path else None
    _check_place(kind, parent)
    if not code.strip() or not name.strip():
        raise InvalidInput("people.org.unnamed", field="name" if code.strip() else "code")
    unit = OrgUnit(code=code.strip(), name=name.strip(), kind=kind, parent=parent, path=_next_path(parent))
    try:
        with transaction.atomic():
            unit.save(force_insert=True)
    except IntegrityError as error:
        raise InvalidInput("people.org.code_taken", field="code", org=code) from error
    _trace(actor, unit, "create", None, {"code": unit.code, "name": unit.name, "kind": str(kind)})
    return unit


@transaction.atomic
def org_rename(*, actor: Actor, path: str, name: str) -> OrgUnit:
    """The unit under its new name."""
    require(actor, "org:rename")
    unit = _managed(actor, path)
    if not name.strip():
        raise InvalidInput("people.org.unnamed", field="name")
    before, unit.name = unit.name, name.strip()
    unit.save(update_fields=["name"])
    _trace(actor, unit, "rename", {"name": before}, {"name": unit.name})
    return unit


@transaction.atomic
def org_move(*, actor: Actor, path: str, to: str) -> OrgUnit:
    """The unit below its new parent; every path of its subtree follows in the same transaction.

    Publishes `people.OrgMoved` {from, to}, so that rooms which keep a path beside their rows
    move it too. Raises: IllegalStep when `to` lies inside the unit itself, or when it would take a
    post that only the head office has along.
    """
    require(actor, "org:move")
    unit, parent = _managed(actor, path), _managed(actor, to)
    if within(to, path):
        raise IllegalStep("people.org.into_itself", name=unit.name)
    _check_place(OrgKind(unit.kind), parent)
    new = _next_path(parent)
    _keep_posts_at_head_office(unit, path, len(new) - len(path))
    org_tree(path).update(path=Concat(Value(new), Substr(F("path"), len(path) + 1)))
    OrgUnit.objects.filter(pk=unit.pk).update(parent=parent)
    moved = org_get(new)
    _trace(actor, moved, "move", {"path": path}, {"path": new})
    events.publish(name="people.OrgMoved", key=f"{path}>{new}", payload={"from": path, "to": new})
    return moved


@transaction.atomic
def org_close(*, actor: Actor, path: str) -> OrgUnit:
    """The unit, no longer in use. Raises: IllegalStep while people or open units stand below it."""
    require(actor, "org:close")
    unit = _managed(actor, path)
    low, high = path, path + "z"
    people = User.objects.filter(org__path__gte=low, org__path__lt=high, is_active=True).count()
    units = org_tree(path).filter(is_active=True).exclude(pk=unit.pk).count()
    if people or units:
        raise IllegalStep("people.org.not_empty", name=unit.name, people=people, units=units)
    unit.is_active = False
    unit.save(update_fields=["is_active"])
    _trace(actor, unit, "close", {"is_active": True}, {"is_active": False})
    return unit


def _keep_posts_at_head_office(unit: OrgUnit, path: str, further: int) -> None:
    """Raises: IllegalStep when somebody would hold a post of the head office further down than its departments."""
    for user in users_in(path).select_related("org"):
        held = HEAD_OFFICE_ROLES & frozenset(map(Role, user.roles))
        if held and user.org.depth + further // STEP > HEAD_OFFICE_DEPTH:
            posts = "、".join(role.label for role in Role if role in held)
            raise IllegalStep("people.org.head_office_posts", name=unit.name, person=str(user), posts=posts)


def _managed(actor: Actor, path: str) -> OrgUnit:
    if not within(path, managed_path(actor)):
        raise NotFound("people.org.missing", org=path)
    unit = OrgUnit.objects.select_for_update().filter(path=path).first()
    if unit is None:
        raise NotFound("people.org.missing", org=path)
    return unit


def _kind(kind: str) -> OrgKind:
    if kind not in OrgKind.__members__.values():
        raise InvalidInput("people.org.unknown_kind", field="kind", kind=str(kind))
    return OrgKind(kind)


def _check_place(kind: OrgKind, parent: OrgUnit | None) -> None:
    if parent is None:
        if kind is not OrgKind.HEAD_OFFICE or OrgUnit.objects.exists():
            raise InvalidInput("people.org.no_parent", field="parent", kind=kind.label)
        return
    if OrgKind(parent.kind) not in PARENTS[kind]:
        raise InvalidInput(
            "people.org.wrong_parent", field="parent", kind=kind.label, parent=parent.kind_label
        )


def _next_path(parent: OrgUnit | None) -> str:
    """The next free path below the parent, whose row the caller holds locked."""
    if parent is None:
        return "0001."
    last = OrgUnit.objects.filter(parent=parent).order_by("-path").values_list("path", flat=True).first()
    number = int(last[-STEP:-1]) + 1 if last else 1
    if number > MAX_CHILDREN:
        raise IllegalStep("people.org.too_many", name=parent.name)
    return f"{parent.path}{number:04d}."


def _trace(
    actor: Actor, unit: OrgUnit, verb: str, before: dict[str, Any] | None, after: dict[str, Any]
) -> None:
    audit.record(
        actor=actor,
        tag=f"people:org:{verb}",
        object_id=str(unit.pk),
        org_path=unit.path,
        before=before,
        after=after,
    )
