"""Topics and the angle each belongs to. What a scan calls `clear` is a topic of this table."""

from __future__ import annotations

from xiaobao.engines.textscan.values import Angle

_TABLE = {
    Angle.LEGALITY: "绝对化用语 国家象征 虚假宣传 引证数据 推荐证明 代言人 贬低同业 广告标识 禁止场所 低俗迷信 歧视表述 肖像授权 有奖销售",
    Angle.REGULATORY: "保本承诺 夸大表述 业绩展示 混淆存款与理财 混淆保险与存款 监管背书 诱导借贷 贷款用途 高息揽储 存款承诺 退订方式 发送者身份 "
    "私募公开宣传 适当性 强制搭售 停售炒作 保险返利 理赔夸大 如实告知 催收行为 宣教营销 未审宣传 学生贷款 未成年人营销 老年人营销 "
    "违规导流 账户买卖 征信误导 逾期误导 非法集资特征 紧迫诱导 弹窗关闭 存款保险误用",
    Angle.INFORMATION: "默示同意 概括授权 捆绑授权 拒绝服务 单独同意 第三方共享 保存期限 撤回同意 个人权利 敏感信息 人脸信息 跨境提供 未成年人信息 "
    "自动化决策 处理者身份 处理目的 过度收集 征信授权 营销使用 默认勾选 永久授权 账号注销 规则变更 安全事件 信息公开 委托处理 索取密码",
    Angle.BALANCE: "最终解释权 单方变更权 单方解除权 免责条款 违约金 提前还款 限制救济 管辖约定 债权转让 扣款抵销 送达条款 举证责任 预扣利息 自动续期 "
    "权利放弃 盗刷责任 限制同业 保证责任 加速到期 费用转嫁 格式推定 复利罚息 退费限制 停业责任 挂失责任 押金退还 解除限制",
    Angle.DISCLOSURE: "风险提示 风险揭示 提示显著性 存款利率口径 年化利率 息费披露 合作方身份 赠品明示 优惠条件 价格标示 收费公示 主体全称 投诉途径 执行标准 "
    "权利义务 机构责任 费用违约金 风险等级 本金亏损 产品要素 保险要素 保单利益不确定 犹豫期 还款要素 公告期限 费用披露 业绩比较基准 术语解释 "
    "贷款合同要素 显著提示",
}
ANGLES: dict[str, Angle] = {topic: angle for angle, topics in _TABLE.items() for topic in topics.split()}
