"""What a short complaint is about, for texts too short to share words: the trouble, and what has it.

House practice, written from how customers speak; an event joins another through its matter only
beside words of its own (see `stream.py`), except a failure of a channel, which many report at once
in words that share nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TROUBLES: tuple[tuple[str, str], ...] = (
    ("提前还款", r"提前(?:还款|还贷|结清|还清)|违约金"),
    (
        "兑付",
        r"(?:(?:到期|逾期).{0,4})?(?:兑付|兑现|暴雷|爆雷)|到期.{0,3}(?:不|没|未|无法).{0,2}(?:给|还|赎回|取)",
    ),
    (
        "故障",
        r"失败|登不上|登录不了|无法登录|打不开|转圈|报错|闪退|卡死|卡住|崩溃|崩了|宕机|瘫痪|黑屏|白屏|用不了|不能用|"
        r"系统(?:异常|繁忙|故障|错误)|连不上|没反应|加载不出",
    ),
    ("年费", r"年费"),
    ("手续费", r"手续费|服务费|分期费"),
    ("收费", r"收费|扣费|乱扣|多扣|重复扣"),
    ("利率", r"利率|利息|lpr"),
    ("亏损", r"亏损|亏了|亏钱|本金没了|净值下跌|浮亏"),
    ("误导", r"误导|虚假宣传|承诺保本|说保本|飞单|忽悠|欺骗"),
    ("适当性", r"适当性|风险测评|代做测评"),
    ("征信", r"征信|信用报告|不良记录"),
    ("催收", r"催收|催款|骚扰电话|爆通讯录"),
    ("短信", r"短信|退订"),
    ("吞卡", r"吞卡|吞钞|吐钞"),
    ("信息", r"信息泄露|泄露|个人信息|隐私"),
    ("盗刷", r"盗刷|盗用|被刷|被转走|被盗"),
    ("冻结", r"冻结|止付|限制|非柜面|限额"),
    ("态度", r"态度|辱骂|推诿|不耐烦"),
    ("排队", r"排队|等候|叫号"),
    ("注销", r"销户|注销|销卡"),
    ("抵押", r"解押|抵押|结清证明"),
    ("保险", r"退保|理赔|保险"),
)
_CHANNELS: tuple[tuple[str, str], ...] = (
    ("电子渠道", r"手机银行|网银|网上银行|app|客户端|小程序|转账|登录|验证码|快捷支付|扫码支付|云闪付"),
    ("自助设备", r"atm|自助(?:机|设备|终端)|取款机|柜员机"),
    ("网点系统", r"柜台系统|网点系统|叫号机"),
    ("客服热线", r"客服(?:热线|电话)|热线|955\d\d"),
)
_FORM = re.compile(
    r"【[^】]{0,12}】|姓名[:：]\S{1,4}?(?=[,，。;；\s]|$)|\w{2,6}银行|贵行|你行|你们|本人|我们|我买的|我的|我|请问|您好|你好|"
    r"要求|强烈|立即|马上|尽快|请回复|请|给(?:个)?说法|要求说明|说明|为什么|怎么|什么|一直|至今|昨天|今天|前天|已经|产品|投诉|反映|问题|争议|"
    r"不合理|没说清楚|太?高|的|了|到期|逾期"
)
_DECLARED = re.compile(r"(?:代表|联名|我们|一共|共有|共|等)\s{0,2}(\d{1,5})\s?(?:多|余)?(?:名|户|位|人|个)")
_SPACE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Matter:
    """The trouble (or ""), the channel that has it (or ""), and the pairs of letters that are the text's own."""

    trouble: str
    channel: str
    own: frozenset[str]


def matter_of(text: str) -> Matter:
    """What a text is about, with its form and its trouble's words taken out of its own words."""
    lowered = text.lower()
    trouble, words = _first(_TROUBLES, lowered)
    channel, _ = _first(_CHANNELS, lowered)
    rest = words.sub(" ", lowered) if words else lowered
    rest = re.sub(r"\d+", "0", _FORM.sub(" ", rest))
    pieces = [piece for piece in _SPACE.split(rest) if piece and piece != "0"]
    own = frozenset(piece[at : at + 2] for piece in pieces for at in range(max(1, len(piece) - 1)))
    return Matter(trouble, channel, own)


def declared_persons(text: str) -> int:
    """How many persons the text says it speaks for; 0 when it does not say.

    >>> declared_persons("代表50名业主投诉")
    50
    """
    found = _DECLARED.search(text)
    return int(found.group(1)) if found else 0


def _first(table: tuple[tuple[str, str], ...], text: str) -> tuple[str, re.Pattern[str] | None]:
    for name, pattern in table:
        words = re.compile(pattern)
        if words.search(text):
            return name, words
    return "", None
