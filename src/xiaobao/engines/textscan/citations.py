"""Where a rule is written: the short form `L06:25.1.1=保本、无风险`, and its Chinese."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

# Instrument: (short name, first day of the version that is cited). In step with the rule book, by a test.
INSTRUMENTS: dict[str, tuple[str, str]] = {
    "L01": ("消费者权益保护法", "2014-03-15"),
    "L02": ("个人信息保护法", "2021-11-01"),
    "L05": ("反电信网络诈骗法", "2022-12-01"),
    "L06": ("广告法", "2021-04-29"),
    "L07": ("商业银行法", "2015-10-01"),
    "L10": ("反不正当竞争法", "2025-10-15"),
    "L12": ("老年人权益保障法", "2018-12-29"),
    "L14": ("未成年人保护法", "2024-04-26"),
    "L16": ("价格法", "1998-05-01"),
    "L18": ("电子商务法", "2019-01-01"),
    "L19": ("保险法", "2015-04-24"),
    "L20": ("民法典", "2021-01-01"),
    "L21": ("民法典", "2021-01-01"),
    "L22": ("民法典", "2021-01-01"),
    "N00": ("投诉办法", "2020-03-01"),
    "N01": ("消保办法", "2023-03-01"),
    "N02": ("适当性办法", "2026-02-01"),
    "N04": ("个人贷款办法", "2024-07-01"),
    "N07": ("消费金融公司办法", "2024-04-18"),
    "N08": ("保险销售办法", "2024-03-01"),
    "P01": ("人民银行消保办法", "2020-11-01"),
    "R01": ("网络数据条例", "2025-01-01"),
    "R02": ("征信业管理条例", "2013-03-15"),
    "R04": ("算法推荐规定", "2022-03-01"),
    "R05": ("侵害消费者权益处罚办法", "2015-03-15"),
    "R06": ("明码标价规定", "2022-07-01"),
    "R08": ("人脸识别规定", "2021-08-01"),
    "R09": ("银行卡纠纷规定", "2021-05-25"),
    "R10": ("非银支付条例", "2024-05-01"),
    "R13": ("非法集资条例", "2021-05-01"),
    "R14": ("储蓄管理条例", "1993-03-01"),
    "R15": ("消法实施条例", "2024-07-01"),
}
_FORM = re.compile(r"([A-Z]\d\d):(\d+)(?:\.(\d+))?(?:\.(\d+))?=(.+)", re.ASCII)
_DIGITS = "零一二三四五六七八九"


class Cite(NamedTuple):
    """A place in a dated text, and the words there on which the rule hangs."""

    instrument: str
    version: str
    article: int
    paragraph: int
    item: int
    words: str

    @property
    def loc(self) -> str:
        """25.1.1, 22, 40.1."""
        below = (self.paragraph, self.item)
        return ".".join([str(self.article), *(str(at) for at in below if at)])

    @property
    def full(self) -> str:
        """L06@2021-04-29:25.1.1, the form the law library resolves."""
        return f"{self.instrument}@{self.version}:{self.loc}"

    @property
    def chinese(self) -> str:
        """广告法第二十五条第一款第（一）项."""
        said = f"{INSTRUMENTS[self.instrument][0]}第{written(self.article)}条"
        said += f"第{written(self.paragraph)}款" if self.paragraph else ""
        return said + (f"第（{written(self.item)}）项" if self.item else "")

    @property
    def since(self) -> date:
        """The first day of the cited version."""
        return date.fromisoformat(self.version)


def cite(text: str) -> Cite:
    """The citation written `L06:25.1.1=保本、无风险`.

    >>> cite("L06:25.1.1=保本、无风险").chinese
    '广告法第二十五条第一款第（一）项'

    Raises: ValueError for another form or an unknown instrument.
    """
    found = _FORM.fullmatch(text)
    if not found or found[1] not in INSTRUMENTS:
        raise ValueError(f"not a citation: {text}")
    article, paragraph, item = (int(found[at] or 0) for at in (2, 3, 4))
    return Cite(found[1], INSTRUMENTS[found[1]][1], article, paragraph, item, found[5])


def written(value: int) -> str:
    """A number from 1 to 9,999 as statutes write it.

    >>> written(25), written(10), written(110), written(497), written(1035)
    ('二十五', '十', '一百一十', '四百九十七', '一千零三十五')
    """
    said, skipped = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            said += ("零" if skipped and said else "") + _DIGITS[digit] + unit
        skipped = not digit
    return said.removeprefix("一") if said.startswith("一十") else said
