"""The named cast: the accounts a visitor may sign in with, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass

from xiaobao.kernel.roles import Role

PASSWORD = "demo-bank-2026"  # noqa: S105 - printed on the screen; the demo bank holds no real person


@dataclass(frozen=True, slots=True)
class Person:
    """One account: where it sits (code of the unit), its post, and one line for the visitor."""

    username: str
    name: str
    unit: str
    role: Role
    may: str


CAST: tuple[Person, ...] = (
    Person("officer", "林晓敏", "D01", Role.OFFICER, "登记、受理、分派、办理全行投诉；先从这里看"),
    Person("leader", "周启明", "D01", Role.LEADER, "审批处理决定与延期、发布应急通知、冻结年报数字"),
    Person("handler", "沈悦", "D04", Role.HANDLER, "信用卡中心经办：调查、编码、拟处理决定、答复"),
    Person("handler2", "何立", "D05", Role.HANDLER, "网络金融部经办：同上，只见本部门"),
    Person("branch", "周国强", "B01", Role.UNIT_HEAD, "杭州分行行长：本分行全部投诉，审批"),
    Person("branch.officer", "陈晓岚", "B01D1", Role.OFFICER, "杭州分行消保专员：本分行受理与分派"),
    Person("outlet", "陈晨", "B010101", Role.HANDLER, "网点柜员：登记并办理本网点投诉（手机也可用）"),
    Person("executive", "高远", "D13", Role.EXECUTIVE, "总行高级管理人员：大额与特别延期审批"),
    Person("audit", "郑文博", "D11", Role.INTERNAL_AUDIT, "内部审计：全行只读，核验审计日志"),
    Person("examiner", "检查组", "D08", Role.EXAMINER, "监管检查人员：全行只读，年报数字下钻到每一笔"),
    Person("sysadmin", "孙浩", "D10", Role.SYSTEM_ADMIN, "系统管理员：机构与账号，不见业务数据"),
    Person("auditadmin", "吴敏", "D11", Role.AUDIT_ADMIN, "审计管理员：查看与导出审计日志"),
    Person("secadmin", "许强", "D12", Role.SECURITY_ADMIN, "安全管理员：授予与收回角色"),
)
