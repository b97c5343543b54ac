"""Pieces of patterns that many rules share: the parties, numbers, time."""

from __future__ import annotations

# The side that drew up the text, and the consumer. 甲方 is the bank, 乙方 the consumer; a text that has it the
# other way round is turned before the rules read it.
US = (
    r"(?:甲方|银行|本行|我行|贵行|贷款人|出借人|发卡行|发卡机构|本公司|我公司|我司|公司|平台|保险人|受托人|管理人|债权人|本机构|机构|贷款方|服务方|"
    r"代销机构|支付机构|商家|主办方|本平台|我们|贵司|贵公司|抵押权人|质权人)"
)
YOU = (
    r"(?:乙方|客户|借款人|持卡人|您|用户|消费者|申请人|投资者|投保人|被保险人|本人|委托人|债务人|出质人|抵押人|担保人|保证人|储户|存款人|借款方|"
    r"金融消费者|个人|信息主体|授权人|我)"
)
PERCENT = r"\d+(?:\.\d+)?%"
SOLE = r"(?:单方(?:面)?|自行|有权随时|随时有权|可随时|有权自主|可自主|有权自行|可自行|有权单方|可单方|有权根据(?:自身)?需要|有权不经)"
LOSS_ON_YOU = r"(?:一律|全部|均|概|都|应)?(?:由|归)(?:持卡人|客户|乙方|您|用户|借款人|存款人|本人|申请人|消费者|投资者)(?:自行|自己|本人|全部|全额)?(?:承担|负责|负担|自负)"
