"""Long numbers: identity numbers, cards, mobiles, landlines. One pass finds the candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiaobao.engines.pii import checks
from xiaobao.engines.pii.detectors.base import Reading, mentions
from xiaobao.engines.pii.tables import HOTLINES, PUBLIC_PHONE_CUES
from xiaobao.engines.pii.values import Confidence, Kind, Span

# Digits with single blanks, hyphens or a line end between groups. Not after a letter, a digit,
# or "digit + point"; not before decimals, so that an amount is never a number of a person.
_TOKEN = re.compile(r"(?<![0-9A-Za-z.])[0-9](?:[ \-]?\n?[0-9]){6,}[Xx]?(?![0-9A-Za-z]|\.[0-9])")
# No number of a person is longer, its blanks and hyphens counted.
_WIDEST = 40
_FEWEST_DIGITS, _MOST_DIGITS = 7, 19
_GAPS = re.compile(r"[ \-\n]+")

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
AMOUNT_AFTER = re.compile(r"^\s*(?:元|万元|亿元|份|笔|股)")

Verdict = tuple[Kind, Confidence, str]


class NumberDetector:
    """Reads each run of digits as the most specific kind that its checks allow.

    Examples: `330106198507123410` (ID), `6225 8801 3765 4324` (CARD), `+86 138-1234-5678`
    (MOBILE), `0571-12345678` (PHONE); not an order number that passes Luhn by chance.
    """

    def find(self, reading: Reading) -> Iterator[Span]:
        """Findings of the four kinds."""
        for token in _TOKEN.finditer(reading.folded):
            yield from self._read(reading, token.start(), token.group())

    def _read(self, reading: Reading, start: int, raw: str) -> Iterator[Span]:
        whole = self._judge(reading, start, raw)
        if whole:
            kind, confidence, why = whole
            yield reading.span(start, start + len(raw), kind, confidence, why)
            return
        yield from self._read_groups(reading, start, raw)

    def _read_groups(self, reading: Reading, start: int, raw: str) -> Iterator[Span]:
        """Two numbers with a blank between them came as one token: try its groups, longest first."""
        pieces = [(found.start(), found.end()) for found in re.finditer(r"[0-9Xx]+", raw)]
        first = 0
        while first < len(pieces) and len(pieces) > 1:
            left = pieces[first][0]
            for last in range(min(len(pieces), first + _WIDEST) - 1, first - 1, -1):
                right = pieces[last][1]
                if right - left > _WIDEST:
                    continue
                verdict = self._judge(reading, start + left, raw[left:right])
                if verdict:
                    yield reading.span(start + left, start + right, *verdict)
                    first = last
                    break
            first += 1

    def _judge(self, reading: Reading, start: int, raw: str) -> Verdict | None:
        if len(raw) > _WIDEST:
            return None
        digits = _GAPS.sub("", raw)
        if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
            return None
        before = reading.before(start)
        if mentions(before, AGAINST) or AMOUNT_AFTER.match(reading.after(start + len(raw))):
            return None
        for judge in (_resident_id, _mobile, _card, _landline):
            verdict = judge(reading, raw, digits, before)
            if verdict:
                return verdict
        return None


ID_CUES = ("身份证", "证件号", "证号", "公民身份", "idNo", "id_no", "idcard", "IDNO", "idNumber")
CARD_CUES = ("卡", "账号", "账户", "帐号", "户号", "银行", "card", "Card", "acct")
MOBILE_CUES = ("手机", "电话", "联系", "致电", "来电", "拨", "短信", "mobile", "phone", "tel", "Tel")
_LANDLINE_CUES = ("座机", "固话", "电话", "家里", "家中", "联系", "tel", "Tel", "phone")


def _resident_id(reading: Reading, raw: str, digits: str, before: str) -> Verdict | None:
    cue = mentions(before, ID_CUES)
    if checks.is_resident_id(digits):
        return Kind.ID, Confidence.HIGH, f"校验位正确{beside(cue)}"
    if checks.is_old_resident_id(digits) and cue:
        return Kind.ID, Confidence.MEDIUM, f"15 位旧身份证号{beside(cue)}"
    if checks.has_id_shape(digits):
        return Kind.ID, Confidence.LOW, "形似身份证号，校验位不符"
    return None


def _mobile(reading: Reading, raw: str, digits: str, before: str) -> Verdict | None:
    national = digits[-11:] if digits[:-11] in {"", "86", "0086"} else ""
    if len(national) != 11 or not national.isdigit() or national[0] != "1" or national[1] not in "3456789":
        return None
    if "\n" in raw or national in reading.options.public_phones:
        return None
    cue = mentions(before, MOBILE_CUES)
    return Kind.MOBILE, Confidence.HIGH if cue else Confidence.MEDIUM, f"手机号段{beside(cue)}"


def _card(reading: Reading, raw: str, digits: str, before: str) -> Verdict | None:
    if not 13 <= len(digits) <= 19 or not digits.isdigit() or not checks.is_card_length(digits):
        return None
    cue = mentions(before, CARD_CUES)
    if checks.passes_luhn(digits):
        return (
            Kind.CARD,
            Confidence.HIGH if cue else Confidence.MEDIUM,
            f"发卡行标识与校验位正确{beside(cue)}",
        )
    return (Kind.CARD, Confidence.LOW, "形似卡号，校验位不符") if cue else None


def _landline(reading: Reading, raw: str, digits: str, before: str) -> Verdict | None:
    if digits in HOTLINES or digits in reading.options.public_phones or mentions(before, PUBLIC_PHONE_CUES):
        return None
    if not re.fullmatch(r"0[1-9]\d{1,2}-?[2-9]\d{6,7}", raw):
        return None
    cue = mentions(before, _LANDLINE_CUES)
    if not cue and "-" not in raw:
        return None
    return Kind.PHONE, Confidence.HIGH if cue else Confidence.MEDIUM, f"区号与号码长度相符{beside(cue)}"


def beside(cue: str) -> str:
    """How a reason names the word before a number; nothing without one."""
    return f"，前有“{cue}”" if cue else ""
