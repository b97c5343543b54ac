"""The text as it is meant: widths, look-alikes and symbols put between hanzi undone, with the way back.

Characters are replaced one for one; symbols between hanzi (保*本) are taken out and the places remembered, so a span
of the folded text has one span of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from heapq import merge

from xiaobao.engines.textscan.hiding import HALF, between, rejoined

HANZI = "\u4e00-\u9fff"
NOISE = " \t\u00a0\u3000\u200b-\u200f\u2060\ufeff\ufe0f*·•・∙_~|^`+\\-—–=#&.…/\\\\'丶丨\u2600-\u27bf\U0001f000-\U0001faff"
_NOISE = re.compile(
    f"(?<=[{HANZI}{HALF}])[{NOISE}]+(?=[{HANZI}])"
    f"|{HALF}"
    f"|(?<=[{HANZI}])(?:”“|’‘|」「|』『|】【|\\)\\()(?=[{HANZI}])"
    f"|(?<=[{HANZI}])[ \\t\u3000\u200b-\u200f\u2060\ufeff]+(?=[A-Za-z0-9])"
    f"|(?<=[A-Za-z0-9%])[ \\t\u3000\u200b-\u200f\u2060\ufeff]+(?=[{HANZI}])"
)
_SPACES = " \t\u00a0\u3000"

# Characters written in place of others: look-alikes and sound-alikes first, then traditional forms of what rules name.
_ALIKE = "葆保褓保煲保堡保夲本苯本笨本畚本蕞最朂最冣最収收嬴赢臝赢瀛赢圙国囯国蕶零〇零俻备怹他贏赢菿到孒了壹一穏稳隠隐凬风飌风険险崄险嶮险岱贷玳贷黛贷怔征囸日莪我沵你恏好哋的溡时茤多尐少厷公笧册"
_TRADITIONAL = (
    "證证險险風风無无穩稳賺赚國国級级業业績绩償偿還还轉转讓让權权條条實实讀读貸贷額额費费終终釋释舉举報报獲获"
    "優优惠惠預预銀银財财資资產产擔担賠赔損损虧亏財财員员專专學学術术機机構构協协會会監监門门備备審审"
    "開开戶户務务規规約约責责聲声視视為为單单變变種种類类時时萬万億亿億亿強强頂顶極极絕绝對对絕绝穩稳增增"
    "長长遠远後后個个儲储蓄蓄債债領领導导號号佔占與与購购買买賣卖價价錢钱總总計计"
)
_ASCII = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if code not in (0xFF0C, 0xFF1A, 0xFF1B, 0xFF01, 0xFF1F)
}
_CIRCLED = {0x2460 + at: ord("1") + at for at in range(9)}


def _pairs(text: str) -> dict[int, int]:
    pairs = ((ord(text[at]), ord(text[at + 1])) for at in range(0, len(text), 2))
    return {source: target for source, target in pairs if source != target}


ALIKE = _pairs(_ALIKE)
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_WIDE_UPPER = {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}
TABLE = _pairs(_TRADITIONAL) | ALIKE | _ASCII | _CIRCLED | _LOWER | _WIDE_UPPER
_SWAP = re.compile("甲方|乙方")


class View:
    """A folded text: `text` is what rules read, `original` what people wrote."""

    __slots__ = ("_halves", "_shifts", "_starts", "hidden", "original", "text")

    def __init__(self, original: str, *, swapped: bool = False) -> None:
        self.original = original
        folded = rejoined(original.translate(TABLE))
        self._halves = {at for at, sign in enumerate(folded) if sign == HALF} if HALF in folded else ()
        if swapped:
            folded = _SWAP.sub(lambda found: "乙方" if found[0] == "甲方" else "甲方", folded)
        self._starts: list[int] = [0]
        self._shifts: list[int] = [0]
        parts, at, shift, size = [], 0, 0, 0
        hidden = list(between(folded))
        self.hidden = [*self._halves, *(start for start, _ in hidden)]
        for start, end in merge((found.span() for found in _NOISE.finditer(folded)), hidden):
            if start < at:
                continue
            parts.append(folded[at:start])
            size += start - at
            shift += end - start
            self._starts.append(size)
            self._shifts.append(shift)
            at = end
        self.text = "".join([*parts, folded[at:]]) if parts else folded

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the folded span was made from."""
        if end <= start:
            at = self._back(start)
            return at, at
        last = self._back(end - 1) + 1
        return self._back(start), last + (last in self._halves)

    def folded(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the original stands in the folded text."""
        return self._forth(start), self._forth(end)

    def _forth(self, at: int) -> int:
        low, high = 0, len(self._starts) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._starts[middle] + self._shifts[middle] <= at:
                low = middle
            else:
                high = middle - 1
        inside = at - self._shifts[low]
        return min(inside, self._starts[low + 1]) if low + 1 < len(self._starts) else inside

    def _back(self, at: int) -> int:
        return at + self._shifts[bisect_right(self._starts, at) - 1]

    def is_disguised(self, start: int, end: int) -> bool:
        """Whether the folded span was written with symbols inside or with look-alike characters."""
        begin, stop = self.origin(start, end)
        written = self.original[begin:stop]
        bare = "".join(sign for sign in written if sign not in _SPACES)
        return len(bare) != len(self.text[start:end].replace(" ", "")) or any(
            ord(sign) in ALIKE for sign in bare
        )
