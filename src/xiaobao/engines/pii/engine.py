"""`scan`: every detector reads the folded text; where findings overlap the surest one stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from operator import itemgetter

from xiaobao.engines.pii.detectors.addresses import AddressDetector
from xiaobao.engines.pii.detectors.base import Detector, Options, read
from xiaobao.engines.pii.detectors.codes import CodeDetector, EmailDetector
from xiaobao.engines.pii.detectors.cued import CUES, CuedDetector
from xiaobao.engines.pii.detectors.names import NameDetector
from xiaobao.engines.pii.detectors.numbers import NumberDetector
from xiaobao.engines.pii.fold import fold, fold_numbers
from xiaobao.engines.pii.values import Confidence, Kind, Span

DETECTORS: tuple[Detector, ...] = (
    NumberDetector(),
    EmailDetector(),
    CodeDetector(),
    CuedDetector(),
    NameDetector(),
    AddressDetector(),
)
NUMBERS_AND_MAIL: tuple[Detector, ...] = (NumberDetector(), EmailDetector())
CONTACTS: tuple[Detector, ...] = (
    CuedDetector(tuple(cue for cue in CUES if cue.kind in (Kind.WECHAT, Kind.QQ))),
)
HOMES: tuple[Detector, ...] = (AddressDetector(),)
_DEFAULT = Options()
_HIGH = Confidence.HIGH
_start = itemgetter(0)

# Where two findings of equal confidence share characters, the kind further left stays.
_RANK = {
    kind: place
    for place, kind in enumerate(
        (Kind.PASSWORD, Kind.OTP, Kind.CVN, Kind.EXPIRY, Kind.ID, Kind.CARD, Kind.MOBILE)
    )
}


def scan(
    text: str,
    *,
    options: Options = _DEFAULT,
    detectors: tuple[Detector, ...] = DETECTORS,
    at_least: Confidence = Confidence.MEDIUM,
) -> list[Span]:
    """Findings in the order of the text, none overlapping; `text[span.start:span.end] == span.text`.

    >>> [(span.kind.value, span.text) for span in scan("客户王小明身份证330106198507123410")]
    [('NAME', '王小明'), ('ID', '330106198507123410')]
    """
    reading = read((text, _folding(detectors)(text), options, at_least))
    found: list[Span] = []
    for detector in (*detectors, *options.further) if detectors is DETECTORS else detectors:
        found += detector.find(reading)
    if at_least is _HIGH:  # what is below medium minds the floor itself
        found = [span for span in found if span[3] >= at_least]
    return settle(found) if len(found) > 1 else found


@cache
def _folding(detectors: tuple[Detector, ...]) -> Callable[[str], str]:
    return fold if any(detector.reads_signs for detector in detectors) else fold_numbers


def settle(found: list[Span]) -> list[Span]:
    """The surest of each group of overlapping findings: by confidence, then kind, then length."""
    found.sort(key=_start)
    reached = 0
    for span in found:
        if span[0] < reached:
            break
        reached = span[1]
    else:
        return found
    found.sort(key=lambda span: (-span.confidence, _RANK.get(span.kind, 99), -span.size, span.start))
    kept: list[Span] = []
    for span in found:
        place = bisect_right(kept, span.start, key=_start)
        clear_left = not place or kept[place - 1].end <= span.start
        clear_right = place == len(kept) or kept[place].start >= span.end
        if clear_left and clear_right:
            kept.insert(place, span)
    return kept
