"""Our own generator of complaint texts: Chinese as an officer types it, with words whose count is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

PRODUCTS = (
    "信用卡分期",
    "个人住房贷款",
    "净值型理财",
    "手机银行",
    "借记卡",
    "代销保险",
    "互联网贷款",
    "自助设备",
)
ISSUES = (
    "重复扣款",
    "宣传利率与合同不符",
    "提前还款违约金",
    "营销短信退订无效",
    "征信报送错误",
    "风险揭示不充分",
    "个人信息被泄露",
    "排队等候过久",
    "销户手续繁琐",
    "收费未公示",
    "代销产品亏损",
    "解除限制材料过多",
)
REQUESTS = ("退还费用", "书面答复", "当面致歉", "减免利息", "更正征信记录", "赔偿损失")
RARE = "量子纪念币"
WORDS = ("违约金", "提前还款违约金", "征信", RARE)


@dataclass(frozen=True, slots=True)
class Text:
    """Title and facts of one generated complaint."""

    title: str
    facts: str


def texts(count: int, seed: int = 2020) -> Iterator[Text]:
    """`count` texts, always the same for a seed; every thousandth speaks of the rare word."""
    rng = random.Random(seed)
    for number in range(count):
        product, issue, request = rng.choice(PRODUCTS), rng.choice(ISSUES), rng.choice(REQUESTS)
        outlet, amount = f"第{rng.randrange(256):03d}号", rng.randrange(1, 90_000)
        facts = (
            f"客户来电反映：在{outlet}网点办理{product}（产品编号P{rng.randrange(200):04d}）后发现{issue}，"
            f"涉及金额{amount}元。此前多次联系客户经理，未得到明确答复，认为其知情权和自主选择权受到影响，"
            f"请求{request}。经初步核对，业务受理凭证号为{rng.randrange(10**10):010d}，合同约定与宣传材料存在出入，"
            f"客户希望尽快得到书面说明，并保留向监管部门反映的权利。"
        )
        if number % 1000 == 7:
            facts += f"另反映预约的{RARE}未按期到货。"
        yield Text(f"{product}{issue}", facts)


def expected(count: int) -> dict[str, int]:
    """How many of the texts hold each of the asked words."""
    found = dict.fromkeys(WORDS, 0)
    for text in texts(count):
        for word in WORDS:
            found[word] += word in text.title or word in text.facts
    return found
