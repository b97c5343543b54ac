"""What the demo bank's customers complain of, and by which door: weighted like published shares.

Weights follow a large bank's disclosure of 2025 (spec law, 2.2): debit cards 33.6 %, credit cards
29.1 %, loans 14.3 %; reasons: rules and processes about 73 %, pricing 8.6 %, systems 5.6 %.
"""

from __future__ import annotations

from xiaobao.demo.matter import Matter
from xiaobao.demo.matters_cards import CARDS
from xiaobao.demo.matters_loans import LOANS
from xiaobao.demo.matters_savings import SAVINGS

MATTERS: tuple[Matter, ...] = (*CARDS, *LOANS, *SAVINGS)

# By which door: weight, value of the channel, whether a regulator's letter comes with it.
DOORS: tuple[tuple[float, str], ...] = (
    (40.0, "phone"),
    (18.0, "outlet"),
    (16.0, "mobile"),
    (9.0, "web"),
    (3.0, "letter"),
    (2.0, "email"),
    (0.7, "mediation"),
    (4.0, "nfra"),
    (1.5, "pboc"),
    (2.6, "hotline_12378"),
    (1.2, "hotline_12363"),
    (1.7, "hotline_12345"),
    (0.3, "association"),
)
LETTERS: dict[str, tuple[str, str]] = {
    "nfra": ("nfra", "监消转"),
    "hotline_12378": ("nfra", "12378转"),
    "pboc": ("pboc", "银消转"),
    "hotline_12363": ("pboc", "12363转"),
    "hotline_12345": ("hotline_12345", "12345转"),
    "association": ("association", "协调转"),
}
# Where the business complained of was done (JR/T 0169 A1), whatever door the complaint itself took.
CHANNEL_CODES: dict[str, str] = {
    "借记卡": "A1.3.3",
    "手机银行": "A1.3.3",
    "柜面服务": "A1.1",
    "信用卡": "A1.3.2",
    "信用卡分期": "A1.3.2",
    "个人住房贷款": "A1.1",
    "互联网贷款": "A1.4",
    "个人消费贷款": "A1.3.3",
    "征信服务": "A1.1",
    "贷款催收": "A1.3.2",
    "定期存款": "A1.1",
    "快捷支付": "A1.3.3",
    "个人账户": "A1.1",
    "净值型理财": "A1.1",
    "代销基金": "A1.1",
    "代销保险": "A1.1",
    "个人信息": "A1.3.5",
    "账户服务": "A1.1",
    "个人外汇": "A1.1",
}
