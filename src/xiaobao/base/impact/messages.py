"""What each refusal of this room says: what happened, why, what to do next."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "impact.open": "派发复核任务由消保专员或者消保办负责人办理。",
    "impact.close": "复核由消保专员或者消保办负责人办理。",
    "impact.show": "变动影响由消保办、管理层、内部审计和监管检查人员查看。",
    "impact.own": "指定负责人由消保专员或者消保办负责人办理。",
    "impact.owner.scope": "没有“{scope}”这个范围：请选一个房间，或者填规则编号，例如 CMP-003。",
    "impact.owner.user": "没有可用的账号“{username}”，请核对用户名。",
    "impact.owner.role": "{name}不是消保专员、消保办负责人或者机构负责人，不能作为负责人。",
    "impact.review.missing": "没有这项复核。",
    "impact.review.closed": "这项复核已办结：{how}。",
    "impact.review.note": "请写明对照新条文看了什么、为什么不用改，不少于 {least} 个字。",
}

TRAIL = {
    "impact:owner": "复核负责人",
    "impact:owner:name": "指定",
    "impact:review": "法规变动复核",
    "impact:review:open": "派发",
    "impact:review:close": "办结",
}
TRAIL_FIELDS = {"key": "对象", "places": "引用之处", "change": "变动"}
TRAIL_TERMS = {"state": {"same": "已复核，不用改", "renewed": "已出新版本"}}
