"""Chinese sentences of this room, by code; `{…}` are facts of the error."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "integrations.not_allowed": "您的岗位不能管理接口令牌，请联系安全管理员",
    "integrations.token.missing": "没有这个接口令牌",
    "integrations.token.account": "账号“{username}”没有“接口账号”岗位，不能发放令牌；请先由安全管理员授予该岗位",
    "integrations.token.grants": "令牌权限有误：请在 read、write、commands 中选择",
    "integrations.token.scope": "令牌的机构范围必须在账号可见的机构之内",
    "integrations.token.days": "有效期须为 1 至 366 天",
    "integrations.token.name": "请填写令牌名称，写明用于哪个系统",
    "integrations.token.revoked": "该令牌已经停用",
    "api.token_needed": "请在请求头 Authorization: Bearer 中带上有效的接口令牌",
    "api.grant_needed": "该令牌没有“{grant}”权限，请向安全管理员申请",
    "api.key_needed": "写入请求必须带请求头 Idempotency-Key（不超过255个字符），重试时使用同一个值",
    "api.key_reused": "该 Idempotency-Key 已用于另一个请求，内容不同；请换一个新的值，或按原内容重试",
    "api.failed": "系统处理出错，没有写入任何内容；请换一个 Idempotency-Key 重试，并把请求编号告知管理员",
    "api.unavailable": "系统暂时不可用，没有写入任何内容；请稍后用同一个 Idempotency-Key 重试",
}

TRAIL = {
    "integrations:token": "接口令牌",
    "integrations:token:issue": "签发",
    "integrations:token:revoke": "撤销",
}
TRAIL_FIELDS = {"grants": "权限", "scope": "机构范围", "expires_at": "有效至", "revoked": "已撤销"}
