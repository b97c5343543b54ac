"""What each refusal of this room says on screen: what happened, which rule, what to do next."""

from __future__ import annotations

from xiaobao.base.people.values import OrgKind, TextSize, Theme
from xiaobao.kernel.errors import XiaobaoError
from xiaobao.kernel.roles import Role

MESSAGES: dict[str, str] = {
    "people.not_allowed": "您的岗位不含这项操作。建账号、停用、重置归系统管理员，授予角色归安全管理员。",
    "people.org.missing": "没有找到该机构，或不在您的管理范围内。",
    "people.org.unnamed": "请填写机构编码和机构名称。",
    "people.org.code_taken": "机构编码“{org}”已被使用，请换一个编码。",
    "people.org.unknown_kind": "机构类型“{kind}”无法识别，请从列表中选择。",
    "people.org.no_parent": "请选择上级机构；“总行”只能有一个，且已经建立。",
    "people.org.wrong_parent": "{kind}不能设在{parent}之下，请选择合适的上级机构。",
    "people.org.into_itself": "不能把“{name}”移到它自己的下级，请选择其他上级机构。",
    "people.org.head_office_posts": "“{name}”的{person}任{posts}，该岗位只设在总行及总行部门，请先变更其角色，再移动机构。",
    "people.org.too_many": "“{name}”的下级机构已达上限 9,999 个。",
    "people.org.not_empty": "“{name}”仍有 {people} 名在用人员、{units} 个在用下级机构，请先调离或停用，再撤销机构。",
    "people.user.missing": "没有找到该人员，或不在您的管理范围内。",
    "people.user.own": "不能对自己的账号做这项操作，请由另一位管理员办理。",
    "people.user.unnamed": "请填写姓名。",
    "people.user.bad_name": "用户名只能用英文字母、数字和 . _ -，最多 64 个字符。",
    "people.user.name_taken": "用户名“{username}”已被使用，请换一个。",
    "people.roles.own": "任何人不得给自己授予角色，请由另一位安全管理员办理。",
    "people.roles.unknown": "角色“{role}”无法识别，请从列表中选择。",
    "people.roles.conflicting": "系统管理员、审计管理员、安全管理员互相排斥，也不得兼任业务岗位，请只选其一。",
    "people.roles.head_office_only": "“{role}”只设在总行及总行部门，请先确认该人员所在机构。",
    "people.roles.last_admin": "这是最后一名在用的{role}，请先指定接任人，再变更。",
    "people.preferences.unknown": "界面设置的取值无法识别，请从按钮中选择。",
    "people.reveal.no_reason": "查看完整个人信息须写明事由，至少 5 个字。",
    "people.reveal.too_many": "一小时内查看完整个人信息已达 {limit} 次上限，请稍后再试；确有需要请联系负责人。",
    "people.reveal.unknown_field": "没有名为“{name}”的可查看信息。",
    "people.vault.unreadable": "加密的个人信息无法解密：密钥缺失或数据被改动。请联系系统管理员核对密钥文件，勿重新录入。",
    "people.session.missing": "没有找到该登录会话，可能已经结束。",
}


def sentence(error: XiaobaoError) -> str:
    """The error's Chinese sentence, for a form that stays open."""
    return error.say or MESSAGES.get(error.code, "填写的内容需要修改。").format(**error.facts)


TRAIL = {
    "people:session": "登录",
    "people:session:login": "成功",
    "people:session:logout": "退出",
    "people:session:refuse": "密码不对，被拒绝",
    "people:session:refuse_factor": "第二因素不对，被拒绝",
    "people:session:end": "结束一处登录",
    "people:session:change_password": "修改密码",
    "people:session:add_factor": "绑定第二因素",
    "people:session:remove_factor": "移除第二因素",
    "people:session:reset_factor": "重新生成恢复码",
    "people:access": "访问",
    "people:access:refuse": "无权操作，被拒绝",
    "people:user": "账号",
    "people:user:create": "新建",
    "people:user:change_roles": "变更角色",
    "people:user:disable": "停用",
    "people:user:enable": "恢复",
    "people:user:reset": "重置密码",
    "people:user:end_sessions": "结束全部会话",
    "people:user:revoke_factors": "撤销第二因素",
    "people:user:prefer": "改显示偏好",
    "people:org": "机构",
    "people:org:create": "新建",
    "people:org:rename": "改名",
    "people:org:move": "改隶属",
    "people:org:close": "停用",
}
TRAIL_FIELDS = {
    "code": "编码",
    "name": "名称",
    "kind": "类型",
    "path": "隶属",
    "is_active": "在用",
    "username": "用户名",
    "roles": "角色",
    "sessions": "结束的会话",
    "factors": "第二因素",
    "must_change_password": "须改密码",
    "theme": "配色",
    "text_size": "字号",
    "fields": "看了哪些项",
    "method": "请求方式",
}

TRAIL_TERMS = {
    "roles": dict(Role.choices()),
    "kind": {
        **dict(OrgKind.choices()),
        "totp": "身份验证器",
        "webauthn": "通行密钥",
        "recovery_codes": "恢复码",
    },
    "theme": dict(Theme.choices()),
    "text_size": dict(TextSize.choices()),
    "fields": {"name": "姓名", "phone": "联系电话", "id_number": "证件号码"},
}
