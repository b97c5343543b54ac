"""Identity numbers, cards and mobiles of large texts, a block at a time with numpy.

The findings are those of the `NumberDetector` reading the same block, span for span: digits are judged
by columns, and only what passes its check is looked at with its words. Tokens with blanks or hyphens
inside go to the detector itself. Needs numpy (extra `text`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from ahocorasick_rs import AhoCorasick

from xiaobao.engines.pii import columns
from xiaobao.engines.pii.columns import LETTER, Digits, Flags, Numbers, X
from xiaobao.engines.pii.detectors.base import AFTER, BEFORE, Options, Reading, mentions
from xiaobao.engines.pii.detectors.numbers import (
    AGAINST,
    CARD_CUES,
    ID_CUES,
    MOBILE_CUES,
    NumberDetector,
    beside,
    is_amount,
)
from xiaobao.engines.pii.fold import HANZI_DIGITS, fold
from xiaobao.engines.pii.values import Confidence, Kind, Span

ORDER = (Kind.ID, Kind.CARD, Kind.MOBILE)
_REASONS = {
    Kind.ID: ("校验位正确", ID_CUES),
    Kind.CARD: ("发卡行标识与校验位正确", CARD_CUES),
    Kind.MOBILE: ("手机号段", MOBILE_CUES),
}
_GROUPS = {
    "against": AGAINST,
    Kind.ID.value: ID_CUES,
    Kind.CARD.value: CARD_CUES,
    Kind.MOBILE.value: MOBILE_CUES,
}
_BITS = {name: 1 << place for place, name in enumerate(_GROUPS)}
_NAMES = ("starts", "ends", "kinds", "is_high")
_DEFAULT = Options()
_DETECTOR = NumberDetector()
# What a character is to a number: 0..9 its value, then these.
_POINT, _BLANK, _LINE, _STOP, _UNIT, _SPACE, _SPOKEN, _WIDE, _ELSE = (
    *range(12, 20),
    255,
)
_FEWEST, _MOST = 11, 19  # digits of the three kinds
_AROUND = 64  # characters the detector is given on each side of a token it must read itself


@dataclass(frozen=True, slots=True)
class Columns:
    """Findings as columns, in the order of the text: character positions, kind (place in `ORDER`), sure or not."""

    starts: Numbers
    ends: Numbers
    kinds: Digits
    is_high: Flags


def number_columns(text: str, *, options: Options = _DEFAULT) -> Columns:
    """Identity numbers, cards and mobiles of medium and high confidence; the fast path of large files."""
    found = _Block(text, options).columns()
    order = np.argsort(found.starts, kind="stable")
    return Columns(found.starts[order], found.ends[order], found.kinds[order], found.is_high[order])


def scan_numbers(text: str, *, options: Options = _DEFAULT) -> list[Span]:
    """The same as spans with their reasons, none overlapping.

    Equal to `scan(text, detectors=(NumberDetector(),))` kept to these three kinds.
    """
    found = number_columns(text, options=options)
    rows = zip(
        found.starts.tolist(), found.ends.tolist(), found.kinds.tolist(), found.is_high.tolist(), strict=True
    )
    return [_span(text, start, end, ORDER[kind], sure) for start, end, kind, sure in rows]


def _span(text: str, start: int, end: int, kind: Kind, is_high: bool) -> Span:
    around = text[max(0, start - _AROUND) : start]
    before = Reading(around, fold(around), _DEFAULT).before(len(around))
    reason, cues = _REASONS[kind]
    if kind is Kind.ID and sum(letter.isalnum() for letter in text[start:end]) == 15:
        reason, is_high = "15 位旧身份证号", False
    confidence = Confidence.HIGH if is_high else Confidence.MEDIUM
    return Span(start, end, kind, confidence, text[start:end], reason + beside(mentions(before, cues)))


class _Block:
    """One text as columns."""

    def __init__(self, text: str, options: Options) -> None:
        self._text, self._options = text, options
        self._folded, self._classes = text, _classes(text)
        if _needs_fold(self._classes):
            self._folded = fold(text)
            self._classes = _classes(self._folded)

    def columns(self) -> Columns:
        """Findings of tokens with blanks by the detector, of digits alone by columns."""
        starts, ends, whole = self._tokens()
        parts = [self._by_detector(starts[~whole], ends[~whole])]
        starts, ends = self._free(starts[whole], ends[whole])
        lengths = ends - starts
        for length in range(_FEWEST, _MOST + 1):
            chosen = lengths == length
            if chosen.any():
                parts += self._of_length(starts[chosen], length)
        return Columns(*(np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES))

    def _tokens(self) -> tuple[Numbers, Numbers, Flags]:
        """Runs of digits joined by blanks and line ends as the detector joins them, and which are digits alone."""
        classes = self._classes
        digit = classes < LETTER
        blank, line = classes == _BLANK, classes == _LINE
        joined = digit.copy()
        one = (blank | line)[1:-1] & digit[:-2] & digit[2:]
        joined[1:-1] |= one
        two = blank[1:-2] & line[2:-1] & digit[:-3] & digit[3:]
        joined[1:-2] |= two
        joined[2:-1] |= two
        edges = np.flatnonzero(joined[1:] != joined[:-1])
        starts, ends = edges[0::2] + 1, edges[1::2] + 1
        long = ends - starts >= _FEWEST
        starts, ends = starts[long], ends[long]
        before = np.cumsum(digit, dtype=np.int32)
        digits = before[ends - 1] - before[starts - 1]
        enough = digits >= _FEWEST
        return starts[enough], ends[enough], (digits == ends - starts)[enough]

    def _free(self, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
        """Without those a letter or a point holds on to; a final X belongs to the token."""
        classes = self._classes
        ends = ends + ((classes[ends] == X) & ~_holds(classes, ends + 1))
        free = ~_is_letter(classes[starts - 1]) & (classes[starts - 1] != _POINT) & ~_holds(classes, ends)
        return starts[free], ends[free]

    def _by_detector(self, starts: Numbers, ends: Numbers) -> Columns:
        """Tokens read by the detector among their neighbours; positions count the margin of one."""
        found = [
            span
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            for span in self._read(start, end)
        ]
        return Columns(
            np.array([start for start, _, _, _ in found], dtype=np.int64),
            np.array([end for _, end, _, _ in found], dtype=np.int64),
            np.array([ORDER.index(kind) for _, _, kind, _ in found], dtype=np.uint8),
            np.array([sure for _, _, _, sure in found], dtype=bool),
        )

    def _read(self, start: int, end: int) -> Iterator[tuple[int, int, Kind, bool]]:
        first, last = max(0, start - 1 - _AROUND), end - 1 + _AROUND
        reading = Reading(self._text[first:last], fold(self._folded[first:last]), self._options)
        for span in _DETECTOR.find(reading):
            is_inside = span.start + first >= start - 1 and span.end + first <= end
            if span.kind in ORDER and is_inside and span.confidence >= Confidence.MEDIUM:
                is_high = span.confidence is Confidence.HIGH
                yield span.start + first, span.end + first, span.kind, is_high

    def _of_length(self, starts: Numbers, length: int) -> Iterator[Columns]:
        digits: Digits = self._classes[starts[:, None] + np.arange(length)]
        ids, shapes = columns.identity(digits)
        old = columns.old_identity(digits)
        mobiles = columns.mobile(digits) & ~shapes & ~old
        cards = columns.card(digits) & ~shapes & ~mobiles & ~old
        yield self._by_detector(starts[old], starts[old] + length)
        for kind, chosen in ((Kind.ID, ids), (Kind.CARD, cards), (Kind.MOBILE, mobiles)):
            if chosen.any():
                yield self._with_words(starts[chosen] - 1, length, kind)

    def _with_words(self, starts: Numbers, length: int, kind: Kind) -> Columns:
        """Those whose words do not say they are something else, and which have a word for them."""
        ends = starts + length
        windows = np.maximum(starts - BEFORE, self._after_stop(starts))
        kept = ~self._said("against", windows, starts) & ~self._is_amount(ends)
        if kind is Kind.MOBILE and self._options.public_phones:
            phones = self._options.public_phones
            kept &= np.array(
                [self._folded[end - 11 : end] not in phones for end in ends.tolist()], dtype=bool
            )
        starts, ends, windows = starts[kept], ends[kept], windows[kept]
        is_high = np.ones(len(starts), bool) if kind is Kind.ID else self._said(kind.value, windows, starts)
        return Columns(starts, ends, np.full(len(starts), ORDER.index(kind), np.uint8), is_high)

    def _after_stop(self, starts: Numbers) -> Numbers:
        """Where the sentence of each position begins."""
        at = np.searchsorted(self._stops, starts) - 1
        return (
            np.where(at >= 0, self._stops[np.maximum(at, 0)] + 1, 0)
            if len(self._stops)
            else np.zeros_like(starts)
        )

    def _said(self, group: str, windows: Numbers, starts: Numbers) -> Flags:
        """Whether a word of the group stands whole between the two positions."""
        ends, latest = self._words[group]
        if not len(ends):
            return np.zeros(len(starts), dtype=bool)
        at = np.searchsorted(ends, starts, side="right") - 1
        result: Flags = (at >= 0) & (latest[np.maximum(at, 0)] >= windows)
        return result

    def _is_amount(self, ends: Numbers) -> Flags:
        """Whether a unit follows; only where the next letter may begin one is it looked at."""
        amounts = np.zeros(len(ends), dtype=bool)
        for at in np.flatnonzero(np.isin(self._classes[ends + 1], (_UNIT, _BLANK, _SPACE))).tolist():
            amounts[at] = is_amount(fold(self._folded[ends[at] : ends[at] + AFTER]), 0)
        return amounts

    @cached_property
    def _stops(self) -> Numbers:
        return np.flatnonzero((self._classes == _STOP) | (self._classes == _LINE)) - 1

    @cached_property
    def _words(self) -> dict[str, tuple[Numbers, Numbers]]:
        """Per group the ends of its words in order, and the latest beginning among all that ended so far."""
        found = np.array(
            _finder().find_matches_as_indexes(self._folded, overlapping=True), dtype=np.int64
        ).reshape(-1, 3)
        found = found[np.lexsort((found[:, 1], found[:, 2]))]
        groups = _groups()[found[:, 0]]
        return {
            name: (found[mask, 2], np.maximum.accumulate(found[mask, 1]))
            for name, bit in _BITS.items()
            if (mask := (groups & bit) > 0) is not None
        }


def _classes(text: str) -> Digits:
    """What each character is to a number, with nothing before and after."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    classes: Digits = np.full(len(codes) + 2, _ELSE, dtype=np.uint8)
    classes[1:-1] = _table()[codes]
    return classes


def _needs_fold(classes: Digits) -> bool:
    """Whether figures are spoken (seven and more together) or latin letters are wide."""
    if (classes == _WIDE).any():
        return True
    spoken = classes == _SPOKEN
    edges = np.flatnonzero(spoken[1:] != spoken[:-1])
    return bool(len(edges)) and int((edges[1::2] - edges[0::2]).max()) >= 7


def _is_letter(classes: Digits) -> Flags:
    found: Flags = (classes == LETTER) | (classes == X)
    return found


def _holds(classes: Digits, at: Numbers) -> Flags:
    """Whether what follows makes a number part of something longer: a letter, a digit, decimals."""
    after = classes[np.minimum(at + 1, len(classes) - 1)]
    here = classes[np.minimum(at, len(classes) - 1)]
    found: Flags = _is_letter(here) | (here < LETTER) | ((here == _POINT) & (after < LETTER))
    return found


@cache
def _table() -> Digits:
    table = np.full(0x110000, _ELSE, dtype=np.uint8)
    for code in (
        *range(0x20, 0x7F),
        *range(0xA0, 0xA1),
        *range(0x2000, 0x2300),
        0x3000,
        0xFEFF,
        *range(0xFF01, 0xFF5F),
    ):
        table[code] = _class_of(fold(chr(code)))
    for letter in "。；！？;!?":
        table[ord(letter)] = _STOP
    for letter in HANZI_DIGITS:
        table[ord(letter)] = _SPOKEN
    for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)):
        table[code] = _WIDE
    for letter in "元万亿份笔股":
        table[ord(letter)] = _UNIT
    for code in (
        0x09,
        0x0B,
        0x0C,
        0x1C,
        0x1D,
        0x1E,
        0x1F,
        0x85,
        0x1680,
        *range(0x2000, 0x200B),
        0x2028,
        0x2029,
        0x202F,
        0x205F,
    ):
        table[code] = _SPACE  # what the pattern of amounts takes for white space
    table[0x0A] = _LINE
    table[0x0D] = _BLANK
    return table


def _class_of(letter: str) -> int:
    if letter in "0123456789":
        return int(letter)
    if letter in "Xx":
        return X
    if letter.isascii() and letter.isalpha():
        return LETTER
    return {".": _POINT, " ": _BLANK, "-": _BLANK, ";": _STOP, "!": _STOP, "?": _STOP}.get(letter, _ELSE)


@cache
def _finder() -> AhoCorasick:
    return AhoCorasick(_every_word())


@cache
def _every_word() -> list[str]:
    return sorted({word for words in _GROUPS.values() for word in words})


@cache
def _groups() -> Digits:
    """Per word the groups it belongs to, one bit each."""
    return np.array(
        [sum(_BITS[name] for name, words in _GROUPS.items() if word in words) for word in _every_word()],
        dtype=np.uint8,
    )
