"""Facts about a complaint that are not its topic: they stand beside any topic, and when the topic is unknown."""

from __future__ import annotations

import re

_OLD = 60  # years; 老年人权益保障法 第二条

FLAGS: tuple[tuple[str, str], ...] = (
    ("监管转办", r"12378|12363|12345|银保监|金融监管|监管局|局里|人民银行|人行|信访|消保委|消协|市长热线"),
    ("升级风险", r"起诉|律师|法院|媒体|曝光|记者|微博|抖音|小红书|上访|向监管|去监管|举报|报警|拉横幅"),
    (
        "群体性",
        r"\d+(?:多|余)?(?:户|名业主|人(?:都|一起|联名))|业主群|维权群|集体|联名|好多人|很多人都|大家都|我们一群",
    ),
    (
        "特殊群体",
        r"老人|老年|我爸妈?|我妈|奶奶|爷爷|外婆|外公|姥姥|姥爷|残疾|残障|视障|听障|盲人|轮椅|孕妇|未成年|孩子才|低保|文盲|不识字",
    ),
    (
        "资金安全",
        r"钱(?:都|全)?(?:没了|不见了|少了|丢了|被转)|存款(?:没了|不见了|少了)|被(?:盗刷|刷走|转走|盗用|骗)|盗刷|余额.{0,4}(?:少了|不对|清零)|诈骗",
    ),
    (
        "个人信息泄露",
        r"泄露|泄漏|卖(?:了)?我的?(?:信息|资料)|(?:发|告诉|打给|透露)给?了?我?的?(?:同事|单位|家人|亲戚|邻居|朋友)|通讯录|怎么知道我的",
    ),
)
_AGE = re.compile(r"(\d{2,3})\s?(?:多)?岁")
_FOUND = tuple((name, re.compile(pattern)) for name, pattern in FLAGS)


def flags_of(text: str) -> tuple[str, ...]:
    """The flags of a text already in plain wording, in the order of the table."""
    found = [name for name, pattern in _FOUND if pattern.search(text)]
    if "特殊群体" not in found and any(int(age) >= _OLD for age in _AGE.findall(text)):
        found.append("特殊群体")
    order = [name for name, _ in FLAGS]
    return tuple(sorted(found, key=order.index))
