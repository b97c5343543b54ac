"""Long numbers: identity numbers, cards, mobiles, landlines. One pass finds the candidates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from xiaobao.engines.pii import checks
from xiaobao.engines.pii.detectors.base import AFTER, BEFORE, STOPS, Options, Reading, made
from xiaobao.engines.pii.tables import HOTLINES, PUBLIC_PHONE_CUES
from xiaobao.engines.pii.values import Confidence, Kind, Span

# Digits with single blanks, hyphens or a line end between groups. Not after a letter, a digit,
# or "digit + point"; not before decimals, so that an amount is never a number of a person.
# The first digit comes before what may not stand in front of it: so the search leaps from digit to digit.
_TOKEN = re.compile(
    r"[0-9](?=[0-9 \-\n]{9})(?<![0-9A-Za-z.][0-9])[0-9]*+"
    r"((?:[ \-]\n?|\n)[0-9]++)*([Xx])?(?![0-9A-Za-z]|\.[0-9])"
)
_MOBILE_SHAPE = "(?:86|0086)?1[3-9][0-9]{9}"
# The plain case of it: nothing but digits, and nothing after them that could belong to a number or be a unit.
# Most are a mobile or have the shape of an identity number; these two can be nothing else.
_PLAIN = re.compile(
    rf"(?<![0-9A-Za-z.])(?:({_MOBILE_SHAPE})|({checks.ID_SHAPE}[0-9])|[0-9]{{10,19}}+)(?![0-9A-Za-z\-.\s元万亿份笔股])"
)
_FEWEST = 10
# Ten characters that may be of a token, looked for in the text as bytes: a search that leaps, where the
# pattern would try every digit. No hanzi and no sign is one of them, whatever byte it becomes.
_PARTS = bytes(ord("0" if chr(code) in "0123456789 -\n" else " ") for code in range(256))
_RUN = b"0" * _FEWEST
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

# Only where one of these follows can a unit follow.
_BEFORE_UNITS = frozenset("元万亿份笔股") | {
    chr(code) for code in range(0x3001) if chr(code).isspace() and code != 0x0A
}

_HIGH, _LOW = Confidence.HIGH, Confidence.LOW

Verdict = tuple[Kind, Confidence, str]
# What a word before a number says for it: itself; nothing, where it ends a sentence; None, where it speaks against.
Meaning = dict[str, str | None]


def is_amount(folded: str, end: int) -> bool:
    """Whether a unit of money or of pieces follows the number that ends here."""
    return _AMOUNT_AFTER.match(folded, end, end + AFTER) is not None


class NumberDetector:
    """Reads each run of digits as the most specific kind that its checks allow.

    Examples: `330106198507123410` (ID), `6225 8801 3765 4324` (CARD), `+86 138-1234-5678`
    (MOBILE), `0571-12345678` (PHONE); not an order number that passes Luhn by chance.
    """

    reads_signs = False

    def find(self, reading: Reading) -> list[Span]:
        """Findings of the four kinds, none below the reading's floor."""
        text, folded, _, _ = reading
        found: list[Span] = []
        next_run = folded.encode("ascii", "replace").translate(_PARTS).find
        at = next_run(_RUN)
        while at >= 0:
            plain = _PLAIN.match(folded, at)
            if plain:
                start, raw, at = at, plain[0], plain.end()
                verdict = _OF_SHAPE[plain.lastindex](reading, start, raw)
                if verdict:
                    kind, confidence, why = verdict
                    found.append(made((start, at, kind, confidence, text[start:at], why)))
            elif token := _TOKEN.search(folded, at):
                start, at = token.span()
                found += _read_parts(reading, start, token[0])
            else:
                break
            at = next_run(_RUN, at)
        return found


def _read_parts(reading: Reading, start: int, raw: str) -> Iterator[Span]:
    """A number with blanks, hyphens or an X in it; failing that, each of the numbers it may be made of."""
    digits = _GAPS.sub("", raw)
    if len(digits) < _FEWEST:
        return
    whole = _judge(reading, start, raw, digits) if len(raw) <= _WIDEST else None
    found = [(start, start + len(raw), whole)] if whole else _read_groups(reading, start, raw)
    for left, right, verdict in found:
        if verdict[1] >= reading.floor:
            yield reading.span(left, right, *verdict)


def _read_groups(reading: Reading, start: int, raw: str) -> Iterator[tuple[int, int, Verdict]]:
    """Two numbers with a blank between them came as one token: try its groups, longest first."""
    pieces = [found.span() for found in _GROUP.finditer(raw)]
    first = 0
    while first < len(pieces) and len(pieces) > 1:
        left = pieces[first][0]
        for last in range(min(len(pieces), first + _WIDEST) - 1, first - 1, -1):
            right = pieces[last][1]
            verdict = None
            if right - left <= _WIDEST:
                part = raw[left:right]
                verdict = _judge(reading, start + left, part, _GAPS.sub("", part))
            if verdict:
                yield start + left, start + right, verdict
                first = last
                break
        first += 1


def _judge(reading: Reading, start: int, raw: str, digits: str) -> Verdict | None:
    """What the number is, unless a unit after it makes it an amount."""
    end = start + len(raw)
    if reading.folded[end : end + 1] in _BEFORE_UNITS and is_amount(reading.folded, end):
        return None
    return _verdict(reading, start, raw, digits)


def _verdict(reading: Reading, start: int, raw: str, digits: str) -> Verdict | None:
    """What the number is: first by its digits alone, then by the words before it."""
    _, folded, options, floor = reading
    for fits, words, says in _JUDGES.get(len(digits), ()):
        best = fits(digits, raw, options)
        if not best:
            continue
        if best < floor and len(digits) == len(raw):
            return None
        cue = cue_before(folded, start, words)
        if cue is None:
            return None
        verdict = says(best, cue, "-" in raw)
        if verdict:
            return verdict
    return None


def _plain_number(reading: Reading, start: int, digits: str) -> Verdict | None:
    return _verdict(reading, start, digits, digits)


def _plain_mobile(reading: Reading, start: int, digits: str) -> Verdict | None:
    _, folded, options, _ = reading
    if options.public_phones and digits[-11:] in options.public_phones:
        return None
    cue = cue_before(folded, start, _MOBILE_WORDS)
    return None if cue is None else _mobile(_HIGH, cue, False)


def _plain_identity(reading: Reading, start: int, digits: str) -> Verdict | None:
    _, folded, _, floor = reading
    best = _HIGH if checks.has_id_check(digits) else _LOW
    if best < floor:
        return None
    cue = cue_before(folded, start, _ID_WORDS)
    return None if cue is None else _resident_id(best, cue, False)


def cue_before(folded: str, start: int, words: Words) -> str | None:
    """The first cue in the sentence before the number, or ''; None where a word speaks against."""
    hear, meaning = words
    heard = hear(folded, start - BEFORE if start > BEFORE else 0, start)
    if len(heard) < 2:
        return meaning[heard[0]] if heard else ""
    cue: str | None = ""
    for word in reversed(heard):
        if word in STOPS:
            break
        cue = meaning[word]
        if cue is None:
            break
    return cue


ID_CUES = ("身份证", "证件号", "证号", "公民身份", "idNo", "id_no", "idcard", "IDNO", "idNumber")
CARD_CUES = ("卡", "账号", "账户", "帐号", "户号", "银行", "card", "Card", "acct")
MOBILE_CUES = ("手机", "电话", "联系", "致电", "来电", "拨", "短信", "mobile", "phone", "tel", "Tel")
LANDLINE_CUES = ("座机", "固话", "电话", "家里", "家中", "联系", "tel", "Tel", "phone")
_LANDLINE = re.compile(r"0[1-9]\d{1,2}-?[2-9]\d{6,7}")
_is_mobile = re.compile(_MOBILE_SHAPE).fullmatch


def _id_fits(digits: str, raw: str, options: Options) -> Confidence | None:
    if not checks.has_id_shape(digits):
        return None
    return _HIGH if checks.has_id_check(digits) else _LOW


@cache
def _resident_id(best: Confidence, cue: str, is_hyphened: bool) -> Verdict:
    if best is _HIGH:
        return Kind.ID, best, f"校验位正确{_beside(cue)}"
    return Kind.ID, best, "形似身份证号，校验位不符"


def _old_id_fits(digits: str, raw: str, options: Options) -> Confidence | None:
    return Confidence.MEDIUM if checks.is_old_resident_id(digits) else None


@cache
def _old_resident_id(best: Confidence, cue: str, is_hyphened: bool) -> Verdict | None:
    return (Kind.ID, Confidence.MEDIUM, f"15 位旧身份证号{_beside(cue)}") if cue else None


def _mobile_fits(digits: str, raw: str, options: Options) -> Confidence | None:
    fits = _is_mobile(digits) and "\n" not in raw
    return None if not fits or digits[-11:] in options.public_phones else _HIGH


@cache
def _mobile(best: Confidence, cue: str, is_hyphened: bool) -> Verdict:
    return Kind.MOBILE, best if cue else Confidence.MEDIUM, f"手机号段{_beside(cue)}"


def _card_fits(digits: str, raw: str, options: Options) -> Confidence | None:
    if digits[-1] in "Xx" or not checks.is_card_length(digits):
        return None
    return _HIGH if checks.passes_luhn(digits) else _LOW


@cache
def _card(best: Confidence, cue: str, is_hyphened: bool) -> Verdict | None:
    if best is _HIGH:
        return Kind.CARD, best if cue else Confidence.MEDIUM, f"发卡行标识与校验位正确{_beside(cue)}"
    return (Kind.CARD, best, "形似卡号，校验位不符") if cue else None


def _landline_fits(digits: str, raw: str, options: Options) -> Confidence | None:
    is_public = digits in HOTLINES or digits in options.public_phones
    return None if is_public or not _LANDLINE.fullmatch(raw) else _HIGH


@cache
def _landline(best: Confidence, cue: str, is_hyphened: bool) -> Verdict | None:
    if not (cue or is_hyphened):
        return None
    return Kind.PHONE, best if cue else Confidence.MEDIUM, f"区号与号码长度相符{_beside(cue)}"


def _beside(cue: str) -> str:
    """How a reason names the word before a number; nothing without one."""
    return f"，前有“{cue}”" if cue else ""


# How words before a number are heard, and what each means.
Words = tuple[Callable[[str, int, int], list[str]], Meaning]


def _words(cues: tuple[str, ...], against: tuple[str, ...] = AGAINST) -> Words:
    """One pass hears stops and words: none of the words against begins inside a cue and reaches past it (tested)."""
    hear = re.compile("|".join(map(re.escape, (*STOPS, *against, *cues)))).findall
    return hear, {word: word for word in cues} | dict.fromkeys(STOPS, "") | dict.fromkeys(against)


_MOBILE_WORDS, _ID_WORDS, _CARD_WORDS = _words(MOBILE_CUES), _words(ID_CUES), _words(CARD_CUES)

# Whether the digits fit, and how sure they can make us at best; what is heard before them; what is then said.
Fits = Callable[[str, str, Options], Confidence | None]
Says = Callable[[Confidence, str, bool], Verdict | None]
Judge = tuple[Fits, Words, Says]
_PHONE: Judge = _landline_fits, _words(LANDLINE_CUES, (*AGAINST, *PUBLIC_PHONE_CUES)), _landline
_HANDSET: Judge = _mobile_fits, _MOBILE_WORDS, _mobile
_BANK_CARD: Judge = _card_fits, _CARD_WORDS, _card
_IDENTITY: Judge = _id_fits, _ID_WORDS, _resident_id
_OLD_IDENTITY: Judge = _old_id_fits, _ID_WORDS, _old_resident_id
# By the count of digits: what the number may be, most specific first.
_JUDGES: dict[int, tuple[Judge, ...]] = {
    10: (_PHONE,),
    11: (_HANDSET, _PHONE),
    12: (_PHONE,),
    13: (_HANDSET, _BANK_CARD),
    14: (_BANK_CARD,),
    15: (_OLD_IDENTITY, _HANDSET, _BANK_CARD),
    16: (_BANK_CARD,),
    17: (_BANK_CARD,),
    18: (_IDENTITY, _BANK_CARD),
    19: (_BANK_CARD,),
}
# By the group of the plain pattern that matched.
_OF_SHAPE = {None: _plain_number, 1: _plain_mobile, 2: _plain_identity}


def right_number(kind: Kind, folded: str, start: int, length: int) -> Verdict | None:
    """What is said of an identity number, card or mobile that is known to be right."""
    words, says = _RIGHT_OLD if kind is Kind.ID and length == _OLD_LENGTH else _RIGHT[kind]
    cue = cue_before(folded, start, words)
    return None if cue is None else says(_HIGH, cue, False)


_OLD_LENGTH = 15
_RIGHT_OLD: tuple[Words, Says] = _ID_WORDS, _old_resident_id
_RIGHT: dict[Kind, tuple[Words, Says]] = {
    Kind.ID: (_ID_WORDS, _resident_id),
    Kind.CARD: (_CARD_WORDS, _card),
    Kind.MOBILE: (_MOBILE_WORDS, _mobile),
}
