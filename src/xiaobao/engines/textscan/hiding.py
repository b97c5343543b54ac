"""Words hidden by other means than single signs: hanzi in halves (亻呆本), commas and brackets inside (保，本; 无【风】【险】), a light hanzi put in (保大本).

Only the few words that laws list, or that say the same, are looked for: whoever writes 保，本 means 保本, but a comma
between two hanzi is usually just a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

HALF = "\ue000"  # stands for the second half of a parted hanzi, and is taken out
_HANZI = "\u4e00-\u9fff"
_SPLIT = (
    "亻呆保 亻果保 贝兼赚 禾急稳 阝佥险 阝金险 贝咅赔 贝咅赔 代贝贷 禾刂利 禾リ利 丩攵收 亻言信 彳正征 扌比批 禾少秒 亻圭佳 纟及级 "
    "亻寸付 亻氐低 钅戋钱 讠正证 客页额 讠人认 忄夬快 贝才财 氵去法 兀口元 彳导得 亻到倒 亻吉借 扌旦担 刂另别"
)
_WHOLE = {pair[:2]: pair[2] for pair in _SPLIT.split()}
_HALVES = re.compile("|".join(map(re.escape, _WHOLE)))

_WORDS = (
    "保本 保息 保收益 保本金 保底 零风险 无风险 0风险 零亏损 稳赚 不赔 包赚 必赚 躺赚 刚兑 刚性兑付 高收益 高回报 最佳 最好 最优 最强 最低 最高 最高级 第一 "
    "国家级 顶级 唯一 首选 秒批 秒贷 秒下 秒到账 黑户 白户 征信 免审 零利息 人人可贷 洗白 套现 校园贷"
)
_COMMAS = r"[，,、。；;：:！!?？“”‘’\" \t]{1,3}"
_BRACKETS = r"[\[\]【】()（）{}《》〈〉<>「」『』〔〕“”‘’\"]{1,2}"
_FILLERS = "大小个你您住点滴哒哈全啥啊呀又喔哦吖の丶乂鑫ⓧx〇"


def _parted(word: str, between: str) -> str:
    return between.join(map(re.escape, word))


_BY_COMMAS = re.compile(
    f"(?<![{_HANZI}])(?:{'|'.join(_parted(word, _COMMAS) for word in _WORDS.split())})(?![{_HANZI}])"
)
_BY_BRACKETS = re.compile(
    f"(?<![担投确参承续退社环医])(?:{'|'.join(_parted(word, _BRACKETS) for word in _WORDS.split())})(?![{_HANZI}a-z])"
)
_BY_FILLERS = re.compile(
    f"(?<![担投确参承续退社环医电安车劳自])保[{_FILLERS}](?:本|息)(?![人次行公产合协单科机书])|稳[{_FILLERS}]赚|[零无][{_FILLERS}]风[{_FILLERS}]?险"
    f"|黑[{_FILLERS}]户|刚[{_FILLERS}]兑|最[{_FILLERS}]佳|秒[{_FILLERS}](?:批|贷)(?![发量])|躺[{_FILLERS}]赚"
)
_SIGNS = {sign for word in _WORDS.split() for sign in word}
_SOME = re.compile(
    f"[{''.join(sorted(_SIGNS))}](?:[{_FILLERS}]|{_COMMAS}|{_BRACKETS})[{''.join(sorted(_SIGNS))}]"
)


def rejoined(text: str) -> str:
    """The text with parted hanzi made whole; as long as it was.

    >>> rejoined("亻呆本").replace(HALF, "")
    '保本'
    """
    return _HALVES.sub(lambda found: _WHOLE[found[0]] + HALF, text)


def between(text: str) -> Iterator[tuple[int, int]]:
    """The stretches put between the hanzi of a hidden word, in order, none twice.

    >>> list(between("理财，保，本，限量"))
    [(4, 5)]
    """
    if not _SOME.search(text):
        return
    found = {
        stretch
        for ways in (_BY_COMMAS, _BY_BRACKETS, _BY_FILLERS)
        for match in ways.finditer(text)
        for stretch in _gaps(match)
    }
    last = -1
    for start, end in sorted(found):
        if start >= last:
            yield start, end
            last = end


def _gaps(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """What stands between the hanzi of the word: everything that no listed word has."""
    at = match.start()
    for sign in match[0]:
        if sign not in _SIGNS:
            yield at, at + 1
        at += 1
