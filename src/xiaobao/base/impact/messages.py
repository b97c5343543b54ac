"""What each refusal of this room says: what happened, why, what to do next."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "impact.open": "派发复核任务由消保专员或者消保办负责人办理。",
    "impact.close": "复核由消保专员或者消保办负责人办理。",
    "impact.show": "变动影响由消保办、管理层、内部审计和监管检查人员查看。",
    "impact.review.missing": "没有这项复核。",
    "impact.review.closed": "这项复核已办结：{how}。",
    "impact.review.note": "请写明对照新条文看了什么、为什么不用改，不少于 {least} 个字。",
}
