"""One spelling for what customers write: Cantonese and English words as the desk's own, denials taken out."""

from __future__ import annotations

import re
import unicodedata

_CANTONESE = (
    ("点解", "为什么"), ("咗", "了"), ("唔该", "麻烦"), ("唔", "不"), ("冇", "没有"), ("嘅", "的"), ("佢哋", "他们"),
    ("佢", "他"), ("俾", "给"), ("畀", "给"), ("嚟", "来"), ("乜嘢", "什么"), ("咁", "这么"), ("喺", "在"),
    ("哋", "们"), ("揾", "找"), ("而家", "现在"), ("边个", "谁"), ("几时", "什么时候"), ("使费", "费用"),
)  # fmt: skip
_ENGLISH = (
    (r"charged? (?:me )?twice|double[- ]charged?|duplicate charge", " 重复扣费 "),
    (r"annual fee", " 年费 "),
    (r"unauthori[sz]ed|did ?n[o']t make|fraudulent (?:charge|transaction)", " 盗刷 "),
    (r"credit card|debit card|\bcard\b", " 银行卡 "),
    (r"mortgage|\bloan\b", " 贷款 "),
    (r"interest rate|\binterest\b|\bapr\b", " 利率 "),
    (r"\bfees?\b|\bcharges?\b|\bcharged\b", " 收费 "),
    (r"refund", " 退款 "),
    (r"collect(?:or|ion)s?|harass\w*", " 催收骚扰 "),
    (r"credit report|credit score", " 征信 "),
    (r"personal (?:data|information)|privacy|leak\w*", " 个人信息泄露 "),
    (r"can ?n[o']t log ?in|unable to log ?in|app (?:crash\w*|does ?n[o']t work)", " 登不上手机银行 "),
    (r"transfer (?:failed|pending|not received|missing)", " 转账失败 "),
    (r"rude|attitude|unprofessional", " 态度差 "),
    (r"wait(?:ed|ing)? (?:for )?(?:\w+ )?hours?|long queue", " 排队太久 "),
    (r"thank you|great service|excellent", " 感谢 服务很好 "),
    (r"opening hours|what time", " 几点开门 "),
    (r"scam|phishing", " 诈骗短信 "),
)
_DENIAL = re.compile(
    r"(?:并?不是|并非|不涉及|无关|跟)[^，,。；;！!？?]{0,14}?(?:的?(?:问题|事情?|原因|投诉)|无关|没关系)[，,。；;]?|"
    r"(?:不是|并非)(?:要|想|来)?[^，,。；;！!？?]{1,12}[，,](?=(?:而?是|我|就))"
)


def plain(text: str) -> str:
    """The text in the desk's own words, small letters, what it says it is *not* about taken out.

    >>> plain("不是年费的问题，是柜员态度差")
    '是柜员态度差'
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    for word, ours in _CANTONESE:
        folded = folded.replace(word, ours)
    if re.search(r"[a-z]{4}", folded):
        for pattern, ours in _ENGLISH:
            folded = re.sub(pattern, ours, folded)
    return _DENIAL.sub("", folded).strip()
