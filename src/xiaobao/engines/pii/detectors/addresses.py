"""Postal addresses, read backwards from the house number to the division they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from xiaobao.engines.pii.detectors.base import Reading, mentions
from xiaobao.engines.pii.values import Confidence, Kind, Span

# What may begin a house number is asked first: at most letters the search goes on at once.
_HOUSE = re.compile(
    r"(?=[0-9一二三四五六七八九十百甲乙丙丁A-Z街社小新家花公])(?:"
    r"(?:[0-9一二三四五六七八九十百]{1,5}(?:-[0-9]{1,4}){0,2}|[甲乙丙丁])(?:号院|号楼|号|弄|幢|栋|座|单元|组)"
    r"|[A-Z]座|[0-9]{3,4}(?:室|房)|(?:街道|社区|小区|新村|家园|花园|公寓)(?![^\W_]{0,4}(?:办事处|居委会|卫生|物业)))"
)
# The letter that closes the first word of every house number, with what stands before it.
_UNIT = re.compile(
    r"[号弄幢栋座单组室房道区村园寓](?:(?<=[0-9一二三四五六七八九十百甲乙丙丁A-Z][号弄幢栋座单组室房])|(?<=街道|社区|小区|新村|家园|花园|公寓))"
)
_WIDEST = 16  # 12345-1234-1234号
_TAIL = re.compile(
    r"(?:[^\W0-9_的]{0,8}(?:小区|花园|家园|公寓|大厦|广场|中心|苑|村|园|宿舍|新村))?"
    r"(?:[0-9A-Za-z一二三四五六七八九十]{1,5}(?:-[0-9]{1,4})*(?:号楼|号院|号|幢|栋|座|单元|层|楼|室|户|房))*(?:[0-9]{1,4}-[0-9]{1,4}(?:-[0-9]{1,4})?)?"
)
_ROAD_ENDS = frozenset("路街道巷弄村里苑镇乡组屯庄桥场段园区号院期城府")
_ROAD_PAIRS = frozenset(("胡同", "公寓", "大厦", "中心"))
# Read from right to left.
_RUN = re.compile(r"[^\W_]*")
_CUES = ("住址", "地址", "家住", "住在", "居住", "现住", "寄到", "邮寄", "位于", "送至", "住")
_CUE_END = re.compile(
    r"(?:住址|地址|家住|住在|居住在|居住于|现住|寄到|寄至|邮寄到|送至|住)(?:是|为|在|于|[:：])?\s*"
)
# 南京 of 南京西路 and 山东 of 中山东路 name a road.
_OF_A_ROAD = re.compile(r"[东南西北中]?(?:路|街|大街|大道|道|巷|弄)")
_GOES_ON = re.compile(r"[^\W0-9_]{1,10}[0-9]{1,5}(?:号|弄|幢|栋)")
_PAUSE = re.compile(r"[,;。、\s]")
# Words that no address without a division holds: the cue belonged to something else.
_NO_ADDRESS = ("的", "公司", "局", "我们", "他们")
_LONGEST, _REACH, _MIDDLE = 11, 40, 12


@cache
def divisions() -> frozenset[str]:
    """Names of provinces, cities, districts and counties, with and without their suffix."""
    listed = files("xiaobao.engines.pii").joinpath("divisions.txt").read_text(encoding="utf-8")
    names = {name for line in listed.splitlines() if not line.startswith("#") for name in line.split()}
    short = {name[:-1] for name in names if name[-1] in "省市县区" and len(name) > 2}
    return frozenset(names | short)


@cache
def _beginnings() -> dict[str, tuple[int, ...]]:
    """By the first two letters of a division, how long it may be, longest first: few letters begin one."""
    lengths: dict[str, set[int]] = {}
    for name in divisions():
        if len(name) <= _LONGEST:
            lengths.setdefault(name[:2], set()).add(len(name))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


class AddressDetector:
    """An address with a house number: 杭州市西湖区文三路507号3幢201室.

    The addresses of public places (the bank's outlets, courts) are not personal.
    """

    reads_signs = True

    def find(self, reading: Reading) -> Iterator[Span]:
        """Findings: high with a division and a cue, medium with one of the two."""
        done = 0
        for house in _houses(reading.folded):
            if house.start() < done:
                continue
            span = self._read(reading, house, done)
            if span:
                done = span.end
                yield span

    def _read(self, reading: Reading, house: re.Match[str], floor: int) -> Span | None:
        folded = reading.folded
        left = max(floor, house.start() - _REACH)
        first = _run_before(folded, left, house.start())
        by_name = not house.group()[0].isdigit() and house.group()[-1] in "道区村园寓"
        if by_name and _GOES_ON.match(folded, house.end()):
            return None
        if first == house.start() or not (by_name or _is_road(folded[first : house.start()])):
            return None
        start, by_division = _begin(folded, first, house.start())
        if start < 0:
            return None
        cue = mentions(reading.before(start, 6) + folded[first:start], _CUES)
        tail = _TAIL.match(folded, house.end())
        end = tail.end() if tail else house.end()
        if mentions(_PAUSE.split(folded[end : end + 14])[0], reading.options.public_places):
            return None
        if not by_division and mentions(folded[start : house.end()], _NO_ADDRESS):
            return None
        if not (by_division and cue if by_name else by_division or cue):
            return None
        confidence = Confidence.HIGH if by_division and cue else Confidence.MEDIUM
        return reading.span(
            start,
            end,
            Kind.ADDRESS,
            confidence,
            "行政区划与门牌号" if by_division else f"前有“{cue}”且有门牌号",
        )


def _houses(folded: str) -> Iterator[re.Match[str]]:
    """House numbers in the order of the text, looked for leftwards from the words that end one: those are rarer."""
    done = 0
    unit = _UNIT.search(folded)
    while unit:
        house = _HOUSE.search(folded, max(done, unit.end() - _WIDEST))
        if not house:
            return
        yield house
        done = house.end()
        unit = _UNIT.search(folded, max(done, unit.end()))


def _run_before(folded: str, left: int, end: int) -> int:
    """Where the letters and figures that reach unbroken to `end` begin."""
    run = _RUN.match(folded[left:end][::-1])
    return end - (run.end() if run else 0)


def _is_road(run: str) -> bool:
    return run[-1] in _ROAD_ENDS or run[-2:] in _ROAD_PAIRS


def _begin(folded: str, left: int, house: int) -> tuple[int, bool]:
    """Where the address begins, and whether a division says so; -1 when nothing does."""
    start = _last_division(folded, left, house)
    if start >= 0:
        return _widen(folded, left, start), True
    cue_ends = [cue.end() for cue in _CUE_END.finditer(folded, left, house)]
    if cue_ends and house - cue_ends[-1] >= 2:
        return cue_ends[-1], False
    before = folded[max(0, left - 6) : left]
    return (left, False) if mentions(before, _CUES) and house - left <= 16 else (-1, False)


def _last_division(folded: str, left: int, house: int) -> int:
    names, beginnings = divisions(), _beginnings()
    for start in range(house - 2, max(left, house - _MIDDLE - _LONGEST) - 1, -1):
        for size in beginnings.get(folded[start : start + 2], ()):
            end = start + size
            if (
                end <= house
                and folded[start:end] in names
                and house - end <= _MIDDLE
                and not _names_a_road(folded, start, end)
            ):
                return start
    return -1


def _names_a_road(folded: str, start: int, end: int) -> bool:
    short = folded[end - 1] not in "省市县区州盟旗"
    return short and _OF_A_ROAD.match(folded, end) is not None


def _widen(folded: str, left: int, start: int) -> int:
    """Further left, as long as another division ends exactly where this one begins."""
    names, beginnings = divisions(), _beginnings()
    begin = max(left, start - _LONGEST)
    while begin < start - 1:
        name = folded[begin:start]
        if name[:2] in beginnings and (name in names or name.rstrip("省市县区") in names):
            start, begin = begin, max(left, begin - _LONGEST)
        else:
            begin += 1
    return start
