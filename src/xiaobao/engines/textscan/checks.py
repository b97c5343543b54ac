"""Arithmetic on what a text says, and what no text tells: rates, prizes, font sizes, seconds, endorsers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from xiaobao.engines.textscan.reading import Reading
from xiaobao.engines.textscan.values import Hit

Check = Callable[[Reading], Iterator[Hit]]

_DAILY = re.compile(r"(?:日利率|日息|每日利率)[^\d%。；]{0,6}(\d+(?:\.\d+)?)\s*(%|‱)")
_MONTHLY = re.compile(r"(?:月利率|月息|月费率|月手续费率)[^\d%。；]{0,6}(\d+(?:\.\d+)?)\s*%")
_ANNUAL = re.compile(r"年(?:化)?(?:综合)?(?:利率|息|化)[^\d%。；，]{0,12}(\d+(?:\.\d+)?)\s*%")
_TOLERANCE = Decimal("0.03")
_MONEY = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(万)?\s*元")
_PRIZE = re.compile(
    r"(?:抽奖|幸运奖|大转盘|抽取|摇奖|开奖|锦鲤|盲盒|刮刮|砸金?蛋|集卡|福袋|翻牌|赢(?:取|得)?)"
)
_TOP_PRIZE = 50_000
_NOTED_SIZE = re.compile(r"[（(][^（）()]{0,8}?(\d+(?:\.\d+)?)\s*(?:号|磅|pt|px)字?[^（）()]{0,4}[）)]")
_SMALL_SIZE = Decimal(10)
_DISCLAIMER = re.compile(
    r"不预示|不代表未来|不构成|投资须谨慎|投资需谨慎|风险提示|理财非存款|产品有风险|有风险|请仔细阅读|具体以|以合同为准|活动规则"
)
_CLAIM = re.compile(
    r"(?:过往业绩|历史业绩|业绩比较基准|年化收益率?|七日年化|年化|最高可?享|低至|收益率?)[^\d。；\n]{0,8}\d+(?:\.\d+)?\s*%"
    r"(?:[~至—-]\d+(?:\.\d+)?%)?"
)
_RATIO = Decimal("0.5")
_SECONDS = 5
_LOAN_YEAR = Decimal("36")


def _share(number: str, sign: str) -> Decimal:
    return Decimal(number) / 100 if sign == "‱" else Decimal(number)


def daily_versus_annual(reading: Reading) -> Iterator[Hit]:
    """A daily or monthly rate that does not fit the annual rate told with it."""
    annual = sorted({Decimal(found[1]) for found in _ANNUAL.finditer(reading.text)})
    if not annual:
        return
    lowest = [year - _slack(year) for year in annual]
    for pattern, factors in ((_DAILY, (360, 365, 366)), (_MONTHLY, (12,))):
        for found in pattern.finditer(reading.text):
            rate = _share(found[1], found[2] if pattern is _DAILY else "%")
            if pattern is _MONTHLY and "费率" in found[0]:
                continue
            if not any(_fits(rate * factor, annual, lowest) for factor in factors):
                yield Hit(*found.span())


def _fits(value: Decimal, annual: list[Decimal], lowest: list[Decimal]) -> bool:
    """Whether the value is near one of the rates: the highest whose range begins below it reaches furthest."""
    at = bisect_right(lowest, value) - 1
    return at >= 0 and value <= annual[at] + _slack(annual[at])


def _slack(year: Decimal) -> Decimal:
    return max(year * _TOLERANCE, Decimal("0.05"))


def loan_rate_over_ceiling(reading: Reading) -> Iterator[Hit]:
    """An annual loan rate of more than 36 per cent: surely a slip or a usury."""
    for found in _ANNUAL.finditer(reading.text):
        if Decimal(found[1]) > _LOAN_YEAR:
            yield Hit(*found.span())


def prize_over_limit(reading: Reading) -> Iterator[Hit]:
    """A prize of more than 50,000 yuan in a sentence that speaks of a draw, or the next one."""
    for number, sentence in enumerate(reading.sentences):
        before = reading.sentences[max(0, number - 1)]
        if not _PRIZE.search(reading.text, before.start, sentence.end):
            continue
        for found in _MONEY.finditer(reading.text, sentence.start, sentence.end):
            value = Decimal(found[1].replace(",", "")) * (10_000 if found[2] else 1)
            around = reading.text[max(sentence.start, found.start() - 14) : found.end() + 8]
            if (
                value > _TOP_PRIZE
                and re.search(r"奖|赢|抽|现金|价值|大礼", around)
                and not re.search(r"消费|存入|资产|满|累计|总奖|奖池|总价值|合计|共计", around)
            ):
                yield Hit(*found.span())


def disclaimer_too_small(reading: Reading) -> Iterator[Hit]:
    """A claim whose disclaimer is set in less than half its size: by the fields, the blocks or a note in the text."""
    small = _told_small(reading.request.fields)
    noted = any(Decimal(found[1]) <= _SMALL_SIZE for found in _NOTED_SIZE.finditer(reading.text))
    told = (small or noted) and bool(_DISCLAIMER.search(reading.text))
    sizes = [
        block.font_pt for block in reading.document.blocks if block.font_pt and _DISCLAIMER.search(block.text)
    ]
    for found in _CLAIM.finditer(reading.text):
        if told or (not small and sizes and _is_smaller(max(sizes), reading, found.start())):
            yield Hit(*found.span())


def _told_small(fields: dict[str, Any]) -> bool:
    small, body = (_number(fields.get(name)) for name in ("disclaimer_font_pt", "body_font_pt"))
    return bool(small and body and small < body * _RATIO)


def _number(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value)) if value is not None else None
    except ArithmeticError:
        return None


def _is_smaller(size: float, reading: Reading, at: int) -> bool:
    claim = reading.document.blocks[reading.block_number(at)].font_pt
    return bool(claim and Decimal(size) < Decimal(claim) * _RATIO)


def _field(name: str, is_wrong: Callable[[Any], bool]) -> Check:
    def check(reading: Reading) -> Iterator[Hit]:
        value = reading.request.fields.get(name)
        if value is not None and is_wrong(value):
            yield Hit(0, 0, f"{name}={value}")

    return check


def _below(limit: int) -> Callable[[Any], bool]:
    def is_wrong(value: Any) -> bool:
        number = _number(value)
        return number is not None and number < limit

    return is_wrong


def _among(*values: str) -> Callable[[Any], bool]:
    return lambda value: str(value) in values


def _is(wanted: bool) -> Callable[[Any], bool]:
    return lambda value: (str(value).lower() in {"true", "1", "yes", "是"}) is wanted


CHECKS: dict[str, Check] = {
    "daily_versus_annual": daily_versus_annual,
    "loan_rate_over_ceiling": loan_rate_over_ceiling,
    "prize_over_limit": prize_over_limit,
    "disclaimer_too_small": disclaimer_too_small,
    "risk_seconds": _field("risk_seconds", _below(_SECONDS)),
    "endorser": _field(
        "endorser",
        _among(
            "academy",
            "association",
            "professional",
            "beneficiary",
            "学术机构",
            "行业协会",
            "专业人士",
            "受益者",
        ),
    ),
    "endorser_age": _field("endorser_age", _below(10)),
    "ad_label": _field("ad_label", _is(False)),
    "one_click_close": _field("one_click_close", _is(False)),
    "default_checked": _field("default_checked", _is(True)),
    "elder_font": _field("elder_font_pt", _below(18)),
    "portrait_consent": _field("portrait_consent", _is(False)),
    "personal_off": _field("personal_off_switch", _is(False)),
}
