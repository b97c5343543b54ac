"""What an org unit and an account are made of: terms and limits, no database."""

from __future__ import annotations

from xiaobao.kernel.roles import ADMIN_ROLES, Role
from xiaobao.kernel.terms import Term

NOWHERE = "z"
"""A scope no path lies in: what the admin posts see of the office's business."""

STEP = 5
"""Characters of one level of a path: four digits and a dot."""

MAX_CHILDREN = 9_999


class OrgKind(Term):
    """Place of a unit in the bank's tree."""

    HEAD_OFFICE = "head_office", "总行"
    DEPARTMENT = "department", "部门"
    BRANCH = "branch", "分行"
    SUB_BRANCH = "sub_branch", "支行"
    OUTLET = "outlet", "营业网点"


class Theme(Term):
    """How the screen is lit."""

    LIGHT = "", "浅色"
    DARK = "dark", "深色"


class TextSize(Term):
    """How large the screen is written."""

    STANDARD = "", "标准"
    LARGE = "large", "长辈版"


PARENTS: dict[OrgKind, frozenset[OrgKind]] = {
    OrgKind.HEAD_OFFICE: frozenset(),
    OrgKind.DEPARTMENT: frozenset({OrgKind.HEAD_OFFICE, OrgKind.BRANCH}),
    OrgKind.BRANCH: frozenset({OrgKind.HEAD_OFFICE}),
    OrgKind.SUB_BRANCH: frozenset({OrgKind.HEAD_OFFICE, OrgKind.BRANCH}),
    OrgKind.OUTLET: frozenset({OrgKind.HEAD_OFFICE, OrgKind.BRANCH, OrgKind.SUB_BRANCH}),
}
"""Which kinds of unit may stand directly above a unit of this kind."""


HEAD_OFFICE_ROLES = ADMIN_ROLES | {Role.EXECUTIVE, Role.INTERNAL_AUDIT, Role.EXAMINER}
"""Posts that only the head office and its departments have: they see or manage the whole bank."""


HEAD_OFFICE_DEPTH = 2
"""How deep in the tree those posts may stand: the head office and what lies directly below it."""


def parent_path(path: str) -> str:
    """Path of the unit above; '' for the head office.

    >>> parent_path("0001.0007.0003."), parent_path("0001.")
    ('0001.0007.', '')
    """
    return path[:-STEP]


def path_range(scope: str) -> tuple[str, str]:
    """Bounds (from, below) of the paths inside `scope`: filter(org_path__gte=a, org_path__lt=b).

    The upper bound ends in a letter, so that the range is the same under every collation:
    letters follow digits everywhere, dots may be ignored.

    >>> path_range("0001.0007.")
    ('0001.0007.', '0001.0007.z')
    """
    return scope, scope + "z"
