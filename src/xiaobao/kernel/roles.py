"""Roles of the office. What each may do stands in the rooms' access tables, never here."""

from __future__ import annotations

from xiaobao.kernel.terms import Term


class Role(Term):
    """A post; one person may hold several, save the three admin posts, which exclude all others."""

    OFFICER = "officer", "消保专员"
    LEADER = "leader", "消保办负责人"
    HANDLER = "handler", "经办人"
    UNIT_HEAD = "unit_head", "机构负责人"
    EXECUTIVE = "executive", "总行高级管理人员"
    INTERNAL_AUDIT = "internal_audit", "内部审计"
    EXAMINER = "examiner", "监管检查人员（只读）"
    INTEGRATION = "integration", "接口账号"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    SYSTEM = "system", "系统任务"


ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN})


def conflicting(roles: frozenset[Role]) -> bool:
    """Whether one person must not hold these together: an admin post goes with no other post."""
    return bool(roles & ADMIN_ROLES) and len(roles) > 1
