"""Long numbers: identity numbers, cards, mobiles, landlines. One pass finds the candidates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from xiaobao.engines.pii import checks
from xiaobao.engines.pii.detectors.base import AFTER, Reading, any_of, mentions
from xiaobao.engines.pii.tables import HOTLINES, PUBLIC_PHONE_CUES
from xiaobao.engines.pii.values import Confidence, Kind, Span

# Digits with single blanks, hyphens or a line end between groups. Not after a letter, a digit,
# or "digit + point"; not before decimals, so that an amount is never a number of a person.
# The first digit comes before what may not stand in front of it: so the search leaps from digit to digit.
_TOKEN = re.compile(r"[0-9](?<![0-9A-Za-z.][0-9])(?:[ \-]?\n?[0-9]){9,}[Xx]?(?![0-9A-Za-z]|\.[0-9])")
# No number of a person is longer, its blanks and hyphens counted.
_WIDEST = 40
_GAPS = re.compile(r"[ \-\n]+")
_GROUP = re.compile(r"[0-9Xx]+")

AGAINST = (
    "订单",
    "流水",
    "合同号",
    "合同编号",
    "凭证",
    "交易号",
    "编号",
    "单号",
    "序号",
    "批次",
    "时间戳",
    "金额",
    "人民币",
    "¥",
)
# Within the eight characters that follow, in the same sentence.
_AMOUNT_AFTER = re.compile(r"[^\S\n]*(?:元|万元|亿元|份|笔|股)")

Verdict = tuple[Kind, Confidence, str]


def is_amount(folded: str, end: int) -> bool:
    """Whether a unit of money or of pieces follows the number that ends here."""
    return _AMOUNT_AFTER.match(folded, end, end + AFTER) is not None


class NumberDetector:
    """Reads each run of digits as the most specific kind that its checks allow.

    Examples: `330106198507123410` (ID), `6225 8801 3765 4324` (CARD), `+86 138-1234-5678`
    (MOBILE), `0571-12345678` (PHONE); not an order number that passes Luhn by chance.
    """

    def find(self, reading: Reading) -> Iterator[Span]:
        """Findings of the four kinds."""
        text = reading.text
        for token in _TOKEN.finditer(reading.folded):
            (start, end), raw = token.span(), token.group()
            whole = _judge(reading, start, raw)
            if whole:
                yield Span(start, end, whole[0], whole[1], text[start:end], whole[2])
            elif not raw.isdigit():
                yield from _read_groups(reading, start, raw)


def _read_groups(reading: Reading, start: int, raw: str) -> Iterator[Span]:
    """Two numbers with a blank between them came as one token: try its groups, longest first."""
    pieces = [found.span() for found in _GROUP.finditer(raw)]
    first = 0
    while first < len(pieces) and len(pieces) > 1:
        left = pieces[first][0]
        for last in range(min(len(pieces), first + _WIDEST) - 1, first - 1, -1):
            right = pieces[last][1]
            verdict = _judge(reading, start + left, raw[left:right]) if right - left <= _WIDEST else None
            if verdict:
                yield reading.span(start + left, start + right, *verdict)
                first = last
                break
        first += 1


def _judge(reading: Reading, start: int, raw: str) -> Verdict | None:
    """What the number is: first by its digits alone, then by the words beside it."""
    if len(raw) > _WIDEST:
        return None
    digits = raw if raw.isdigit() else _GAPS.sub("", raw)
    before = None
    for fits, says in _JUDGES.get(len(digits), ()):
        if not fits(digits, raw, reading):
            continue
        if before is None:
            before = reading.before(start)
            if _AGAINST.search(before) or is_amount(reading.folded, start + len(raw)):
                return None
        verdict = says(digits, raw, before)
        if verdict:
            return verdict
    return None


ID_CUES = ("身份证", "证件号", "证号", "公民身份", "idNo", "id_no", "idcard", "IDNO", "idNumber")
CARD_CUES = ("卡", "账号", "账户", "帐号", "户号", "银行", "card", "Card", "acct")
MOBILE_CUES = ("手机", "电话", "联系", "致电", "来电", "拨", "短信", "mobile", "phone", "tel", "Tel")
_LANDLINE_CUES = ("座机", "固话", "电话", "家里", "家中", "联系", "tel", "Tel", "phone")
_AGAINST = any_of(AGAINST)
_LANDLINE = re.compile(r"0[1-9]\d{1,2}-?[2-9]\d{6,7}")


def _has_id_shape(digits: str, raw: str, reading: Reading) -> bool:
    return checks.has_id_shape(digits)


def _resident_id(digits: str, raw: str, before: str) -> Verdict:
    if checks.has_id_check(digits):
        return Kind.ID, Confidence.HIGH, f"校验位正确{beside(mentions(before, ID_CUES))}"
    return Kind.ID, Confidence.LOW, "形似身份证号，校验位不符"


def _has_old_id_shape(digits: str, raw: str, reading: Reading) -> bool:
    return checks.is_old_resident_id(digits)


def _old_resident_id(digits: str, raw: str, before: str) -> Verdict | None:
    cue = mentions(before, ID_CUES)
    return (Kind.ID, Confidence.MEDIUM, f"15 位旧身份证号{beside(cue)}") if cue else None


def _is_mobile(digits: str, raw: str, reading: Reading) -> bool:
    national = digits[-11:]
    if national[0] != "1" or national[1] not in "3456789" or digits[:-11] not in {"", "86", "0086"}:
        return False
    return national.isdigit() and "\n" not in raw and national not in reading.options.public_phones


def _mobile(digits: str, raw: str, before: str) -> Verdict:
    cue = mentions(before, MOBILE_CUES)
    return Kind.MOBILE, Confidence.HIGH if cue else Confidence.MEDIUM, f"手机号段{beside(cue)}"


def _is_card(digits: str, raw: str, reading: Reading) -> bool:
    return digits.isdigit() and checks.is_card_length(digits)


def _card(digits: str, raw: str, before: str) -> Verdict | None:
    cue = mentions(before, CARD_CUES)
    if checks.passes_luhn(digits):
        sure = Confidence.HIGH if cue else Confidence.MEDIUM
        return Kind.CARD, sure, f"发卡行标识与校验位正确{beside(cue)}"
    return (Kind.CARD, Confidence.LOW, "形似卡号，校验位不符") if cue else None


def _is_landline(digits: str, raw: str, reading: Reading) -> bool:
    is_public = digits in HOTLINES or digits in reading.options.public_phones
    return not is_public and _LANDLINE.fullmatch(raw) is not None


def _landline(digits: str, raw: str, before: str) -> Verdict | None:
    cue = mentions(before, _LANDLINE_CUES)
    if mentions(before, PUBLIC_PHONE_CUES) or not (cue or "-" in raw):
        return None
    return Kind.PHONE, Confidence.HIGH if cue else Confidence.MEDIUM, f"区号与号码长度相符{beside(cue)}"


def beside(cue: str) -> str:
    """How a reason names the word before a number; nothing without one."""
    return f"，前有“{cue}”" if cue else ""


Fits = Callable[[str, str, Reading], bool]
Says = Callable[[str, str, str], Verdict | None]
_PHONE: tuple[Fits, Says] = (_is_landline, _landline)
_HANDSET: tuple[Fits, Says] = (_is_mobile, _mobile)
_BANK_CARD: tuple[Fits, Says] = (_is_card, _card)
# By the count of digits: what the number may be, most specific first.
_JUDGES: dict[int, tuple[tuple[Fits, Says], ...]] = {
    10: (_PHONE,),
    11: (_HANDSET, _PHONE),
    12: (_PHONE,),
    13: (_HANDSET, _BANK_CARD),
    14: (_BANK_CARD,),
    15: ((_has_old_id_shape, _old_resident_id), _HANDSET, _BANK_CARD),
    16: (_BANK_CARD,),
    17: (_BANK_CARD,),
    18: ((_has_id_shape, _resident_id), _BANK_CARD),
    19: (_BANK_CARD,),
}
