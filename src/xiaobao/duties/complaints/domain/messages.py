"""The room's sentences: code -> what happened, which rule, what to do next.

`{facts}` are those that ride on the error. `message` fills them; `site` asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiaobao.duties.complaints.domain.terms import (
    Command,
    Complexity,
    DayUnit,
    DueSource,
    ExtensionState,
    Stage,
)

MESSAGES: dict[str, str] = {
    # 录入
    "complaint.field.missing": "请填写“{label}”：这一项必填（规则：登记要素齐全）。",
    "complaint.field.long": "“{label}”最多 {limit} 字，现有 {size} 字（规则：字数上限）。请删减，或把全文作为证据上传后在此写明要点。",
    "complaint.text.control": "“{label}”第 {place} 个字符是{kind}（{point}），所见与所存会不一致，无法保存（规则：文字须可见）。请删除后重填，或改用纯文本粘贴。",
    "complaint.day.unreadable": "“{label}”无法识别为日期：{text}（规则：须写明年、月、日）。请按 2026-01-10 或 2026-01-10 09:30 填写。",
    "complaint.day.impossible": "“{label}”填写的 {text} 在日历上不存在（规则：须是公历的一天）。请核对年、月、日后重填。",
    "complaint.received.future": "“收到时间”{received} 晚于登记时间 {entered}：时限自收到之日起算（令2020年第3号第十八条），收到不能晚于登记。请改正收到时间。",
    "complaint.received.ancient": "“收到时间”{received} 早于 1990 年（规则：只登记 1990 年以后收到的投诉）。请核对年份。",
    "complaint.channel.unknown": "“来源渠道”{text} 不在渠道表中（规则：来源渠道须取自渠道表）。请改为表中的一项：{known}。",
    "complaint.code.unknown": "“{label}”代码 {value} 不在 JR/T 0169 分类表中（规则 CMP-027，央行令2020年第5号第三十八条）。请从分类表中选择。",
    "complaint.org.unknown": "“责任机构”代码 {org_code} 不存在或已停用（规则：责任机构须在机构树中）。请核对机构代码，或从机构树中选择。",
    "complaint.org.outside": "“责任机构”{org_code} 不在您的管辖范围内（规则：只能登记本机构和下级机构的投诉）。请转交该机构或上级机构登记。",
    "complaint.counterpart.unknown": "“被投诉人员”{username} 不在人员表中（规则：据人员表判断回避）。请核对用户名；不清楚时可留空，调查后补登。",
    "complaint.amount.fen": "“{label}”必须是整数（规则：以分为单位）。请改填，例如 123450 表示 1,234.50 元。",
    "complaint.amount.negative": "“{label}”不能为负数（规则：金额登记正数）。请填写正数，并在投诉事实中说明收付方向。",
    "complaint.amount.large": "“{label}”超出可登记的范围（规则：上限一千万亿元）。请核对单位是否为元。",
    "complaint.amount.unreadable": "“{label}”{text} 不是金额（规则：金额为数字，单位元）。请填写数字，例如 1234.50。",
    "complaint.amount.fine": "“{label}”最多两位小数（规则：金额精确到分）。请改填，例如 1234.50。",
    "complaint.amount.currency": "填写了金额，没有填写“{label}”（规则：金额须带币种）。请补填三位字母，例如 CNY。",
    "complaint.amount.unknown": "“{label}”{text} 不是通用的货币代码（规则：ISO 4217）。请填写三位字母，例如 CNY、USD、HKD；人民币填 CNY。",
    "complaint.phone.unreadable": "“{label}”不是有效的电话号码（规则：5 至 20 位数字）。请填写数字，可带区号和分机（例如 0571-88001234-8）；全角数字会自动转换。",
    "complaint.party.role": "“当事人身份”{text} 不在身份表中（规则：身份须取自身份表）。请改为表中的一项：投诉人、受托人、继承人、推选代表。",
    "complaint.party.empty": "当事人的“姓名”、电话、证件号码不能都为空（规则 CMP-001，令2020年第3号第二条）。请至少填写一项，或删除这位当事人并写明未提供身份的原因。",
    "complaint.party.id_number": "“{label}”的校验位不对，不是有效的居民身份证号码（规则：GB 11643）。请对照证件逐位核对；不是居民身份证的，请填写该证件自己的号码。",
    "complaint.party.nobody": "没有投诉人的“{label}”、电话或证件号码，也没有写明未提供身份的原因（规则 CMP-001，令2020年第3号第二条）。请登记投诉人；匿名的，请写明原因。",
    "complaint.party.authority": "{role}提出投诉的，须登记授权委托书或继承关系证明（规则 CMP-017，令2020年第3号第十四条）。请补填“授权或继承证明”。",
    "complaint.referral.body": "“转办机关”{text} 不在机关表中（规则：转办机关须取自机关表）。请改为表中的一项：{known}。",
    "complaint.referral.number": "请填写“转办编号”：没有编号，反馈时无法对账（规则 CMP-022）。",
    "complaint.referral.date": "“监管要求期限”{given} 早于收到转办的日期 {received}（规则：期限在来函之后）。请核对来函后改正。",
    "complaint.referral.used": "“转办编号”{number} 已登记在 {no} 名下（规则：一个编号只登记一次）。请打开该件办理；确属不同事项的，请与来函机关核对编号。",
    "complaint.source.system": "填写了来源编号，没有填写“{label}”（规则：两项合起来才能判断是否重复）。请一并填写。",
    "complaint.source.conflict": "“来源编号”{source_no}（{source_system}）已登记为 {no}，但这次内容不同（规则：同号须同内容）。请核对：是更正的，在 {no} 上用“更正”；是另一件投诉的，请换用新的来源编号。",
    # 步骤
    "complaint.step": "“{stage}”的投诉不能“{command}”。{latest}请刷新页面，按所列的下一步办理。",
    "complaint.changed": "您打开页面之后，{who}已于 {at} 将此件“{command}”，现为“{stage}”。您的填写没有提交，请刷新后再决定。",
    "complaint.missing": "没有找到这件投诉，或不在您的查看范围内。请核对编号。",
    "complaint.not_allowed": "您的岗位不能“{command}”。可办理的岗位：{roles}。",
    "complaint.read.not_allowed": "您的岗位不能查看投诉。如工作需要，请联系安全管理员调整角色。",
    "complaint.guard": "还不能“{command}”：{missing}。（{met}/{total} 项条件已满足；依据：{articles}）",
    "complaint.at.future": "发生时间 {at} 晚于现在，无法登记。请改正。",
    "complaint.at.early": "发生时间 {at} 早于收到投诉的时间。请改正。",
    "complaint.at.unproved": "发生时间 {at} 早于登记之日（现在 {now}），又没有凭证：期限和逾期不能凭补填的时间计算（规则 CMP-014，令2020年第3号第二十一条）。请填写补登凭证，或不填发生时间、按现在登记。",
    "complaint.at.before_approval": "答复时间早于处理决定审批通过的时间 {decided}：未经审批不得答复。请改正答复时间。",
    # 分派与回避
    "complaint.recuse.person": "{name}是被投诉的人员，不得经办（规则 CMP-015，令2020年第3号第十七条）。请改派其他人员。",
    "complaint.recuse.unit": "{unit}是被投诉的机构，不得自行办理对其人员的投诉（规则 CMP-015，令2020年第3号第十七条）。应由上级机构{upper}办理。",
    "complaint.assign.unit": "机构“{org_code}”不存在或已停用，不能分派。请从机构树中选择。",
    "complaint.assign.person": "{username}不是{unit}的在岗经办人。请从该机构的经办人中选择。",
    "complaint.assign.nobody": "{unit}没有在岗的经办人，无法自动分派。请指定其他机构，或先在人员管理中设置经办人。",
    # 编码、调查、决定
    "complaint.reason.missing": "请写明{what}：这一步的理由要留痕。",
    "complaint.evidence.none": "请上传至少一份证据，或写明没有证据的原因。",
    "complaint.correct.field": "“{field}”不能更正。可更正：{allowed}。",
    "complaint.correct.value": "“{label}”的新值无法识别。请填写文字；涉及金额填写整数（单位：分），已看过疑似重复填写 true 或 false。",
    "complaint.merge.self": "不能把投诉并入它自己。请选择另一件。",
    "complaint.merge.closed": "{no} 已经{stage}，不能再并入其他投诉。请选择仍在办理的投诉。",
    "complaint.approve.level": "这项决定须由{needs}审批（金额 {amount}）。您的岗位级别不够，请提交上级。",
    "complaint.approve.four_eyes": "处理决定的提出人与审批人不得为同一人。请由另一位有权人员审批。",
    "complaint.papers.none": "请至少选择一项要投诉人补充的材料；不需要补充的，不必登记这一步。",
    "complaint.meeting.numbers": "人数不对：共同投诉至少 2 人，到场代表至少 1 名且不多于共同投诉人数，均不能为负。请核对后重填。",
    # 时限
    "complaint.clock.start": "没有收到时间，时限无法起算。请补登收到时间。",
    "complaint.extension.late": "已过到期日 {due_on}，不能再申请延期；逾期记录保留（规则 {rule}，{source}）。请尽快作出处理决定并告知投诉人。",
    "complaint.extension.order": "现为“{now}”，不能直接申请“{to}”。第十八条的延期须逐级办理。",
    "complaint.extension.wrong_approver": "这一级延期须由{needs}审批并告知投诉人（规则 {rule}，{source}）。您的岗位不符，请提交上级。",
    "complaint.pause.order": "日期顺序不对：恢复日 {end} 早于暂停日 {start}。请核对。",
    "complaint.recheck.late": "核查申请应自收到处理决定之日起 30 日内提出，最晚为 {until}（规则 CMP-013，令2020年第3号第二十条）。逾期的可告知其他救济途径。",
    "complaint.told.early": "送达日期 {told} 早于答复发出日期 {sent}。请核对。",
    "complaint.told.future": "送达日期 {told} 在今天之后。请在送达后再登记。",
    "complaint.referral.reported": "这份转办已经报送过办理情况。如需补充，请登记调查情况并另行来函。",
    "complaint.referral.unknown": "这件投诉没有这份转办。请刷新页面后重选。",
    "complaint.unit.unknown": "没有这个机构，或不在您的查看范围内。请从“视角”里重选。",
    # 通知、批量、草稿、查看
    "complaint.notice.number": "通知编号 {number} 已经用过。请核对文号。",
    "complaint.notice.amount": "办理时限必须是 1 至 60 之间的整数天。请改填天数。",
    "complaint.notice.span": "适用期间的止日早于起日。请核对。",
    "complaint.notice.scope": "通知的适用机构超出您的管理范围。请选择本机构或下级机构。",
    "complaint.notice.not_allowed": "您的岗位不能发布应急投诉处理通知。",
    "complaint.bulk.size": "一次最多批量办理 {limit} 件，现选了 {size} 件。请分批。",
    "complaint.command.unknown": "“command”{text} 不是办理步骤（规则：步骤须取自步骤表）。请改为其中一项：{known}。",
    "complaint.bulk.command": "“{command}”不能批量办理，请逐件打开。",
    "complaint.draft.large": "草稿过大，最多 {limit} 字。请精简后再保存。",
    "complaint.view.name": "请填写 1 至 40 字的视图名称。",
    "complaint.reveal.not_allowed": "您的岗位不能查看当事人明文信息。如需核实，请由经办人或消保专员查看。",
    "complaint.cursor": "翻页位置已失效。请从第一页重新开始。",
    "complaint.filter": "筛选条件“{label}”的值无效（规则：只能取表中的值，日期写作 2026-01-10）。请重新选择，或清空这一项。",
}


def message(code: str, facts: Mapping[str, Any]) -> str:
    """The sentence for a code of this room, '' for a code of another room."""
    template = MESSAGES.get(code)
    if template is None:
        return ""
    return template.format_map(_Facts(facts))


def halves(sentence: str) -> tuple[str, str]:
    """What is wrong with its rule, and what to do about it: a sentence of the catalogue parted in two."""
    wrong, _, remedy = sentence.partition("。")
    return wrong, remedy or "请更正后重新导入"


class _Facts(dict[str, Any]):
    """Facts that were not given are left blank rather than break the sentence."""

    def __missing__(self, key: str) -> str:
        return ""


TRAIL: dict[str, str] = {
    "complaints:complaint": "投诉",
    **{f"complaints:complaint:{command.value}": command.label for command in Command},
    "complaints:complaint:move": "随机构移交",
    "complaints:complaint:reveal": "查看经过里的号码明文",
    "complaints:extension": "延期",
    "complaints:extension:lapse": "随答复或重新办理失效",
    "complaints:party": "当事人",
    "complaints:party:reveal": "查看明文",
    "complaints:party:reseal": "换密钥重新加密",
    "complaints:clock": "办理时限",
    "complaints:clock:breach": "逾期",
    "complaints:clock:rederive": "夜间重算有差异",
    "complaints:clock:own_rule": "本行时限生效",
    "complaints:notice": "应急通知",
    "complaints:notice:issue": "发布",
    "complaints:list": "投诉清单",
    "complaints:list:export": "导出",
    "complaints:desk": "工作台",
    "complaints:desk:export": "导出日报",
    "complaints:draft": "登记草稿",
    "complaints:draft:expire": "过期清理",
    "complaints:file": "导入文件",
    "complaints:file:import": "导入",
    "complaints:view": "我的视图",
    "complaints:view:save": "保存",
    "complaints:view:drop": "删除",
}
TRAIL_FIELDS: dict[str, str] = {
    "stage": "状态",
    "org_path": "责任机构",
    "handling_path": "主办机构",
    "handler_id": "经办人编号",
    "complexity": "复杂程度",
    "extension": "延期",
    "channel_code": "业务办理渠道",
    "business_code": "业务类别",
    "reason_code": "投诉原因",
    "amount_fen": "涉及金额",
    "due_on": "到期日",
    "legal_due_on": "法定到期日",
    "due_source": "期限来源",
    "is_paused": "计时暂停",
    "cause": "根源",
    "received_on": "收到之日",
    "told_on": "送达之日",
    "version": "版本",
    "amount": "天数",
    "unit": "天数种类",
    "received_from": "收到日期起",
    "received_until": "收到日期止",
    "complaints": "影响投诉（件）",
    "rule": "规则",
    "filters": "筛选条件",
    "unit_name": "查看范围",
    "drafts": "草稿（份）",
    "saved_before": "保存早于",
    "format": "格式",
    "imported": "导入",
    "already": "已有",
    "rejected": "未导入",
    "errors_file": "差错清单",
}
TRAIL_TERMS: dict[str, dict[str, str]] = {
    "about": {"extension": "延期审批", "hand-over": "流转协调", "referral": "监管转办"},
    "stage": dict(Stage.choices()),
    "complexity": dict(Complexity.choices()),
    "extension": dict(ExtensionState.choices()),
    "due_source": dict(DueSource.choices()),
    "unit": dict(DayUnit.choices()),
}
