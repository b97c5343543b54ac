"""Identity numbers, cards and mobiles of large texts, a block at a time with numpy.

The findings are those of the `NumberDetector` reading the same block, span for span: digits are judged
by columns, and only what passes its check is looked at with its words. Tokens with blanks or hyphens
inside go to the detector itself. Needs numpy (extra `text`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from ahocorasick_rs import AhoCorasick
from numpy.typing import NDArray

from xiaobao.engines.pii import columns
from xiaobao.engines.pii.columns import LETTER, Digits, Flags, Numbers, X
from xiaobao.engines.pii.detectors.base import AFTER, BEFORE, Options, Reading, made
from xiaobao.engines.pii.detectors.numbers import (
    AGAINST,
    CARD_CUES,
    ID_CUES,
    MOBILE_CUES,
    NumberDetector,
    is_amount,
    right_number,
)
from xiaobao.engines.pii.fold import HANZI_DIGITS, fold
from xiaobao.engines.pii.values import Confidence, Kind, Span

ORDER = (Kind.ID, Kind.CARD, Kind.MOBILE)
_GROUPS = {
    "against": AGAINST,
    Kind.ID.value: ID_CUES,
    Kind.CARD.value: CARD_CUES,
    Kind.MOBILE.value: MOBILE_CUES,
}
_BITS = {name: 1 << place for place, name in enumerate(_GROUPS)}
_NAMES = ("starts", "ends", "kinds", "is_high")
_DEFAULT = Options()
Codes = NDArray[np.uint32]
_DETECTOR = NumberDetector()
# What a character is to a number: 0..9 its value, then these.
_POINT, _BLANK, _LINE, _STOP, _UNIT, _SPACE, _SPOKEN, _WIDE, _ELSE = (
    *range(12, 20),
    255,
)
_FEWEST, _MOST = 11, 19  # digits of the three kinds
_PAUSE = 0x0A  # in no word
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
    block = _Block(text, options)
    found = block.columns()
    rows = zip(found.starts.tolist(), found.ends.tolist(), found.kinds.tolist(), strict=True)
    return [block.span(start, end, ORDER[kind]) for start, end, kind in sorted(rows)]


class _Block:
    """One text as columns."""

    def __init__(self, text: str, options: Options) -> None:
        self._text, self._options = text, options
        self._folded, self._codes = text, _codes(text)
        self._classes = _classes(self._codes)
        if _needs_fold(self._classes):
            self._folded = fold(text)
            self._codes = _codes(self._folded)
            self._classes = _classes(self._codes)

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

    def span(self, start: int, end: int, kind: Kind) -> Span:
        """A finding of the columns with its reason."""
        text = self._text[start:end]
        length = sum(map(str.isalnum, text)) if kind is Kind.ID else end - start
        verdict = right_number(kind, self._folded, start, length)
        if not verdict:
            raise AssertionError("the columns found what the detector does not")
        return made((start, end, *verdict[:2], text, verdict[2]))

    def _tokens(self) -> tuple[Numbers, Numbers, Flags]:
        """Runs of digits joined by blanks and line ends as the detector joins them, and which are digits alone."""
        classes = self._classes
        joined = classes < LETTER
        inner = self._gaps(joined)
        joined[inner] = True
        edges = np.flatnonzero(joined[1:] != joined[:-1])
        starts, ends = edges[0::2] + 1, edges[1::2] + 1
        long = ends - starts >= _FEWEST
        starts, ends = starts[long], ends[long]
        gaps = np.searchsorted(inner, ends) - np.searchsorted(inner, starts)
        enough = ends - starts - gaps >= _FEWEST
        return starts[enough], ends[enough], (gaps == 0)[enough]

    def _gaps(self, digit: Flags) -> Numbers:
        """Where a blank, a line end, or a blank and then a line end, stands between digits."""
        classes = self._classes
        gaps = np.flatnonzero((classes == _BLANK) | (classes == _LINE))
        gaps = gaps[digit[gaps - 1]]
        single = gaps[digit[gaps + 1]]
        double = gaps[(classes[gaps] == _BLANK) & (classes[gaps + 1] == _LINE)]
        double = double[digit[double + 2]]
        return np.sort(np.concatenate((single, double, double + 1)))

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
        heard = self._heard(starts)
        kept = (heard & _BITS["against"] == 0) & ~self._is_amount(ends)
        if kind is Kind.MOBILE and self._options.public_phones:
            phones = self._options.public_phones
            kept &= np.array(
                [self._folded[end - 11 : end] not in phones for end in ends.tolist()], dtype=bool
            )
        starts, ends, heard = starts[kept], ends[kept], heard[kept]
        is_high = np.ones(len(starts), bool) if kind is Kind.ID else heard & _BITS[kind.value] > 0
        return Columns(starts, ends, np.full(len(starts), ORDER.index(kind), np.uint8), is_high)

    def _heard(self, starts: Numbers) -> Digits:
        """The groups of the words in the sentence before each number, one bit each."""
        places = starts[:, None] + np.arange(-BEFORE, 1)
        places[:, -1] = -1  # what follows is a pause too: no word reaches into the next row
        classes = self._classes[np.maximum(places + 1, 0)]
        pauses = (classes == _STOP) | (classes == _LINE) | (places < 0)
        pauses[:, :-1] = np.logical_or.accumulate(pauses[:, -2::-1], axis=1)[:, ::-1]
        letters = np.where(pauses, _PAUSE, self._codes[np.maximum(places, 0)])
        windows = letters.tobytes().decode("utf-32-le", "replace")
        found = np.array(_finder().find_matches_as_indexes(windows, overlapping=True), dtype=np.int64)
        heard = np.zeros(len(starts), dtype=np.uint8)
        if len(found):
            np.bitwise_or.at(heard, found[:, 1] // places.shape[1], _groups()[found[:, 0]])
        return heard

    def _is_amount(self, ends: Numbers) -> Flags:
        """Whether a unit follows; only where the next letter may begin one is it looked at."""
        amounts = np.zeros(len(ends), dtype=bool)
        for at in np.flatnonzero(np.isin(self._classes[ends + 1], (_UNIT, _BLANK, _SPACE))).tolist():
            amounts[at] = is_amount(fold(self._folded[ends[at] : ends[at] + AFTER]), 0)
        return amounts


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _classes(codes: Codes) -> Digits:
    """What each character is to a number, with nothing before and after."""
    classes: Digits = np.full(len(codes) + 3, _ELSE, dtype=np.uint8)
    _table().take(codes, out=classes[1:-2], mode="clip")
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
