"""What the office calls the facts the rules ask for, and the values they may take. No screen shows a code name.

A fact keeps one name and one word in the whole book, so that an example, a form and a trace speak alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from xiaobao.kernel.terms import Term

_FACTS = """
acted_on 行为发生之日|act 处理行为|action 采取的措施|adopted_or_board 意见已采纳或者已提交董事会审定|affordable 所需资金与客户财务支付水平相称
again_on 再次提出之日|age 客户年龄|agreed_on 调解协议生效之日|appeal_upheld 申诉核查属实|as_of 核对之日|approved 已经授权审批
approved_content 内容经本行审核|approver 批准人|asked 要求提供的材料|asked_again_often 明确拒绝后频繁征求同意|assessed_before 事前完成影响评估
assessed_on 历次评估的日期|assessments_today 当日评估次数|assessments_year 十二个月内评估次数|assets_yuan 资产（元）|at_branch 在营业网点向个人销售
author 发布人|authorised 客户授权|basis 合法性基础|between_platforms 在不同平台间传递|both_applied 双方申请调解
both_apply 双方共同申请|by_branch 是分支机构的处理结果|capacity 民事行为能力|cause 起因|changed 目的、方式或者种类变更
changes_after_start 开始后无正当理由的变更（次）|channel 渠道|claims_civil_right 主张民事权益|close_target_dp 关闭按钮（dp）|closed_on 办结之日
complaints 投诉量（件）|complexity 复杂程度|confirmed_at 确认泄露、毁损、丢失的时刻|consented 消费者同意|contract_end_on 合同终止之日
contrast_percent 对比度（百分比）|covered 已覆盖|customers 个人客户（户）|days 期限（日）|days_before 提前公示（日）
decision_received_on 收到处理决定之日|deducted_fen 从本金中预先扣除（分）|dispute_open 纠纷未终结|disputes 纠纷化解权重（分）|done 逐项核对
done_on 完成之日|done_at 完成的时刻|destroyed_on 销毁之日|drafted_on 起草之日|drawn_on 开奖之日|due_on 到期日|duty_not_below_promise 合同义务不低于宣传承诺
easy_withdrawal 提供便捷的撤回方式|education 金融教育权重（分）|effective_on 生效之日|elder_target_dp 长辈版目标（dp）|endangers 可能危及人身、财产安全
endorser 推荐人|exported_on 导出之日|face_to_face_persons 面谈提出共同投诉的人数|filer 提出人|filer_told 已告知投诉提出人
followed_up 已督办落实|given 已具备的内容|grade_within_client 产品风险等级不高于客户风险承受能力|grades 评估等级（级）|guardian_consent 父母或者其他监护人同意
handled 处理方式|handler_is_interested 经办人与被投诉事项有直接利益关系|happened_on 发生之日|has_compliance 含业务合规性|has_just_reason 有正当理由
has_satisfaction 含客户满意度|has_timeliness 含投诉处理及时率与合格率|held_on 举办之日|high_risk 高风险产品|higher_grade_used 评级不一致时采用较高者
home_target_dp 长辈版首页目标（dp）|in_sales_area 在销售专区或者固定柜台销售|in_school 在中小学校、幼儿园内|inspected_on 检查之日|insured_on 投保之日
information 个人信息保护权重（分）|invited_on 邀请调解之日|is_consumer 由消费者提出|is_loan 贷款类产品|is_major_event 大量集中投诉、群体性事件或者重大负面舆情
is_private 私募产品|is_product_dispute 因购买产品或者接受服务产生的纠纷|is_public_good 公益广告|jumps_again 二次跳转|jumps_to_own_platform 购买时跳转至金融机构自营平台
kept_years 保存年限（年）|large_contrast_percent 大字对比度（百分比）|largest_font_dp 最大字号（dp）|last_on 上次完成之日|least_needed 最小必要
legal_hold 司法或者监管要求保全|lent_on 放款之日|licensed_or_entrusted 持牌机构或者受委托的平台|limited_consented_low_risk 限制民事行为能力、法定代理人同意、低风险
line_percent 行距（百分比）|logged 已留痕|logged_on 日志产生之日|main_font_dp 主要文字字号（dp）|marketing 营销行为管理权重（分）
monitored 有异常操作监控|months_since 距最近一次评估（月）|new_consent 变更后已重新取得同意|new_facts 有新的事实和理由|non_personal_option 提供不针对个人特征的选项
notice 告知方式|off_switch 提供便捷的关闭选项|officer_named 已指定个人信息保护负责人|on 计算之日|on_suppression_list 在同一方式的拒收名单中
online 网络营销|only_complaint_count 只以投诉数量考核|only_stored_protected 法定保存期限未届满或者技术上难以删除，只存储并采取保护措施|open_opinions 未处理的审查意见（条）|opinion_received_on 收到处理意见书面答复之日
other_target_dp 其他页面目标（dp）|outlets 营业网点（个）|paragraph_percent_of_line 段距与行距之比（百分比）|pause_from 期间开始之日|pause_to 期间最后一日
persons 人数|petition_accepted_on 信访受理之日|petition_received_on 收到信访事项之日|platform_transacts 平台办理签约、划款、测评或者互动咨询|pop_up 弹出广告
premium_percent_of_budget 保费占预算（百分比）|price_differs_by_profile 利用个人特征实行不合理的差别待遇|priced_on 定价之日|processed_on 处理之日|product 产品
product_class 产品类别|product_end_on 产品终止之日|proof_kept 保留相关证明资料|proportionate 与风险情况相称|published_on 发布之日
purpose 用途|quarter_end 季度末|re_review_asked_on 收到复核请求之日|received_on 收到之日|recheck_asked_on 收到核查申请之日
recorded 每笔销售录音录像|recorded_on 记录之日|refusal_blocks_service 因拒绝而不提供不依赖该信息的服务|regulator_designated 监管机构认定|regulator_received_on 监管部门收到投诉之日
relation_end_on 业务关系结束之日|renewed_on 续期之日|representatives 推选的代表（人）|requested_on 收到请求之日|review_asked_on 收到复查请求之日
review_received_on 收到复查意见书面答复之日|reviewed 已完成事前审查|right 请求的权利|sells_products 以营销、推介替代教育|sender_shown 明示发送者的真实身份和联系方式
sensitive 敏感个人信息|sent_after_refusal 消费者取消后仍发送|sent_on 发送之日|separate_consent 已取得单独同意|service 消费者服务权重（分）
service_refused 以不同意或者撤回为由拒绝非必需的服务|signed_on 签约之日|single_premium_percent_of_income 趸交保费占家庭年收入（百分比）|sold_on 销售之日|special_care 已履行特别注意义务
special_rules 制定专门的处理规则|stage 所处环节|structure 体制机制权重（分）|suitability 适当性管理权重（分）|tags_deletable 用户可以选择或者删除个人标签
term_plus_age 交费年限与年龄之和|text 文字|third_party_in_bank_name 第三方以本行名义推介或者销售|ticked_by_default 设置默认同意的选项|times 次数
told 已告知|told_before_each 每次展期、续费日前已显著提醒|told_before_start 接受服务前已显著提醒|took_part 参加调解|top_prize_yuan 最高奖（元）
trigger 触发删除的情形|triggered_on 触发之日|unreachable 投诉人无法联系|way_out 提供拒绝接收或者取消的方式|withdrawn_on 收到撤回申请之日
written_opinion 已出具书面合规审查意见|year 年度|year_end 年度末|yearly_premium_percent_of_income 年交保费占家庭年收入（百分比）|already_held 已经掌握的材料
launched_on 上线之日|transition_reading 法务对新旧衔接的认定|calendar 放假安排|law 当日施行的法规|reason 原因
recheck_on 核查之日|declaration_signed 投保人签名确认投保声明|easy_refusal 提供便捷的拒绝方式|pushed_after_off 用户选择关闭后仍推送
other_measure 与所列措施同类的其他必要防范措施|transaction_end_on 交易结束之日|special_notice_met 已满足服务价格管理相关规定的公示时间
on_school_things 利用教材、教辅材料、练习册、文具、教具、校服、校车等发布|limited_data 引证内容有适用范围和有效期限|to_public 向不特定对象宣传推介
similar_event 同类的其他重大事件引发|notice_exempt 法律、行政法规规定应当保密或者不需要告知|law_allows_transfer 法律法规另有规定可以传递
insisted_on_insurance 保险产品，投保人不接受终止投保建议，已充分说明风险并书面确认是其自主选择
"""

_VALUES = """
act: abroad 向境外提供|automated 自动化决策|entrust 委托处理|major_effect 对个人权益有重大影响|ordinary 一般处理|provide 向他人提供|publish 公开|sensitive 处理敏感个人信息
action: call_back 电话回访|delay_settlement 延迟资金结算|restrict 限制业务功能|seize 扣划资金|suspend 暂停业务|verify_identity 核验身份|verify_transaction 核实交易
approver: complaint_lead 本机构投诉处理工作负责人|executive 高级管理人员|handler 经办人|head_office 总行高级管理人员|information_owner 信息主管部门|outlet 网点负责人|sub_branch 支行行长|superior 上级机构|unit_head 部门负责人
author: customer 客户|staff 从业人员
basis: consent 取得个人同意|contract 订立、履行合同所必需|convenience 方便办理|emergency 应对突发事件|news 新闻报道|other_law 法律、行政法规规定的其他情形|public_by_person 个人自行公开|statutory_duty 履行法定职责或者义务
capacity: full 完全民事行为能力|limited 限制民事行为能力|none 无民事行为能力
cause: accident 安全事故|disaster 重大自然灾害|fee 收费|public_health 公共卫生事件
channel: app 手机银行|face_to_face 面对面|group_message 群发信息|media 公共媒介|outlet 营业网点|website 官方网站
complexity: complex 情况复杂|simple 事实清楚、争议情况简单|special 情况特别复杂或者有其他特殊原因
endorser: academy 学术机构|association 行业协会|beneficiary 受益者|none 无|professional 专业人士
filer: agent 受托人|complainant 投诉人|guardian 法定代理人|heir 继承人|stranger 无关的人
handled: anonymised 匿名化|deleted 删除|kept 仍保存
notice: agreed 按约定方式告知|dialled 电话拨打|drafted 只拟了稿|handed 书面递交|posted 寄出|sent 短信、邮件发出
product: fund_agency 代销基金|physical_gold 实物贵金属|treasury_bond 国债|wealth 理财产品
product_class: deposit 存款|investment 投资类产品
purpose: anti_fraud 反电信网络诈骗|marketing 营销
right: complain 投诉|complete 补充|consult 查阅|copy 复制|correct 更正|delete 删除|explain 解释说明|transfer 转移
stage: contract 协议制定|design 设计开发|internal_memo 内部备忘|marketing 营销宣传|material_change 涉及消费者利益的条款发生重大变化|new_product 推出新产品和服务|pricing 定价管理
trigger: account_closed 注销账户|collected_by_accident 无意采集|consent_withdrawn 撤回同意|none 无|period_over 保存期限届满|purpose_done 处理目的已实现|service_stopped 停止提供服务|unlawful 违法违约处理
asked: notarised_copy 公证的复印件|notarised_proxy 公证的委托书
given: daily_rate 日利率
value: per_1000_outlets 件/千营业网点|per_10m_customers 件/千万个人客户|per_100_outlets 件/百网点|per_100bn_assets 件/千亿元资产
"""


def _pairs(entries: Iterable[str]) -> dict[str, str]:
    split = (entry.partition(" ") for entry in entries)
    return {name: label for name, _, label in split}


def _facts() -> dict[str, str]:
    return _pairs(entry for line in _FACTS.strip().splitlines() for entry in line.split("|"))


def _values() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in _VALUES.strip().splitlines():
        fact, _, entries = line.partition(": ")
        found[fact] = _pairs(entries.split("|"))
    return found


FACTS: dict[str, str] = _facts()
VALUES: dict[str, dict[str, str]] = _values()
# For an answer, which names items of whatever the rule asked for.
_ANY = {value: label for values in reversed(VALUES.values()) for value, label in values.items()}


def fact_word(name: str) -> str:
    """What the office calls the fact; an item of a list by its list and key.

    >>> fact_word("received_on"), fact_word("done.reported")
    ('收到之日', '逐项核对：reported')
    """
    fact, dot, key = name.partition(".")
    word = FACTS.get(fact, fact)
    return f"{word}：{key}" if dot else word


def value_word(fact: str, value: Any, labels: dict[str, str] | None = None) -> str:
    """The value as the office writes it; `labels` names the items of this rule's own lists.

    >>> value_word("capacity", "limited"), value_word("told", True), value_word("received_on", date(2026, 1, 2))
    ('限制民事行为能力', '是', '2026-01-02')
    """
    if value is None:
        return "不详"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Term):
        return value.label
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        known = _ANY if fact == "value" else VALUES.get(fact, {})
        return (labels or {}).get(value) or known.get(value) or FACTS.get(value, value)
    return _several(fact, value, labels)


def _several(fact: str, value: Any, labels: dict[str, str] | None) -> str:
    if isinstance(value, dict):
        pairs = (
            f"{value_word(fact, key, labels)}：{value_word(fact, one, labels)}" for key, one in value.items()
        )
        return "；".join(pairs) or "无"
    if isinstance(value, tuple | list | frozenset):
        return "、".join(value_word(fact, one, labels) for one in value) or "无"
    return f"{value:,}" if isinstance(value, int | float) else str(value)
