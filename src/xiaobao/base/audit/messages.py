"""The journal's own words."""

from __future__ import annotations

from xiaobao.base.audit.terms import Problem

MESSAGES: dict[str, str] = {}

TRAIL = {
    "audit:journal": "审计日志",
    "audit:journal:verify": "核验",
    "audit:break": "核验异常",
    "audit:break:explain": "说明原因",
}
TRAIL_FIELDS = {
    "rows": "记录数",
    "breaks": "断裂数",
    "first_bad": "第一处断裂",
    "problem": "问题",
    "number": "编号",
}

TRAIL_TERMS = {"problem": dict(Problem.choices())}
